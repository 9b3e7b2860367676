#include "privacy/person.hpp"

#include <boost/json/parse.hpp>
#include <map>

#include "core/answers.hpp"
#include "customer/types.hpp"

namespace otokui::privacy {
namespace {

using core::Privacy;

bool is_of_a_person(const core::Column& column) {
    return column.type == core::ColumnType::text && column.source == core::Source::written &&
           (column.privacy == Privacy::personal || column.privacy == Privacy::contact ||
            column.privacy == Privacy::sensitive);
}

// Where thousands live, and what staff call an address (「実家」), is no trace of one of them.
bool is_of_many(const core::Column& column) { return column.name == "city" || column.name == "label"; }

constexpr std::size_t kTelling = 4, kTellingName = 3;  // characters

// The columns by which he could be recognised.
std::vector<std::string> telling_columns(const core::Table& table) {
    std::vector<std::string> columns;
    for (const auto& column : table.columns)
        if (is_of_a_person(column) && !is_of_many(column)) columns.push_back(column.name);
    return columns;
}

void add_value(const std::string& column, std::string_view value, Traces& traces) {
    if (column != core::kAnswers) return traces.add(value, kTelling);
    for (const auto& [key, answer] : core::answers::parse(value))
        if (const auto* text = answer.if_string()) traces.add(*text, kTelling);
}

// A name as it was and is, while the history of its row is read from the end.
struct WholeName {
    std::string family, given;
    void add_to(Traces& traces) const { traces.add(family + given, kTellingName); }
    void go_back(const boost::json::object& old) {
        const auto set = [&](std::string_view column, std::string& part) {
            const auto* value = old.if_contains(column);
            if (value && value->is_string()) part = value->as_string();
        };
        set("family_name", family);
        set("given_name", given);
    }
};

// What his rows of a table say and what, by the journal, they and those that are gone have said.
void add_rows(storage::Transaction& tx, const core::Table& table, std::int64_t customer, Traces& traces) {
    const auto columns = telling_columns(table);
    std::map<std::int64_t, WholeName> names;  // by row
    std::string selected = "id, family_name, given_name";
    for (const auto& column : columns) selected += ", " + column;
    tx.query("SELECT " + selected + " FROM " + table.name + " WHERE " + table.customer_column + " = ?",
             {customer}, [&](const storage::Row& row) {
                 const WholeName name{std::string(row.text(1)), std::string(row.text(2))};
                 name.add_to(traces);
                 names[row.integer(0)] = name;
                 int position = 3;
                 for (const auto& column : columns) {
                     if (!row.is_null(position)) add_value(column, row.text(position), traces);
                     ++position;
                 }
             });
    tx.query(
        "SELECT row_id, old_values FROM change WHERE customer_id = ? AND table_name = ? AND old_values IS "
        "NOT "
        "NULL ORDER BY id DESC",
        {customer, table.name}, [&](const storage::Row& row) {
            if (row.text(1).empty()) return;
            const auto parsed = boost::json::parse(row.text(1));
            const auto* old = parsed.if_object();
            if (!old) return;
            for (const auto& column : columns)
                if (const auto* value = old->if_contains(column); value && value->is_string())
                    add_value(column, value->as_string(), traces);
            auto& name = names[row.integer(0)];
            name.go_back(*old);
            name.add_to(traces);
        });
}

}  // namespace

std::vector<std::int64_t> owned_rows(storage::Transaction& tx, const core::Table& table,
                                     std::int64_t customer, std::int64_t above, std::int64_t most) {
    std::vector<std::int64_t> ids;
    tx.query("SELECT id FROM " + table.name + " WHERE " + table.customer_column +
                 " = ? AND id > ? ORDER BY id LIMIT ?",
             {customer, above, most}, [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
    return ids;
}

Traces traces_of(storage::Transaction& tx, const core::Registry& registry, std::int64_t customer) {
    Traces traces;
    for (const auto table : {customer::kTable, customer::kAddressTable})
        add_rows(tx, registry.get(table), customer, traces);
    return traces;
}

namespace {

// Ids of rows whose texts quote the person; a stretch at a time, for there may be a million.
std::vector<std::int64_t> quoting(storage::Transaction& tx, const std::string& table,
                                  const std::vector<std::string>& columns, const std::string& condition,
                                  const Traces& traces, std::int64_t above, std::int64_t most) {
    constexpr std::int64_t kStretch = 2'000;
    std::string sql = "SELECT id";
    for (const auto& column : columns) sql += ", " + column;
    sql += " FROM " + table + " WHERE id > ?" + condition + " ORDER BY id LIMIT ?";
    std::vector<std::int64_t> ids;
    for (std::int64_t read = kStretch; read == kStretch && std::ssize(ids) < most;) {
        read = 0;
        tx.query(sql, {above, kStretch}, [&](const storage::Row& row) {
            ++read;
            above = row.integer(0);
            bool quotes = false;
            for (int i = 1; i <= static_cast<int>(columns.size()); ++i)
                quotes = quotes || (!row.is_null(i) && traces.stand_in(row.text(i)));
            if (quotes && std::ssize(ids) < most) ids.push_back(above);
        });
    }
    return ids;
}

}  // namespace

std::vector<std::int64_t> quoting_rows(storage::Transaction& tx, const core::Table& table,
                                       const Traces& traces, std::int64_t above, std::int64_t most) {
    std::vector<std::string> columns;
    for (const auto& column : table.columns)
        if (column.type == core::ColumnType::text) columns.push_back(column.name);
    return quoting(tx, table.name, columns, "", traces, above, most);
}

std::vector<std::int64_t> quoting_changes(storage::Transaction& tx, const Traces& traces, std::int64_t above,
                                          std::int64_t most) {
    return quoting(tx, "change", {"old_values", "new_values"},
                   " AND customer_id IS NULL AND salt IS NOT NULL", traces, above, most);
}

std::vector<std::int64_t> quoting_operations(storage::Transaction& tx, const Traces& traces,
                                             std::int64_t above, std::int64_t most) {
    return quoting(tx, "operation", {"reason"}, " AND reason <> ''", traces, above, most);
}

}  // namespace otokui::privacy
