#include <stdexcept>

#include "storage/connection.hpp"

namespace otokui::storage {

Engine Transaction::engine() const { return connection_.engine(); }

std::int64_t Transaction::execute(std::string_view sql, std::span<const Value> values) {
    return connection_.execute(sql, values);
}

void Transaction::query(std::string_view sql, std::span<const Value> values, const Each& each) {
    connection_.query(sql, values, Rows::all, each);
}

std::optional<std::int64_t> Transaction::find_integer(std::string_view sql,
                                                      std::initializer_list<Value> values) {
    std::optional<std::int64_t> found;
    connection_.query(sql, std::span(values.begin(), values.size()), Rows::first, [&](const Row& row) {
        if (!row.is_null(0)) found = row.integer(0);
    });
    return found;
}

std::optional<std::string> Transaction::find_text(std::string_view sql, std::initializer_list<Value> values) {
    std::optional<std::string> found;
    connection_.query(sql, std::span(values.begin(), values.size()), Rows::first, [&](const Row& row) {
        if (!row.is_null(0)) found = row.text(0);
    });
    return found;
}

std::vector<std::int64_t> Transaction::allocate_ids(std::string_view table, std::size_t count) {
    return connection_.allocate_ids(table, count);
}

void Transaction::insert_many(std::string_view table, std::span<const std::string_view> columns,
                              std::span<const Values> rows) {
    connection_.insert_many(table, columns, rows);
}

void Transaction::share_sync() { connection_.leave_sync_to_others(); }

void Transaction::run_script(std::string_view sql) { connection_.run_script(sql); }

void Transaction::begin_part() { connection_.begin_part(); }
void Transaction::end_part() { connection_.end_part(); }

void Transaction::undo_part() noexcept {
    try {
        connection_.undo_part();
    } catch (const std::exception&) {
        // The engine has lost the whole transaction. What undid the part says why, and nothing can be
        // committed any more.
    }
}

}  // namespace otokui::storage
