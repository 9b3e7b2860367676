#include <iostream>

#include "app/commands.hpp"
#include "app/shop.hpp"
#include "search/text_index.hpp"
#include "storage/copy.hpp"
#include "storage/migrations.hpp"

namespace otokui::app {

int copy(const std::string& from, const std::string& to) {
    Shop source(storage::Url::parse(from), Open::existing);
    const auto target = storage::Url::parse(to);
    storage::migrate(*storage::Database::open(target));
    std::int64_t rows = 0;
    const auto rebuild = [&source](storage::Transaction& tx) { search::rebuild_index(tx, source.catalogue); };
    for (const auto& table : storage::copy_all(
             *source.database, *storage::Database::open(target, {.filling = true}), {.rebuild = rebuild})) {
        std::cout << table.name << ' ' << table.rows << '\n';
        rows += table.rows;
    }
    std::cout << rows << " rows copied" << std::endl;
    return 0;
}

}  // namespace otokui::app
