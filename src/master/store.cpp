#include "master/store.hpp"

namespace otokui::master::store {
namespace {

std::string columns_of(const core::Table& table) {
    std::string columns = "id";
    for (const auto& column : table.columns) columns += ", " + column.name;
    return columns;
}

core::Record record_of(const core::Table& table, const storage::Row& row) {
    core::Record record{row.integer(0), {}};
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        record.values.push_back(row.value(static_cast<int>(i) + 1));
    return record;
}

using Counts = std::map<std::int64_t, std::int64_t>;

// Deleted customers keep what they hold and are few: they are looked at one by one and taken off the count
// that an index gives. IN, not a join, before which SQLite reads through all sets; and the plus keeps it from
// going by member instead of by customer.
Counts count_in_sets(storage::Transaction& tx, const std::string& kind) {
    Counts counts;
    tx.query("SELECT member_id, count(*) FROM customer_set WHERE kind = ? GROUP BY member_id", {kind},
             [&](const storage::Row& row) { counts.emplace(row.integer(0), row.integer(1)); });
    tx.query(
        "SELECT +member_id, count(*) FROM customer_set WHERE kind = ? AND customer_id IN "
        "(SELECT id FROM customer WHERE deleted_at IS NOT NULL) GROUP BY 1",
        {kind}, [&](const storage::Row& row) { counts[row.integer(0)] -= row.integer(1); });
    return counts;
}

Counts count_references(storage::Transaction& tx, const Master& master) {
    Counts counts;
    tx.query(counting_sql(master), {},
             [&](const storage::Row& row) { counts.emplace(row.integer(0), row.integer(1)); });
    return counts;
}

}  // namespace

std::vector<core::Record> list(storage::Transaction& tx, const core::Table& table, const Place& after,
                               std::int64_t most) {
    std::vector<core::Record> records;
    tx.query("SELECT " + columns_of(table) + " FROM " + table.name +
                 " WHERE (position, id) > (?, ?) ORDER BY position, id LIMIT ?",
             {after.position, after.id, most},
             [&](const storage::Row& row) { records.push_back(record_of(table, row)); });
    return records;
}

std::optional<core::Record> find(storage::Transaction& tx, const core::Table& table, std::int64_t id) {
    std::optional<core::Record> record;
    tx.query("SELECT " + columns_of(table) + " FROM " + table.name + " WHERE id = ?", {id},
             [&](const storage::Row& row) { record = record_of(table, row); });
    return record;
}

std::vector<std::int64_t> ids(storage::Transaction& tx, const core::Table& table) {
    std::vector<std::int64_t> ids;
    tx.query("SELECT id FROM " + table.name + " ORDER BY position, id", {},
             [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
    return ids;
}

// The plus keeps SQLite from the index of facts, which begins with deleted_at: at a million customers it
// would look into every row, for five seconds instead of 30 milliseconds.
std::string counting_sql(const Master& master) {
    return "SELECT " + master.column + ", count(*) FROM customer WHERE " + master.column +
           " IS NOT NULL AND +deleted_at IS NULL GROUP BY " + master.column;
}

Counts count_members(storage::Transaction& tx, const Master& master) {
    return master.held == Held::set ? count_in_sets(tx, master.table) : count_references(tx, master);
}

Holders count_holders(storage::Transaction& tx, const Master& master, std::int64_t id) {
    if (master.held == Held::reference) {
        const auto where = " FROM customer WHERE " + master.column + " = ? AND deleted_at IS ";
        return {tx.find_integer("SELECT count(*)" + where + "NULL", {id}).value_or(0),
                tx.find_integer("SELECT count(*)" + where + "NOT NULL", {id}).value_or(0)};
    }
    const auto all = tx.find_integer("SELECT count(*) FROM customer_set WHERE kind = ? AND member_id = ?",
                                     {master.table, id});
    const auto deleted = tx.find_integer(
        "SELECT count(*) FROM customer_set WHERE kind = ? AND member_id = ? AND customer_id IN "
        "(SELECT id FROM customer WHERE deleted_at IS NOT NULL)",
        {master.table, id});
    return {all.value_or(0) - deleted.value_or(0), deleted.value_or(0)};
}

std::vector<std::int64_t> some_holders(storage::Transaction& tx, const Master& master, std::int64_t id,
                                       std::int64_t most) {
    std::vector<std::int64_t> customers;
    const auto take = [&](const storage::Row& row) { customers.push_back(row.integer(0)); };
    if (master.held == Held::set)
        tx.query(
            "SELECT customer_id FROM customer_set WHERE kind = ? AND member_id = ? ORDER BY customer_id "
            "LIMIT ?",
            {master.table, id, most}, take);
    else
        tx.query("SELECT id FROM customer WHERE " + master.column + " = ? LIMIT ?", {id, most}, take);
    return customers;
}

bool is_held(storage::Transaction& tx, const Master& master, std::int64_t id) {
    return !some_holders(tx, master, id, 1).empty();
}

}  // namespace otokui::master::store
