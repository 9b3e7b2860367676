#include "storage/connection.hpp"

#include <algorithm>
#include <stdexcept>

namespace otokui::storage {

template <class Work>
auto Connection::guarded(Work work) {
    switch (state_) {
        case State::open:
            break;
        case State::idle:
            throw std::logic_error("a statement outside of its transaction");
        case State::busy:
            throw std::logic_error("a statement inside the callback of another one");
        case State::failed:
            throw std::logic_error("a statement after a failed one in the same transaction");
    }
    struct Running {
        State& state;
        bool done = false;
        ~Running() { state = done ? State::open : State::failed; }
    } running{state_};
    state_ = State::busy;
    if constexpr (std::is_void_v<decltype(work())>) {
        work();
        running.done = true;
    } else {
        auto result = work();
        running.done = true;
        return result;
    }
}

void Connection::begin_read(const ReadLimits& limits) {
    do_begin_read(limits);
    state_ = State::open;
}

void Connection::begin_write(std::chrono::milliseconds limit) {
    leaves_sync_ = false;
    do_begin_write(limit);
    state_ = State::open;
}

void Connection::commit() {
    require_sound();
    state_ = State::failed;
    do_commit();
    state_ = State::idle;
}

void Connection::rollback() noexcept {
    state_ = State::idle;
    if (!is_open()) return;
    try {
        do_rollback();
    } catch (const std::exception&) {
        close();  // the engine rolls back what a closed connection leaves
    }
}

void Connection::begin_part() {
    guarded([&] { do_execute("SAVEPOINT part", {}); });
}

void Connection::begin_part(std::chrono::milliseconds limit) {
    guarded([&] { do_limit_statements(limit); });
    begin_part();
}

void Connection::end_part() {
    require_sound();
    guarded([&] { do_execute("RELEASE part", {}); });
}

void Connection::undo_part() {
    state_ = State::open;
    guarded([&] {
        do_execute("ROLLBACK TO part", {});
        do_execute("RELEASE part", {});
    });
}

void Connection::require_sound() const {
    if (state_ != State::open) throw Error("a failed statement was swallowed: nothing can be committed");
}

std::int64_t Connection::execute(std::string_view sql, std::span<const Value> values) {
    return guarded([&] { return do_execute(sql, values); });
}

void Connection::query(std::string_view sql, std::span<const Value> values, Rows rows, const Each& each) {
    guarded([&] { do_query(sql, values, rows, each); });
}

void Connection::run_script(std::string_view sql) {
    guarded([&] { do_run_script(sql); });
}

void Connection::run_alone(std::string_view sql) {
    if (state_ != State::idle)
        throw std::logic_error("a statement that stands alone was run in a transaction");
    do_run_script(sql);
}

std::vector<std::int64_t> Connection::allocate_ids(std::string_view table, std::size_t count) {
    if (count == 0) return {};
    require_identifier(table);
    return guarded([&] { return do_allocate_ids(table, count); });
}

void Connection::insert_many(std::string_view table, std::span<const std::string_view> columns,
                             std::span<const Values> rows) {
    if (rows.empty()) return;
    for (const auto& row : rows)
        if (row.size() != columns.size())
            throw std::logic_error("insert_many: a row needs one value per column");
    guarded([&] { do_insert_many(table, columns, rows); });
}

void require_identifier(std::string_view name) {
    const bool plain = !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain) throw std::logic_error("not a plain SQL name");
}

void require_storable(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) throw Error("text with a NUL character");
}

std::string insert_head(std::string_view table, std::span<const std::string_view> columns) {
    require_identifier(table);
    std::string sql = "INSERT INTO " + std::string(table) + " (";
    for (const auto column : columns) {
        require_identifier(column);
        if (sql.back() != '(') sql += ", ";
        sql += column;
    }
    return sql + ") VALUES ";
}

std::string shape_of(std::string_view sql) {
    constexpr std::size_t kLongest = 160;
    std::string shape;
    for (const char c : sql.substr(0, kLongest * 2)) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank) shape += c;
        if (blank && !shape.empty() && shape.back() != ' ') shape += ' ';
        if (shape.size() >= kLongest) return shape + "...";
    }
    return shape;
}

}  // namespace otokui::storage
