#include "storage/copy.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include "base/problem.hpp"
#include "storage/bulk_fill.hpp"
#include "storage/migrations.hpp"
#include "storage/schema.hpp"

namespace otokui::storage {
namespace {

constexpr std::size_t kRowsPerBatch = 2'000;
constexpr std::size_t kBytesPerBatch = 4 * 1024 * 1024;
const ReadLimits kForever{.time = std::chrono::hours(24 * 365), .stop = {}};

constexpr const char* kSqliteReferences = R"(
    SELECT t.name, f."table" FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table')";
constexpr const char* kPostgresReferences = R"(
    SELECT t.relname, r.relname
    FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid JOIN pg_class AS r ON r.oid = c.confrelid
    WHERE c.contype = 'f' AND t.relnamespace = current_schema()::regnamespace)";

bool is_sqlite(Transaction& tx) { return tx.engine() == Engine::sqlite; }

// Tables after those they refer to. A table may refer to itself, as long as its rows refer to lower ids.
std::vector<StoredTable> in_order_of_references(std::vector<StoredTable> tables, Database& database) {
    std::map<std::string, std::set<std::string>, std::less<>> wanted;
    database.read([&](Transaction& tx) {
        tx.query(is_sqlite(tx) ? kSqliteReferences : kPostgresReferences, {}, [&](const Row& row) {
            if (row.text(0) != row.text(1)) wanted[std::string(row.text(0))].emplace(row.text(1));
        });
    });
    std::vector<StoredTable> ordered;
    std::set<std::string> placed;
    while (!tables.empty()) {
        const auto next = std::ranges::find_if(tables, [&](const StoredTable& table) {
            return std::ranges::includes(placed, wanted[table.name]);
        });
        if (next == tables.end()) throw std::logic_error("tables refer to each other in a circle");
        placed.insert(next->name);
        ordered.push_back(std::move(*next));
        tables.erase(next);
    }
    return ordered;
}

std::int64_t count_rows(Transaction& tx, const std::string& table) {
    return tx.find_integer("SELECT count(*) FROM " + table).value_or(0);
}

std::string select_all(const StoredTable& table) {
    std::string sql = "SELECT ";
    for (const auto& column : table.columns) sql += (sql.size() > 7 ? ", " : "") + column;
    sql += " FROM " + table.name;
    return std::ranges::find(table.columns, "id") == table.columns.end() ? sql : sql + " ORDER BY id";
}

Values values_of(const Row& row) {
    Values values;
    values.reserve(static_cast<std::size_t>(row.columns()));
    for (int column = 0; column < row.columns(); ++column) values.push_back(row.value(column));
    return values;
}

std::size_t size_of(const Values& values) {
    std::size_t bytes = 0;
    for (const auto& value : values) {
        if (const auto* text = std::get_if<std::string>(&value)) bytes += text->size();
        if (const auto* blob = std::get_if<Blob>(&value)) bytes += blob->size();
    }
    return bytes;
}

CopiedTable copy_rows(Transaction& from, Transaction& to, const StoredTable& table) {
    CopiedTable copied{table.name, 0};
    const std::vector<std::string_view> columns(table.columns.begin(), table.columns.end());
    std::vector<Values> batch;
    std::size_t bytes = 0;
    const auto flush = [&] {
        to.insert_many(table.name, columns, batch);
        copied.rows += static_cast<std::int64_t>(batch.size());
        batch.clear();
        bytes = 0;
    };
    from.query(select_all(table), {}, [&](const Row& row) {
        batch.push_back(values_of(row));
        bytes += size_of(batch.back());
        if (batch.size() == kRowsPerBatch || bytes >= kBytesPerBatch) flush();
    });
    flush();
    return copied;
}

// The last id given out, of a row that may be gone by now; nothing when the table gives out none.
std::optional<std::int64_t> find_last_id(Transaction& tx, const StoredTable& table) {
    if (std::ranges::find(table.columns, "id") == table.columns.end()) return std::nullopt;
    // 0 stands there when a migration has filled the table from an empty one: it has given out nothing yet.
    if (is_sqlite(tx))
        return tx.find_integer("SELECT seq FROM sqlite_sequence WHERE name = ? AND seq > 0", {table.name});
    return tx.find_integer(
        "SELECT last_value FROM pg_sequences "
        "WHERE format('%I.%I', schemaname, sequencename) = pg_get_serial_sequence(?, 'id')",
        {table.name});
}

void set_last_id(Transaction& tx, const std::string& table, std::int64_t id) {
    if (!is_sqlite(tx)) {
        tx.find_integer("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", {table, id});
        return;
    }
    if (tx.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", {id, table}) == 0)
        tx.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", {table, id});
}

void require_same_schema(Database& from, Database& to) {
    if (schema_number(from) == schema_number(to)) return;
    throw Refused(
        {ProblemKind::conflict,
         "copy.schema_differs",
         {"コピー元とコピー先のスキーマの版が違います。先に両方で otokui migrate を実行してください。",
          "The two databases have different schemas. Run otokui migrate on both first."}});
}

void require_empty(Transaction& to, const std::vector<StoredTable>& tables) {
    for (const auto& table : tables) {
        if (!to.find_integer("SELECT 1 FROM " + table.name + " LIMIT 1")) continue;
        throw Refused({ProblemKind::conflict,
                       "copy.not_empty",
                       {"コピー先が空ではありません。新しいデータベースを指定してください。",
                        "The target is not empty. Name a new database."}});
    }
}

}  // namespace

std::vector<CopiedTable> copy_all(Database& from, Database& to, const CopySteps& steps) {
    require_same_schema(from, to);
    const auto tables = in_order_of_references(list_tables(from), from);
    std::vector<std::string> names;
    for (const auto& table : tables) names.push_back(table.name);
    return from.read(
        [&](Transaction& source) {
            return to.write(
                [&](Transaction& target) {
                    require_empty(target, tables);
                    BulkFill fill(target, names);
                    std::vector<CopiedTable> copied;
                    for (const auto& table : tables) {
                        copied.push_back(copy_rows(source, target, table));
                        if (steps.progress) steps.progress(copied.back());
                    }
                    fill.finish();
                    for (const auto& table : tables)
                        if (const auto id = find_last_id(source, table)) set_last_id(target, table.name, *id);
                    if (steps.rebuild) steps.rebuild(target);
                    for (const auto& table : copied)
                        if (count_rows(target, table.name) != table.rows)
                            throw Error("copy: " + table.name + " does not hold the rows it was given");
                    return copied;
                },
                Priority::background);
        },
        kForever);
}

}  // namespace otokui::storage
