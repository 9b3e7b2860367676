#include "support/database.hpp"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "storage/migrations.hpp"

namespace otokui::test {
namespace {

// In memory where the system has such a place: what a crash of the machine would lose is no loss to a test.
std::filesystem::path make_folder() {
    const bool has_memory = access("/dev/shm", W_OK) == 0 && std::getenv("TMPDIR") == nullptr;
    const auto parent =
        has_memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path();
    std::string pattern = (parent / "otokui-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder for a test");
    return pattern;
}

PostgresDatabases& postgres_databases() {
    static PostgresDatabases databases;
    return databases;
}

}  // namespace

std::vector<Backend> backends() { return {Backend::sqlite, Backend::postgres}; }

std::string backend_name(const testing::TestParamInfo<Backend>& info) {
    return info.param == Backend::sqlite ? "sqlite" : "postgres";
}

Database::Database(Backend backend, Schema schema, const storage::DatabaseOptions& options)
    : schema_(schema), options_(options) {
    if (backend == Backend::postgres) {
        name_ = postgres_databases().take(schema);
        url_ = PostgresDatabases::url_of(name_);
        reopen();
        return;
    }
    folder_ = make_folder();
    url_ = {backend, (folder_ / "shop.db").string()};
    reopen();
    if (schema == Schema::migrated) storage::migrate(*database_);
}

Database::~Database() {
    database_.reset();
    if (name_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
        return;
    }
    try {
        postgres_databases().give_back(schema_, name_);
    } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
    }
}

std::string Database::url_text() const {
    return (url_.engine == Backend::sqlite ? "sqlite:" : "postgres:") + url_.target;
}

void Database::reopen() {
    while_closed([] {});
}

void Database::while_closed(const std::function<void()>& work) {
    database_.reset();
    work();
    database_ = storage::Database::open(url_, options_);
}

void allow_tampering(Database& database, const std::vector<std::string>& tables) {
    database.storage().write([&](storage::Transaction& tx) {
        for (const auto& table : tables) {
            if (tx.engine() == storage::Engine::postgres) {
                tx.run_script("ALTER TABLE " + table + " DISABLE TRIGGER USER");
                continue;
            }
            std::vector<std::string> triggers;
            tx.query("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", {table},
                     [&](const storage::Row& row) { triggers.emplace_back(row.text(0)); });
            for (const auto& trigger : triggers) tx.run_script("DROP TRIGGER " + trigger);
        }
    });
}

}  // namespace otokui::test
