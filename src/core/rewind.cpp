#include "core/rewind.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <map>
#include <set>

namespace otokui::core {
namespace {

using storage::Value;
using storage::Values;

// Transactions take their time when they begin and their place in the chain when they end, so that on
// PostgreSQL neighbours may stand the other way round. More than this many never run at once.
constexpr std::int64_t kMostAtOnce = 64;

// The columns that are read of a table, by their places in it.
class Wanted {
public:
    Wanted(const Table& table, const std::vector<std::string_view>& columns) : table_(table), sql_("t.id") {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto& name = table.columns[i].name;
            // Whose the row is, and since when, decides whether it was there.
            const bool is_asked = columns.empty() || name == table.customer_column || name == "created_at" ||
                                  std::ranges::find(columns, name) != columns.end();
            if (!is_asked) continue;
            places_.push_back(i);
            sql_ += ", t." + name;
        }
    }
    const std::string& sql() const { return sql_; }
    Record read(const storage::Row& row) const {
        Record record{row.integer(0), Values(table_.columns.size())};
        for (std::size_t i = 0; i < places_.size(); ++i)
            record.values[places_[i]] = row.value(static_cast<int>(i) + 1);
        return record;
    }

private:
    const Table& table_;
    std::string sql_;
    std::vector<std::size_t> places_;
};

Record blank(const Table& table, std::int64_t id) {
    Record record{id, {}};
    for (const auto& column : table.columns) record.values.push_back(column.initial());
    return record;
}

// Whether a JSON object of plain values, as the journal has them, names no other members than `known`. Looks
// at the names alone: most changes of a long history are about the same few columns.
bool names_only(std::string_view json, const std::set<std::string, std::less<>>& known) {
    const auto end_of_text = [&](std::size_t at) {  // of the quote behind a text that begins at `at`
        while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
        return at;
    };
    std::size_t at = 1;
    while (at < json.size() && json[at] == '"') {
        const auto end = end_of_text(at + 1);
        if (end >= json.size() || !known.contains(json.substr(at + 1, end - at - 1))) return false;
        at = end + 2;  // behind the colon
        if (at < json.size() && json[at] == '"') at = end_of_text(at + 1);
        while (at < json.size() && json[at] != ',' && json[at] != '}') ++at;
        ++at;
    }
    return at == json.size();
}

// One row on its way back. The changes since are taken in the order they were made: what the first of them
// found in a column is what stood there.
struct Past {
    std::optional<Record> record;
    std::int64_t updates = 0;  // taken back
    bool was_removed = false;  // on the way: its version has to be counted from the front
    bool is_erased = false;
    bool had_not_begun = false;

    void take_back(const Table& table, const storage::Row& row) {
        const auto act = static_cast<Act>(row.text(1).front());
        if (had_not_begun) return;
        if (act == Act::insert && updates == 0) {
            had_not_begun = true;
            record.reset();
        }
        if (act == Act::insert) return;
        ++updates;
        is_erased = is_erased || row.integer(3) != 0;
        if (was_removed) return;  // by then every column was known
        if (!record) record = blank(table, row.integer(0));
        if (act == Act::remove) leave_blank(table);
        if (!row.is_null(2)) assign(table, row.text(2));
        was_removed = act == Act::remove;
    }

private:
    // A removed row's change tells what was not as the schema gives it.
    void leave_blank(const Table& table) {
        auto empty = blank(table, record->id);
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (!known_.contains(table.columns[i].name)) record->values[i] = std::move(empty.values[i]);
    }
    void assign(const Table& table, std::string_view before) {
        if (names_only(before, known_)) return;
        std::array<unsigned char, 4096> memory;
        boost::json::monotonic_resource resource(memory.data(), memory.size());
        const auto values = boost::json::parse(before, &resource);
        for (const auto& [name, value] : values.as_object())
            if (const auto column = table.find_column(name); column && known_.emplace(name).second)
                record->values[*column] = from_json(table.columns[*column], value);
    }

    std::set<std::string, std::less<>> known_;  // columns
};

// Columns that every query of changes selects, in this order.
constexpr std::string_view kChangeColumns =
    "c.row_id, c.act, c.old_values, CASE WHEN c.salt IS NULL THEN 1 ELSE 0 END";

// A row without a change that tells of its beginning came with a load and begins with the day it bears.
bool bears_its_time(const Table& table, const Record& record, const Cut& cut) {
    const auto column = table.find_column("created_at");
    if (!column) return true;
    const auto* created = std::get_if<std::int64_t>(&record.values[*column]);
    return !created || *created <= cut.at.milliseconds;
}

bool had_begun(storage::Transaction& tx, const Table& table, const Record& record, const Cut& cut) {
    return bears_its_time(table, record, cut) ||
           tx.find_integer(
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
    const Wanted wanted(table, {});
    tx.query("SELECT " + wanted.sql() + " FROM " + table.name + " t WHERE t.id = ?", {id},
             [&](const storage::Row& row) { past.record = wanted.read(row); });
    tx.query("SELECT " + std::string(kChangeColumns) +
                 " FROM change c WHERE c.table_name = ? AND c.row_id = ? AND c.id > ? ORDER BY c.id",
             {table.name, id, cut.change}, [&](const storage::Row& row) { past.take_back(table, row); });
    if (past.record && !had_begun(tx, table, *past.record, cut)) past.record.reset();
    return past;
}

bool belongs_to(const Table& table, const Record& record, std::int64_t customer) {
    return table.customer_column == "id"
               ? record.id == customer
               : record.values[table.column(table.customer_column)] == Value(customer);
}

// Each row that is or was the customer's, by his own changes. The table stands in the text, so that an index
// of its changes alone can serve.
std::set<std::int64_t> rows_in_changes(storage::Transaction& tx, const Table& table, std::int64_t customer) {
    std::set<std::int64_t> rows;
    tx.query("SELECT DISTINCT row_id FROM change WHERE customer_id = ? AND table_name = '" + table.name + "'",
             {customer}, [&](const storage::Row& row) { rows.insert(row.integer(0)); });
    return rows;
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
                                  const Cut& cut, const std::vector<std::string_view>& columns) {
    const Wanted wanted(table, columns);
    std::map<std::int64_t, Past> rows;
    tx.query(
        "SELECT " + wanted.sql() + " FROM " + table.name + " t WHERE t." + table.customer_column + " = ?",
        {customer}, [&](const storage::Row& row) { rows[row.integer(0)].record = wanted.read(row); });
    tx.query("SELECT " + std::string(kChangeColumns) + " FROM " + table.name +
                 " t JOIN change c ON c.table_name = ? AND c.row_id = t.id AND c.id > ? WHERE t." +
                 table.customer_column + " = ? ORDER BY c.id",
             {table.name, cut.change, customer},
             [&](const storage::Row& row) { rows.at(row.integer(0)).take_back(table, row); });
    for (const auto id : rows_in_changes(tx, table, customer))
        if (!rows.contains(id)) rows[id] = rewind_one(tx, table, id, cut);
    std::vector<PastRecord> result;
    for (auto& [id, past] : rows)
        if (past.record && belongs_to(table, *past.record, customer) &&
            had_begun(tx, table, *past.record, cut))
            result.push_back({*std::move(past.record), past.is_erased});
    return result;
}

}  // namespace otokui::core
