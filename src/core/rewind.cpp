#include "core/rewind.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <map>
#include <set>

namespace otokui::core {
namespace {

using storage::Value;

// Transactions take their time when they begin and their place in the chain when they end, so that on
// PostgreSQL neighbours may stand the other way round. More than this many never run at once.
constexpr std::int64_t kMostAtOnce = 64;

std::string columns_of(const Table& table) {
    std::string columns = "t.id";
    for (const auto& column : table.columns) columns += ", t." + column.name;
    return columns;
}

Record read_record(const Table& table, const storage::Row& row) {
    Record record{row.integer(0), {}};
    record.values.reserve(table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        record.values.push_back(row.value(static_cast<int>(i) + 1));
    return record;
}

Record blank(const Table& table, std::int64_t id) {
    Record record{id, {}};
    for (const auto& column : table.columns) record.values.push_back(column.initial());
    return record;
}

// One row on its way back.
struct Past {
    std::optional<Record> record;
    std::int64_t updates = 0;  // taken back
    bool was_removed = false;  // on the way: its version has to be counted from the front
    bool is_erased = false;

    void take_back(const Table& table, std::int64_t id, Act act, const std::string& before, bool has_values) {
        if (act == Act::insert) {
            record.reset();
            return;
        }
        if (act == Act::remove) {
            record = blank(table, id);
            was_removed = true;
        }
        ++updates;
        is_erased = is_erased || !has_values;
        if (!record || before.empty()) return;
        const auto values = boost::json::parse(before);
        for (const auto& [name, value] : values.as_object())
            if (const auto column = table.find_column(name))
                record->values[*column] = from_json(table.columns[*column], value);
    }
};

void take_back(Past& past, const Table& table, const storage::Row& row) {
    const auto act = static_cast<Act>(row.text(1).front());
    past.take_back(table, row.integer(0), act, row.is_null(2) ? std::string() : std::string(row.text(2)),
                   !row.is_null(3));
}

constexpr std::string_view kChangeColumns = "c.row_id, c.act, c.old_values, c.salt";

// A row without a change that tells of its beginning came with a load and begins with the day it bears.
bool had_begun(storage::Transaction& tx, const Table& table, const Record& record, const Cut& cut) {
    const auto column = table.find_column("created_at");
    if (!column) return true;
    const auto* created = std::get_if<std::int64_t>(&record.values[*column]);
    if (!created || *created <= cut.at.milliseconds) return true;
    return tx
        .find_integer(
            "SELECT 1 FROM change WHERE table_name = ? AND row_id = ? AND id <= ? AND act = 'i' LIMIT 1",
            {table.name, record.id, cut.change})
        .has_value();
}

std::int64_t count_version(storage::Transaction& tx, const Table& table, std::int64_t id, const Cut& cut) {
    const auto begun = tx.find_integer(
                             "SELECT COALESCE(max(id), 0) FROM change WHERE table_name = ? AND row_id = ? "
                             "AND id <= ? AND act = 'i'",
                             {table.name, id, cut.change})
                           .value_or(0);
    return 1 + tx.find_integer(
                     "SELECT count(*) FROM change WHERE table_name = ? AND row_id = ? AND id > ? AND id <= ?",
                     {table.name, id, begun, cut.change})
                   .value_or(0);
}

std::optional<std::int64_t> moment_of_last_change(storage::Transaction& tx, const Table& table,
                                                  std::int64_t id, const Cut& cut) {
    const auto change = tx.find_integer(
        "SELECT id FROM change WHERE table_name = ? AND row_id = ? AND id <= ? ORDER BY id DESC LIMIT 1",
        {table.name, id, cut.change});
    if (!change) return std::nullopt;
    return tx.find_integer(
        "SELECT at FROM journal_entry WHERE first_change <= ? ORDER BY first_change DESC LIMIT 1", {*change});
}

PastRecord stamped(storage::Transaction& tx, const Table& table, Past past, const Cut& cut) {
    PastRecord result{*std::move(past.record), past.is_erased};
    auto& values = result.record.values;
    if (past.updates == 0) return result;
    if (!table.version_column.empty()) {
        auto& version = values[table.column(table.version_column)];
        version = past.was_removed ? count_version(tx, table, result.record.id, cut)
                                   : std::get<std::int64_t>(version) - past.updates;
    }
    if (!table.updated_column.empty()) {
        const auto at = moment_of_last_change(tx, table, result.record.id, cut);
        result.has_no_updated = !at;
        if (at) values[table.column(table.updated_column)] = *at;
    }
    return result;
}

Past rewind_one(storage::Transaction& tx, const Table& table, std::int64_t id, const Cut& cut) {
    Past past;
    tx.query("SELECT " + columns_of(table) + " FROM " + table.name + " t WHERE t.id = ?", {id},
             [&](const storage::Row& row) { past.record = read_record(table, row); });
    tx.query("SELECT " + std::string(kChangeColumns) +
                 " FROM change c WHERE c.table_name = ? AND c.row_id = ? AND c.id > ? ORDER BY c.id DESC",
             {table.name, id, cut.change}, [&](const storage::Row& row) { take_back(past, table, row); });
    if (past.record && !had_begun(tx, table, *past.record, cut)) past.record.reset();
    return past;
}

bool belongs_to(const Table& table, const Record& record, std::int64_t customer) {
    return table.customer_column == "id"
               ? record.id == customer
               : record.values[table.column(table.customer_column)] == Value(customer);
}

// Rows that are the customer's no more, or are gone: some change of his names each of them.
std::set<std::int64_t> former_rows(storage::Transaction& tx, const Table& table, std::int64_t customer,
                                   const std::map<std::int64_t, Past>& present) {
    std::set<std::int64_t> ids;
    tx.query("SELECT row_id FROM change WHERE customer_id = ? AND table_name = ?", {customer, table.name},
             [&](const storage::Row& row) {
                 if (!present.contains(row.integer(0))) ids.insert(row.integer(0));
             });
    return ids;
}

}  // namespace

Cut cut_at(storage::Transaction& tx, Moment at) {
    std::int64_t entry = 0;
    Cut cut{at};
    tx.query("SELECT id, last_change FROM journal_entry WHERE at <= ? ORDER BY at DESC, id DESC LIMIT 1",
             {at.milliseconds}, [&](const storage::Row& row) {
                 entry = row.integer(0);
                 cut.change = row.integer(1);
             });
    tx.query(
        "SELECT last_change FROM journal_entry WHERE id > ? AND id <= ? AND at <= ? ORDER BY id DESC LIMIT 1",
        {entry, entry + kMostAtOnce, at.milliseconds},
        [&](const storage::Row& row) { cut.change = row.integer(0); });
    return cut;
}

std::optional<PastRecord> find_past(storage::Transaction& tx, const Table& table, std::int64_t id,
                                    const Cut& cut) {
    auto past = rewind_one(tx, table, id, cut);
    if (!past.record) return std::nullopt;
    return stamped(tx, table, std::move(past), cut);
}

std::vector<PastRecord> list_past(storage::Transaction& tx, const Table& table, std::int64_t customer,
                                  const Cut& cut) {
    std::map<std::int64_t, Past> rows;
    tx.query("SELECT " + columns_of(table) + " FROM " + table.name + " t WHERE t." + table.customer_column +
                 " = ?",
             {customer},
             [&](const storage::Row& row) { rows[row.integer(0)].record = read_record(table, row); });
    tx.query("SELECT " + std::string(kChangeColumns) + " FROM " + table.name +
                 " t JOIN change c ON c.table_name = ?"
                 " AND c.row_id = t.id AND c.id > ? WHERE t." +
                 table.customer_column + " = ? ORDER BY c.id DESC",
             {table.name, cut.change, customer},
             [&](const storage::Row& row) { take_back(rows.at(row.integer(0)), table, row); });
    for (const auto id : former_rows(tx, table, customer, rows)) rows[id] = rewind_one(tx, table, id, cut);
    std::vector<PastRecord> result;
    for (auto& [id, past] : rows)
        if (past.record && belongs_to(table, *past.record, customer) &&
            had_begun(tx, table, *past.record, cut))
            result.push_back({*std::move(past.record), past.is_erased});
    return result;
}

}  // namespace otokui::core
