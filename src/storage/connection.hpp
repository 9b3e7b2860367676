#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "storage/database.hpp"
#include "storage/sessions.hpp"

namespace otokui::storage {

class CancelWatch;

/// The connection is gone: before COMMIT the whole transaction may run again on a new one.
class ConnectionLost : public Error {
public:
    using Error::Error;
};

/// The engine failed below us (I/O, a damaged file): every connection is opened anew before it is used again.
class Broken : public Error {
public:
    using Error::Error;
};

/// Busy after all the waiting that DatabaseOptions allow: not tried again.
class PatienceSpent : public Busy {
public:
    using Busy::Busy;
};

/// Time limits from here on are none.
constexpr std::chrono::milliseconds kUnlimited = std::chrono::hours(24);

enum class Rows { all, first };

/// One connection of either engine, used by one thread at a time. The public functions keep one rule on both
/// engines alike: once a statement has failed (or a row's callback has thrown) the transaction can only be
/// rolled back, as on PostgreSQL.
class Connection {
public:
    using Each = Transaction::Each;

    Connection() = default;
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    virtual Engine engine() const noexcept = 0;
    virtual bool is_open() const noexcept = 0;
    /// Connects, anew if need be, and sets what every connection promises. Throws Error.
    virtual void open() = 0;
    virtual void close() noexcept = 0;

    /// A read ends with rollback(): there is nothing to keep.
    void begin_read(const ReadLimits& limits);
    /// Each statement may take `limit`; kUnlimited and more is for ever.
    void begin_write(std::chrono::milliseconds limit);
    void commit();
    /// The commit to come need not wait for the disk: who has committed does, elsewhere. Until the next
    /// begin_write.
    void leave_sync_to_others() noexcept { leaves_sync_ = true; }
    bool leaves_sync() const noexcept { return leaves_sync_; }
    /// Closes the connection when even that fails.
    void rollback() noexcept;

    /// A part of a write that can be undone without the rest: between begin_part and end_part. undo_part
    /// brings back the state at begin_part also after a failed statement; Error when the engine has lost the
    /// whole transaction.
    void begin_part();
    void begin_part(std::chrono::milliseconds limit);
    void end_part();
    void undo_part();
    /// Throws Error when a statement has failed and its exception was swallowed.
    void require_sound() const;

    std::int64_t execute(std::string_view sql, std::span<const Value> values);
    void query(std::string_view sql, std::span<const Value> values, Rows rows, const Each& each);
    void run_script(std::string_view sql);
    /// A statement that may stand in no transaction (VACUUM).
    void run_alone(std::string_view sql);
    std::vector<std::int64_t> allocate_ids(std::string_view table, std::size_t count);
    void insert_many(std::string_view table, std::span<const std::string_view> columns,
                     std::span<const Values> rows);

protected:
    virtual void do_begin_read(const ReadLimits& limits) = 0;
    virtual void do_begin_write(std::chrono::milliseconds limit) = 0;
    virtual void do_limit_statements(std::chrono::milliseconds limit) = 0;
    virtual void do_commit() = 0;
    virtual void do_rollback() = 0;
    virtual std::int64_t do_execute(std::string_view sql, std::span<const Value> values) = 0;
    virtual void do_query(std::string_view sql, std::span<const Value> values, Rows rows,
                          const Each& each) = 0;
    virtual void do_run_script(std::string_view sql) = 0;
    virtual std::vector<std::int64_t> do_allocate_ids(std::string_view table, std::size_t count) = 0;
    virtual void do_insert_many(std::string_view table, std::span<const std::string_view> columns,
                                std::span<const Values> rows) = 0;

private:
    template <class Work>
    auto guarded(Work work);

    enum class State { idle, open, busy, failed };
    State state_ = State::idle;
    bool leaves_sync_ = false;
};

/// "INSERT INTO table (a, b) VALUES " for names that are plain identifiers; any other name is a bug
/// (std::logic_error).
std::string insert_head(std::string_view table, std::span<const std::string_view> columns);
void require_identifier(std::string_view name);
/// PostgreSQL cannot hold U+0000 in text, so neither engine takes it: Error.
void require_storable(std::string_view text);
/// The statement for an error text, cut to a line; it holds no values, those are bound.
std::string shape_of(std::string_view sql);

enum class Role { reader, writer };
std::unique_ptr<Connection> make_sqlite_connection(Sessions& sessions, std::size_t position, Role role,
                                                   const DatabaseOptions& options,
                                                   std::function<void(int)> wal_pages);
std::unique_ptr<Connection> make_postgres_connection(Sessions& sessions, std::size_t position,
                                                     const DatabaseOptions& options, CancelWatch& watch);

}  // namespace otokui::storage
