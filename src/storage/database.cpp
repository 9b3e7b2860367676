#include "storage/database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <random>
#include <semaphore>
#include <thread>
#include <utility>

#include "base/problem.hpp"
#include "storage/cancel_watch.hpp"
#include "storage/connection.hpp"
#include "storage/pool.hpp"
#include "storage/postgres_database.hpp"
#include "storage/postgres_sync.hpp"
#include "storage/sqlite_checkpointer.hpp"
#include "storage/sqlite_writer.hpp"
#include "storage/write_gate.hpp"

namespace otokui::storage {
namespace {

constexpr int kMostAttempts = 8;

// 10 ms, doubling up to half a second, each half to one and a half times as long: two that clashed do not
// meet again.
std::chrono::microseconds pause_after(int attempt) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const double base = std::min(10.0 * (1 << (attempt - 1)), 500.0);
    return std::chrono::microseconds(
        static_cast<std::int64_t>(base * 1'000 * std::uniform_real_distribution(0.5, 1.5)(random)));
}

[[noreturn]] void refuse_missing() {
    throw Refused({ProblemKind::not_found,
                   "storage.missing",
                   {"指定されたデータベースがありません。", "There is no such database."}});
}

// Personal data lies in it, so only its owner may read it; SQLite gives its log and index files the same
// rights.
void create_file(const std::string& path, bool must_exist) {
    if (std::filesystem::exists(path)) return;
    if (must_exist) refuse_missing();
    const auto folder = std::filesystem::path(path).parent_path();
    std::error_code ignored;  // the open below tells
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) throw Error("cannot create the database file: " + std::generic_category().message(errno));
    ::close(file);
}

}  // namespace

struct Database::Parts {
    Parts(Url address, DatabaseOptions chosen)
        : url(std::move(address)),
          options(chosen),
          background(static_cast<std::ptrdiff_t>(std::max<std::size_t>(options.readers, 2) - 1)),
          cancel_watch(url.engine == Engine::postgres ? std::make_unique<CancelWatch>() : nullptr),
          readers(url, options.readers,
                  [this](auto& sessions, auto at) { return make(sessions, at, Role::reader); }),
          writers(url, url.engine == Engine::sqlite ? 1 : options.readers,
                  [this](auto& sessions, auto at) { return make(sessions, at, Role::writer); }) {
        if (url.engine == Engine::sqlite)
            checkpointer.emplace(url, gate);
        else
            sync.emplace(url, options, *cancel_watch);
    }

    std::unique_ptr<Connection> make(Sessions& sessions, std::size_t position, Role role) {
        if (url.engine == Engine::postgres)
            return make_postgres_connection(sessions, position, options, *cancel_watch);
        return make_sqlite_connection(sessions, position, role, options, [this](int pages) {
            if (checkpointer) checkpointer->log_has(pages);
        });
    }

    // On PostgreSQL: held by a background write.
    std::shared_ptr<void> background_turn(Priority priority) {
        if (priority == Priority::interactive) return nullptr;
        if (!background.try_acquire_for(options.turn))
            throw PatienceSpent("no turn to write within the time limit");
        return {this, [](Parts* parts) { parts->background.release(); }};
    }

    // Runs the work once, on PostgreSQL.
    void write_beside_others(Priority priority, const Step& step) {
        const auto turn = background_turn(priority);
        std::optional<Pool::Lease> lease(writers.lease(options.turn));
        Connection& connection = lease->connection();
        connection.begin_write(options.statement_limit(priority));
        bool committing = false;
        std::optional<std::int64_t> unsynced;
        try {
            Transaction transaction(connection);
            step(transaction);
            if (connection.leaves_sync()) unsynced = sync->begin();
            committing = true;
            connection.commit();
        } catch (const ConnectionLost& lost) {
            connection.rollback();
            // At COMMIT nobody knows whether the server has kept it: to run it again could do it twice.
            if (committing) throw Error(lost.what());
            throw;
        } catch (...) {
            connection.rollback();
            throw;
        }
        if (!unsynced) return;
        lease.reset();  // somebody else may write while this waits
        sync->wait(*unsynced);
    }

    // One failure of the disk may have left any connection with a wrong idea of the file.
    void distrust_all() {
        readers.distrust_all();
        writers.distrust_all();
    }

    void require_writable() const {
        if (writes_stopped) throw WritesStopped();
    }

    const Url url;
    const DatabaseOptions options;
    std::atomic<bool> writes_stopped{false};
    WriteGate gate;                        // SQLite: one writer
    std::counting_semaphore<> background;  // PostgreSQL: one connection is always left for the desk
    std::unique_ptr<CancelWatch> cancel_watch;
    Pool readers, writers;
    SqliteWriter writer{writers, gate, options};
    std::optional<SqliteCheckpointer> checkpointer;
    std::optional<PostgresSync> sync;
};

std::unique_ptr<Database> Database::open(const Url& url, const DatabaseOptions& options) {
    if (url.engine == Engine::sqlite) create_file(url.target, options.must_exist);
    auto parts = std::make_unique<Parts>(url, options);
    const auto give_up = std::chrono::steady_clock::now() + options.busy;
    while (true) {
        try {
            parts->writers.lease(options.busy).connection();  // so that a wrong address is told now
            break;
        } catch (const Busy&) {  // two processes switching a new file to WAL do not wait for each other
            if (std::chrono::steady_clock::now() > give_up) throw;
            std::this_thread::sleep_for(pause_after(1));
        } catch (const ConnectionLost&) {
            const auto found = find_postgres_database(
                url.target, options.must_exist ? WhenMissing::leave : WhenMissing::make);
            if (found == Existence::missing) refuse_missing();
            if (found == Existence::exists) throw;
        }
    }
    return std::unique_ptr<Database>(new Database(std::move(parts)));
}

Database::Database(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Database::~Database() = default;

Engine Database::engine() const { return parts_->url.engine; }
const Url& Database::url() const { return parts_->url; }

void Database::read_step(const ReadLimits& limits, const Step& step) {
    const auto begin = std::chrono::steady_clock::now();
    auto lease = parts_->readers.lease(limits.time, limits.stop);
    Connection* connection = nullptr;
    try {
        connection = &lease.connection();
        const auto waited =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
        connection->begin_read({limits.time - waited, limits.stop});
        Transaction transaction(*connection);
        step(transaction);
        connection->rollback();
    } catch (...) {
        if (connection != nullptr) connection->rollback();
        try {
            throw;
        } catch (const Broken&) {
            parts_->distrust_all();
            throw;
        }
    }
}

void Database::stop_writes() noexcept { parts_->writes_stopped = true; }
bool Database::has_stopped_writes() const noexcept { return parts_->writes_stopped; }

void Database::write_step(Priority priority, const Step& step) {
    for (int attempt = 1;; ++attempt) {
        parts_->require_writable();
        try {
            if (engine() == Engine::sqlite)
                parts_->writer.write(priority, step);
            else
                parts_->write_beside_others(priority, step);
            return;
        } catch (const PatienceSpent&) {
            throw;
        } catch (const Busy&) {
            if (attempt == kMostAttempts) throw;
        } catch (const ConnectionLost&) {
            if (attempt == kMostAttempts) throw;
        } catch (const Broken&) {
            parts_->distrust_all();
            throw;
        }
        std::this_thread::sleep_for(pause_after(attempt));
    }
}

// PostgreSQL keeps removed rows, also when it writes a table anew, for every transaction of this database
// that is older than their end. Whoever begins to read now, VACUUM itself among them, counts as as old as the
// oldest write that runs anywhere on the server, in other databases too.
bool Database::is_anyone_older_than_now() {
    const auto now =
        write([](Transaction& tx) { return tx.find_integer("SELECT txid_current()").value_or(0); });
    return read([&](Transaction& tx) {
        return tx
            .find_integer(
                "SELECT 1 WHERE txid_snapshot_xmin(txid_current_snapshot()) <= ? OR EXISTS ("
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND "
                "pid <> pg_backend_pid() AND age(backend_xmin) >= "
                "age((CAST(? AS bigint) % 4294967296)::text::xid))",
                {now, now})
            .has_value();
    });
}

// ANALYZE leaves the statistics of a table that holds no rows any more, and they quote what it held: giving a
// column the type it has drops them.
void Database::drop_statistics_of_emptied(const std::string& table) {
    std::vector<std::string> statements;
    read([&](Transaction& tx) {
        tx.query(
            "SELECT format('ALTER TABLE %I ALTER COLUMN %I TYPE %s', tablename, s.attname, "
            "format_type(a.atttypid, a.atttypmod)) FROM pg_stats s JOIN pg_attribute a ON "
            "a.attrelid = ?::regclass AND a.attname = s.attname WHERE schemaname = current_schema() AND "
            "tablename = ? AND a.atttypid IN ('text'::regtype, 'tsvector'::regtype) AND "
            "NOT EXISTS (SELECT 1 FROM " +
                table + ")",
            {table, table}, [&](const Row& row) { statements.emplace_back(row.text(0)); });
    });
    for (const auto& statement : statements) run_alone(statement);
}

void Database::run_alone(const std::string& sql) {
    parts_->writers.lease(parts_->options.turn).connection().run_alone(sql);
}

// A plain VACUUM leaves the bytes of removed rows in the free space of their page; only writing the table
// anew takes them away. pg_statistic quotes values of the tables: ANALYZE replaces them, and the old ones lie
// there as removed rows.
Scrubbed Database::scrub(std::span<const std::string> tables) {
    parts_->require_writable();
    if (engine() == Engine::sqlite)
        return parts_->checkpointer->truncate_log() ? Scrubbed::everywhere : Scrubbed::not_yet;
    if (is_anyone_older_than_now()) return Scrubbed::not_yet;
    constexpr std::int64_t kMostLocked = std::int64_t{256} << 20;
    auto result = Scrubbed::everywhere;
    for (const auto& table : tables) {
        const auto size = read([&](Transaction& tx) {
            return tx.find_integer("SELECT pg_total_relation_size('" + table + "'::regclass)").value_or(0);
        });
        if (size > kMostLocked) result = Scrubbed::all_but_free_space;
        run_alone((size > kMostLocked ? "VACUUM (ANALYZE) " : "VACUUM (FULL, ANALYZE) ") + table);
        drop_statistics_of_emptied(table);
    }
    // Whoever began to read meanwhile keeps the statistics of before.
    if (is_anyone_older_than_now()) return Scrubbed::not_yet;
    run_alone("VACUUM FULL pg_catalog.pg_statistic");
    return result;
}

std::int64_t Database::size_in_bytes() {
    if (engine() == Engine::postgres)
        return read([](Transaction& tx) {
                   return tx.find_integer("SELECT pg_database_size(current_database())");
               })
            .value_or(0);
    std::int64_t size = 0;
    for (const char* part : {"", "-wal"}) {
        std::error_code absent;
        const auto bytes = std::filesystem::file_size(parts_->url.target + part, absent);
        if (!absent) size += static_cast<std::int64_t>(bytes);
    }
    return size;
}

}  // namespace otokui::storage
