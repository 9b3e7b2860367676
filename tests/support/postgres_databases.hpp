#pragma once

#include <string>
#include <vector>

#include "storage/database.hpp"

namespace otokui::test {

enum class Schema { migrated, empty };

/// Runs a statement that answers nothing, by default in the server's maintenance database. Throws
/// std::runtime_error.
void postgres_command(const std::string& sql, const std::string& database = "postgres");

/// The databases of this process on the private server. Making one takes longer than most tests, so one that
/// is given back is emptied and handed out again; all are dropped when the process ends.
class PostgresDatabases {
public:
    PostgresDatabases();
    ~PostgresDatabases();
    PostgresDatabases(const PostgresDatabases&) = delete;
    PostgresDatabases& operator=(const PostgresDatabases&) = delete;

    /// An empty one of that schema; nobody else has it until it is given back.
    std::string take(Schema schema);
    /// Nobody may be connected to it any more.
    void give_back(Schema schema, const std::string& name);

    static storage::Url url_of(const std::string& name);

private:
    std::string create(const std::string& from);
    const std::string& migrated_template();

    std::string migrated_template_, migrated_tables_;
    std::vector<std::string> made_, free_migrated_, free_empty_;
};

}  // namespace otokui::test
