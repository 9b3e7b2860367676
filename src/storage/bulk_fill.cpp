#include "storage/bulk_fill.hpp"

#include "base/problem.hpp"

namespace otokui::storage {
namespace {

// Indexes without a text of their own belong to a PRIMARY KEY or UNIQUE of the table and stay.
constexpr std::string_view kSqliteIndexes =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY "
    "name";
constexpr std::string_view kPostgresIndexes = R"(
    SELECT i.relname, pg_get_indexdef(i.oid)
    FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS t ON t.oid = x.indrelid
    WHERE t.relname = ? AND t.relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_constraint AS c WHERE c.conindid = i.oid AND c.conrelid = t.oid)
    ORDER BY i.relname)";
constexpr std::string_view kPostgresForeignKeys = R"(
    SELECT c.conname, pg_get_constraintdef(c.oid)
    FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid
    WHERE c.contype = 'f' AND t.relname = ? AND t.relnamespace = current_schema()::regnamespace
    ORDER BY c.conname)";
constexpr std::string_view kPostgresNumbered = R"(
    SELECT 1 FROM pg_attribute
    WHERE attrelid = CAST(? AS TEXT)::regclass AND attname = 'id' AND attidentity <> '')";
constexpr std::string_view kSqliteReferences =
    "SELECT \"from\", \"table\", COALESCE(\"to\", 'id') FROM pragma_foreign_key_list(?)";

}  // namespace

BulkFill::BulkFill(Transaction& tx, std::vector<std::string> tables) : tx_(tx), tables_(std::move(tables)) {
    require_empty();
    const bool sqlite = tx_.engine() == Engine::sqlite;
    read_definitions(indexes_, sqlite ? kSqliteIndexes : kPostgresIndexes);
    if (!sqlite) {
        read_definitions(foreign_keys_, kPostgresForeignKeys);
        // The server sorts an index in this much memory before it goes to disk.
        tx_.run_script("SET LOCAL maintenance_work_mem = '128MB'");
    }
    for (const auto& key : foreign_keys_)
        tx_.run_script("ALTER TABLE " + key.table + " DROP CONSTRAINT " + key.name);
    for (const auto& index : indexes_) tx_.run_script("DROP INDEX " + index.name);
}

void BulkFill::require_empty() const {
    for (const auto& table : tables_) {
        if (!tx_.find_integer("SELECT 1 FROM " + table + " LIMIT 1")) continue;
        throw Refused({ProblemKind::conflict,
                       "core.not_empty",
                       {"データベースが空ではありません。新しいデータベースを指定してください。",
                        "The database is not empty. Name a new one."}});
    }
}

void BulkFill::read_definitions(std::vector<Definition>& into, std::string_view sql) {
    for (const auto& table : tables_)
        tx_.query(sql, {table}, [&](const Row& row) {
            into.push_back({table, std::string(row.text(0)), std::string(row.text(1))});
        });
}

void BulkFill::finish(const Told& told) {
    const auto tell = [&](std::string_view step) {
        if (told) told(step);
    };
    for (const auto& index : indexes_) {
        tell(index.name);
        tx_.run_script(index.sql);
    }
    tell("references");
    for (const auto& key : foreign_keys_)
        tx_.run_script("ALTER TABLE " + key.table + " ADD CONSTRAINT " + key.name + " " + key.sql);
    const bool sqlite = tx_.engine() == Engine::sqlite;
    for (const auto& table : tables_) {
        if (sqlite)  // its counter of ids has followed by itself
            check_references(table);
        else if (tx_.find_integer(kPostgresNumbered, {table}))
            tx_.find_integer("SELECT setval(pg_get_serial_sequence(?, 'id'), max(id)) FROM " + table,
                             {table});
    }
    tell("statistics");
    // A sample is enough for the planner; all of a million rows would take as long as an index.
    if (sqlite) tx_.run_script("PRAGMA analysis_limit = 1000");
    for (const auto& table : tables_) tx_.run_script("ANALYZE " + table);
}

// SQLite cannot drop a foreign key and may not have looked at it meanwhile (DatabaseOptions::filling).
void BulkFill::check_references(const std::string& table) {
    std::vector<std::string> checks;
    tx_.query(kSqliteReferences, {table}, [&](const Row& row) {
        const std::string column(row.text(0)), parent(row.text(1)), key(row.text(2));
        checks.push_back("SELECT 1 FROM " + table + " AS child WHERE child." + column +
                         " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + parent + " AS parent WHERE parent." +
                         key + " = child." + column + ") LIMIT 1");
    });
    for (const auto& check : checks)
        if (tx_.find_integer(check)) throw ForeignKeyViolation("a row of " + table + " refers to nothing");
}

}  // namespace otokui::storage
