#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/database.hpp"
#include "support/postgres_databases.hpp"

// A real database for each test: STYLE says why there is no other kind.
namespace otokui::test {

using Backend = storage::Engine;

/// Every engine the product runs on.
std::vector<Backend> backends();
/// For INSTANTIATE_TEST_SUITE_P: "sqlite", "postgres".
std::string backend_name(const testing::TestParamInfo<Backend>& info);

/// A database of its own, dropped at the end. SQLite: a file in a folder of its own. PostgreSQL: a database
/// in the private server.
class Database {
public:
    explicit Database(Backend backend, Schema schema = Schema::migrated,
                      const storage::DatabaseOptions& options = {});
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    storage::Database& storage() { return *database_; }
    const storage::Url& url() const { return url_; }
    /// As --db takes it.
    std::string url_text() const;
    /// Closes and opens again, as after a restart.
    void reopen();
    /// Closes, does `work` on the files, opens again.
    void while_closed(const std::function<void()>& work);

private:
    Schema schema_;
    storage::Url url_;
    storage::DatabaseOptions options_;
    std::filesystem::path folder_;  // of SQLite's files
    std::string name_;              // of PostgreSQL's database
    std::unique_ptr<storage::Database> database_;
};

/// Takes the guards of append-only tables away, for a test of what `verify` sees when somebody got past them.
void allow_tampering(Database& database, const std::vector<std::string>& tables);

}  // namespace otokui::test
