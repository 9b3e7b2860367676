#include "storage/schema.hpp"

namespace otokui::storage {
namespace {

constexpr const char* kSqliteColumns = R"(
    SELECT t.name, c.name
    FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
    ORDER BY t.name, c.cid)";
constexpr const char* kPostgresColumns = R"(
    SELECT t.relname, c.attname
    FROM pg_class AS t JOIN pg_attribute AS c ON c.attrelid = t.oid
    WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace AND c.attnum > 0 AND NOT c.attisdropped
    ORDER BY t.relname COLLATE "C", c.attnum)";

bool is_internal(std::string_view table) {
    return table == "schema_version" || table == "customer_tally" || table.starts_with("customer_text");
}

}  // namespace

std::vector<StoredTable> list_tables(Database& database) {
    std::vector<StoredTable> tables;
    const bool sqlite = database.engine() == Engine::sqlite;
    database.read([&](Transaction& tx) {
        tx.query(sqlite ? kSqliteColumns : kPostgresColumns, {}, [&](const Row& row) {
            const auto table = row.text(0);
            if (is_internal(table)) return;
            if (tables.empty() || tables.back().name != table) tables.push_back({std::string(table), {}});
            tables.back().columns.emplace_back(row.text(1));
        });
    });
    return tables;
}

}  // namespace otokui::storage
