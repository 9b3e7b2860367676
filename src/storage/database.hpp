#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "storage/errors.hpp"
#include "storage/value.hpp"

namespace otokui::storage {

enum class Engine { sqlite, postgres };

/// "sqlite:PATH" or "postgres:…libpq conninfo or URL…" (also postgresql://…). Anything else is Refused
/// storage.bad_url.
struct Url {
    Engine engine = Engine::sqlite;
    std::string target;  // path, or what libpq takes
    static Url parse(std::string_view text);
};

class Connection;

/// One open transaction on one connection; lives only inside Database::read and Database::write.
/// SQL is written once for both engines with `?` for values; the statement is prepared once per connection
/// and kept. After a statement has failed (or a row's callback has thrown) nothing but rolling back is left,
/// on both engines: what may clash is written as ON CONFLICT.
class Transaction {
public:
    explicit Transaction(Connection& connection) : connection_(connection) {}
    Engine engine() const;

    /// Rows changed.
    std::int64_t execute(std::string_view sql, std::span<const Value> values = {});
    std::int64_t execute(std::string_view sql, std::initializer_list<Value> values) {
        return execute(sql, std::span(values.begin(), values.size()));
    }

    /// Calls `each` for every row, streaming: never the whole result in memory. `each` may run no other
    /// statement.
    using Each = std::function<void(const Row&)>;
    void query(std::string_view sql, std::span<const Value> values, const Each& each);
    void query(std::string_view sql, std::initializer_list<Value> values, const Each& each) {
        query(sql, std::span(values.begin(), values.size()), each);
    }

    /// The first column of the first row as a number; nothing when there is no row or it is NULL.
    std::optional<std::int64_t> find_integer(std::string_view sql, std::initializer_list<Value> values = {});
    std::optional<std::string> find_text(std::string_view sql, std::initializer_list<Value> values = {});

    /// `count` fresh ids of `table`, ascending, never used before (SQLite: sqlite_sequence; PostgreSQL: the
    /// id's sequence).
    std::vector<std::int64_t> allocate_ids(std::string_view table, std::size_t count);

    /// Inserts many rows at once in the fastest way of the engine (multi-row INSERT; COPY above some hundred
    /// rows). Every row has one value per column. Fails as a whole.
    void insert_many(std::string_view table, std::span<const std::string_view> columns,
                     std::span<const Values> rows);

    /// For a write that holds what everybody waits for (the end of the journal's chain). On PostgreSQL its
    /// locks end at COMMIT, before it is on disk, and write() returns after a sync of the server's log that
    /// it shares with others: whoever has it on disk has all that was committed before it. Readers may see it
    /// that moment earlier. SQLite's writers share their commits anyway.
    void share_sync();

    /// Several statements without values, as a migration has them.
    void run_script(std::string_view sql);

    /// Runs `work()` as a part of this write: when it throws, what it has written goes, also after a failed
    /// statement, and the rest of the transaction stands as it was.
    template <class Work>
    auto part(Work work) {
        begin_part();
        try {
            if constexpr (std::is_void_v<std::invoke_result_t<Work&>>) {
                work();
                end_part();
            } else {
                auto result = work();
                end_part();
                return result;
            }
        } catch (...) {
            undo_part();
            throw;
        }
    }

private:
    void begin_part();
    void end_part();
    void undo_part() noexcept;
    Connection& connection_;
};

/// A condition of one read: how long it may take, and who may stop it meanwhile.
struct ReadLimits {
    std::chrono::milliseconds time{10'000};
    std::stop_token stop = {};
};

/// Interactive writes go before background ones when both wait for the single SQLite writer.
enum class Priority { interactive, background };

struct DatabaseOptions {
    std::size_t readers = 4;  // read connections (PostgreSQL: also the number of write connections)
    std::chrono::milliseconds busy{5'000};   // how long a write waits for another process before Busy
    std::chrono::milliseconds turn{30'000};  // SQLite: how long a write waits for the others of this process
    /// How long one statement of an interactive write may take before Cancelled. Background writes are not
    /// limited.
    std::chrono::milliseconds write_statement{60'000};
    std::size_t cache_mib_per_connection = 16;  // SQLite page cache
    bool must_exist = false;                    // refuse (storage.missing) instead of creating
    /// SQLite: for filling a new shop in one transaction (BulkFill). While no other process has the file
    /// open, changes go straight into it under a rollback journal instead of through the write-ahead log
    /// first; just as safe against a crash, and the next ordinary opening goes back. References are not
    /// checked row by row.
    bool filling = false;

    /// Of one statement of such a write; a day is no limit.
    std::chrono::milliseconds statement_limit(Priority priority) const {
        return priority == Priority::background || filling ? std::chrono::hours(24) : write_statement;
    }
};

/// How far Database::scrub came: a reader stood in the way (try again); or free space of PostgreSQL's pages
/// still holds old bytes until they are written again.
enum class Scrubbed { everywhere, not_yet, all_but_free_space };

/// The one database of a shop. Thread-safe. Read and write may be called from any thread; they block.
/// SQLite: WAL, synchronous=FULL, foreign keys, one writer (BEGIN IMMEDIATE) and many readers.
/// PostgreSQL 15: read = REPEATABLE READ READ ONLY, write = READ COMMITTED, synchronous_commit on.
class Database {
public:
    static std::unique_ptr<Database> open(const Url& url, const DatabaseOptions& options = {});
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Engine engine() const;
    const Url& url() const;

    /// Runs `work(Transaction&)` on a consistent snapshot; nothing can be written. Throws Cancelled past the
    /// limits.
    template <class Work>
    auto read(Work work, const ReadLimits& limits = {}) {
        return returning<std::invoke_result_t<Work&, Transaction&>>(
            [&](const Step& step) { read_step(limits, step); }, work);
    }

    /// Runs `work(Transaction&)` and commits when it returns, rolls back when it throws, and runs it again
    /// (at most 8 times, with growing jittered pauses) on Busy, serialization failures and deadlocks: so
    /// `work` touches nothing outside the database. Returns after COMMIT has returned. Only storage, journal
    /// and jobs may call it.
    template <class Work>
    auto write(Work work, Priority priority = Priority::interactive) {
        return returning<std::invoke_result_t<Work&, Transaction&>>(
            [&](const Step& step) { write_step(priority, step); }, work);
    }

    /// From now on every write through this object throws WritesStopped before it begins; reads go on. For a
    /// database in which damage was found: whatever is written could spread it. Those under way finish.
    void stop_writes() noexcept;
    bool has_stopped_writes() const noexcept;

    /// After rows have been emptied for good (個人情報抹消): what they held before goes from the files too.
    /// SQLite: the write-ahead log is copied back and cut to nothing (freed pages are zeroed as they become
    /// free). PostgreSQL: the tables named are written anew and their statistics made anew; those over 256
    /// MiB, which that would lock for too long, are vacuumed only. Its own log and backups keep what they
    /// keep (docs/operations.md). Not yet: a reader, or a write anywhere on that server, is older. Takes as
    /// long as it takes, and on SQLite a turn of the writer.
    Scrubbed scrub(std::span<const std::string> tables);

    /// Bytes of the database file(s), for /metrics; 0 when unknown.
    std::int64_t size_in_bytes();

private:
    bool is_anyone_older_than_now();
    void drop_statistics_of_emptied(const std::string& table);
    void run_alone(const std::string& sql);
    struct Parts;
    using Step = std::function<void(Transaction&)>;
    explicit Database(std::unique_ptr<Parts> parts);
    void read_step(const ReadLimits& limits, const Step& step);
    void write_step(Priority priority, const Step& step);

    template <class Result, class Run, class Work>
    static Result returning(Run run, Work& work) {
        if constexpr (std::is_void_v<Result>) {
            run([&](Transaction& tx) { work(tx); });
        } else {
            std::optional<Result> result;
            run([&](Transaction& tx) { result.emplace(work(tx)); });
            return std::move(*result);
        }
    }

    std::unique_ptr<Parts> parts_;
};

}  // namespace otokui::storage
