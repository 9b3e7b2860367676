#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "storage/migrations.hpp"

namespace otokui::app {
namespace {

// Reading every row of a big shop takes as long as it takes.
constexpr std::chrono::hours kUnhurried{24};

}  // namespace

int migrate(const std::string& database) {
    const auto url = storage::Url::parse(database);
    const auto opened = storage::Database::open(url);
    const auto before = storage::schema_number(*opened);
    storage::migrate(*opened);
    std::cout << "schema " << before << " -> " << storage::schema_number(*opened) << '\n';
    return 0;
}

int verify(const std::string& database) {
    Shop shop(storage::Url::parse(database), Open::existing);
    std::size_t found = 0;
    for (const auto& verification : shop.registry.verifications()) {
        const auto findings = shop.database->read(verification.run, {.time = kUnhurried});
        std::cout << (findings.empty() ? "ok    " : "WRONG ") << verification.name << '\n';
        for (const auto& finding : findings) std::cout << "      " << finding << '\n';
        found += findings.size();
    }
    std::cout << (found == 0 ? "the books agree" : "the books do not agree") << std::endl;
    return found == 0 ? 0 : 1;
}

}  // namespace otokui::app
