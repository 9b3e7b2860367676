#include <sqlite3.h>

#include <stdexcept>
#include <string>

#include "storage/connection.hpp"
#include "storage/sqlite_statement.hpp"
#include "storage/statement_cache.hpp"

namespace otokui::storage {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kKeptStatements = 128;
/// Longer texts (inline lists of ids) hardly ever come again.
constexpr std::size_t kLongestKeptSql = 8 * 1024;
constexpr std::size_t kMostRowsAtOnce = 64;
/// How many steps of SQLite's machine pass between two looks at the limits: some tens of microseconds.
constexpr int kStepsBetweenLooks = 2'000;
constexpr std::size_t kWriterCaches = 2;      // as much as a reader's
constexpr std::size_t kFillingCacheMib = 64;  // as much again for sorting an index
constexpr int kWaitToBeAloneMilliseconds = 200;

class SqliteConnection : public Connection {
public:
    SqliteConnection(Sessions& sessions, std::size_t position, Role role, const DatabaseOptions& options,
                     std::function<void(int)> wal_pages)
        : sessions_(sessions),
          position_(position),
          role_(role),
          options_(options),
          wal_pages_(std::move(wal_pages)) {}
    ~SqliteConnection() override { close(); }

    Engine engine() const noexcept override { return Engine::sqlite; }
    bool is_open() const noexcept override { return database_ != nullptr; }
    void open() override;
    void close() noexcept override;

protected:
    void do_begin_read(const ReadLimits& limits) override;
    void do_begin_write(std::chrono::milliseconds limit) override;
    void do_limit_statements(std::chrono::milliseconds limit) override { statement_limit_ = limit; }
    void do_commit() override;
    void do_rollback() override;
    std::int64_t do_execute(std::string_view sql, std::span<const Value> values) override;
    void do_query(std::string_view sql, std::span<const Value> values, Rows rows, const Each& each) override;
    void do_run_script(std::string_view sql) override;
    std::vector<std::int64_t> do_allocate_ids(std::string_view table, std::size_t count) override;
    void do_insert_many(std::string_view table, std::span<const std::string_view> columns,
                        std::span<const Values> rows) override;

private:
    sqlite3_stmt* prepared(std::string_view sql);
    void run(std::string_view sql);
    /// Binds the rows one behind the other.
    void run(sqlite3_stmt* statement, std::span<const Values> rows);
    void use_wal();
    void prepare_for_filling();
    /// True when there is a row.
    bool step(sqlite3_stmt* statement);
    bool past_limits() const noexcept;

    Sessions& sessions_;
    std::size_t position_;
    Role role_;
    DatabaseOptions options_;
    std::function<void(int)> wal_pages_;
    sqlite3* database_ = nullptr;
    StatementCache<SqliteStatement> statements_{kKeptStatements};
    SqliteStatement long_statement_;  // the last one too long to keep
    SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
    std::chrono::milliseconds statement_limit_ = kUnlimited;  // of a write; a read has one deadline for all
    std::stop_token stop_;
};

void SqliteConnection::open() {
    close();
    database_ = static_cast<sqlite3*>(sessions_.open(position_));
    try {
        sqlite3_extended_result_codes(database_, 1);
        sqlite3_busy_timeout(database_, static_cast<int>(options_.busy.count()));
        sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
        sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        sqlite3_db_config(database_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
        sqlite3_progress_handler(
            database_, kStepsBetweenLooks,
            [](void* self) { return static_cast<SqliteConnection*>(self)->past_limits() ? 1 : 0; }, this);
        run("PRAGMA synchronous = FULL");
        // No memory map: measured, it saves an eighth of a scan's processor time, and every connection's map
        // of the whole file would count as memory of the process.
        // What a transaction changes beyond the cache goes to the log early, page by page, and again when it
        // is changed again: a stretch of an import changes more than readers need.
        const auto cache = options_.cache_mib_per_connection * (role_ == Role::writer ? kWriterCaches : 1);
        run("PRAGMA cache_size = -" + std::to_string(cache * 1024));
        if (role_ == Role::reader) {
            run("PRAGMA query_only = ON");
            return;
        }
        if (options_.filling)
            prepare_for_filling();
        else
            use_wal();
        run("PRAGMA journal_size_limit = 67108864");
        // Debian's library does so by itself; another one would leave what was erased in freed cells.
        run("PRAGMA secure_delete = ON");
        // Replaces the automatic checkpoint of the thread that commits: the checkpointer works beside it.
        sqlite3_wal_hook(
            database_,
            [](void* self, sqlite3*, const char*, int pages) {
                const auto& grown = static_cast<SqliteConnection*>(self)->wal_pages_;
                if (grown) grown(pages);
                return SQLITE_OK;
            },
            this);
    } catch (...) {
        close();
        throw;
    }
}

void SqliteConnection::use_wal() {
    constexpr std::string_view kSql = "PRAGMA journal_mode = WAL";
    std::string mode;
    do_query(kSql, {}, Rows::first, [&](const Row& row) { mode = row.text(0); });
    // Some network file systems cannot; silently going on without it would break readers beside a writer.
    if (mode != "wal") throw Error("the file system of the database does not support SQLite's WAL");
}

// Rows at the end of a file need no log: only what was there before is kept in the rollback journal, so each
// page is written once instead of twice.
void SqliteConnection::prepare_for_filling() {
    sqlite3_busy_timeout(database_, kWaitToBeAloneMilliseconds);
    try {
        run("PRAGMA journal_mode = DELETE");
    } catch (const Busy&) {
        use_wal();  // somebody else has the file open: slower, but as good
    }
    sqlite3_busy_timeout(database_, static_cast<int>(options_.busy.count()));
    sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
    run("PRAGMA cache_size = -" + std::to_string(kFillingCacheMib * 1024));
    run("PRAGMA threads = 2");  // for sorting
}

void SqliteConnection::close() noexcept {
    if (database_ == nullptr) return;
    statements_.clear();
    long_statement_.reset();
    database_ = nullptr;
    sessions_.close(position_);
}

void SqliteConnection::do_begin_read(const ReadLimits& limits) {
    stop_ = limits.stop;
    deadline_ = limits.time < kUnlimited ? SteadyClock::now() + limits.time : SteadyClock::time_point::max();
    if (past_limits()) throw Cancelled("past its limits before it began");
    run("BEGIN");
}

void SqliteConnection::do_begin_write(std::chrono::milliseconds limit) {
    run("BEGIN IMMEDIATE");
    do_limit_statements(limit);
}

void SqliteConnection::do_commit() {
    do_limit_statements(kUnlimited);
    deadline_ = SteadyClock::time_point::max();
    run("COMMIT");
}

void SqliteConnection::do_rollback() {
    do_limit_statements(kUnlimited);
    stop_ = {};
    deadline_ = SteadyClock::time_point::max();
    // Some errors (disk full, I/O) have rolled back by themselves.
    if (sqlite3_get_autocommit(database_) == 0) run("ROLLBACK");
}

std::int64_t SqliteConnection::do_execute(std::string_view sql, std::span<const Value> values) {
    auto* statement = prepared(sql);
    const SqliteRun running(statement);
    sqlite_bind(statement, values);
    const auto before = sqlite3_total_changes64(database_);
    while (step(statement)) continue;
    // The count of other statements than INSERT, UPDATE and DELETE is that of the one before them.
    return sqlite3_total_changes64(database_) == before ? 0 : sqlite3_changes64(database_);
}

void SqliteConnection::do_query(std::string_view sql, std::span<const Value> values, Rows rows,
                                const Each& each) {
    auto* statement = prepared(sql);
    const SqliteRun running(statement);
    sqlite_bind(statement, values);
    const SqliteRow row(statement);
    while (step(statement)) {
        each(row);
        if (rows == Rows::first) return;
        if (past_limits()) throw Cancelled("past its limits between two rows");
    }
}

void SqliteConnection::do_run_script(std::string_view sql) {
    while (!sql.empty()) {
        const auto statement = sqlite_prepare(database_, sql, Keep::no);
        while (statement && step(statement.get())) continue;
    }
}

std::vector<std::int64_t> SqliteConnection::do_allocate_ids(std::string_view table, std::size_t count) {
    const auto wanted = static_cast<std::int64_t>(count);
    const Values named{wanted, std::string(table)};
    std::int64_t last = 0;
    do_query("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ? RETURNING seq", named, Rows::first,
             [&](const Row& row) { last = row.integer(0); });
    if (last == 0) {  // never inserted into: the table's row comes with its first id
        const Values first{std::string(table), wanted, std::string(table)};
        const auto made = do_execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? FROM sqlite_schema "
            "WHERE type = 'table' AND name = ?",
            first);
        if (made != 1) throw std::logic_error("allocate_ids: no table " + std::string(table));
        last = wanted;
    }
    std::vector<std::int64_t> ids(count);
    for (std::size_t i = 0; i < count; ++i) ids[i] = last - wanted + 1 + static_cast<std::int64_t>(i);
    return ids;
}

void SqliteConnection::do_insert_many(std::string_view table, std::span<const std::string_view> columns,
                                      std::span<const Values> rows) {
    // A table looks up and stores its counter of ids once per statement, which costs more than a short row
    // itself: many rows per statement take a quarter of the time (measured, rows of 8 columns).
    std::string row = "(?";
    for (std::size_t i = 1; i < columns.size(); ++i) row += ",?";
    row += ")";
    const auto head = insert_head(table, columns);
    const auto at_once = std::min(kMostRowsAtOnce, (kLongestKeptSql - head.size()) / (row.size() + 1));
    if (rows.size() >= at_once && at_once > 1) {
        std::string sql = head + row;
        for (std::size_t i = 1; i < at_once; ++i) sql += "," + row;
        auto* statement = prepared(sql);
        for (; rows.size() >= at_once; rows = rows.subspan(at_once)) run(statement, rows.first(at_once));
    }
    if (rows.empty()) return;
    auto* statement = prepared(head + row);
    for (; !rows.empty(); rows = rows.subspan(1)) run(statement, rows.first(1));
}

void SqliteConnection::run(sqlite3_stmt* statement, std::span<const Values> rows) {
    const SqliteRun running(statement);
    sqlite_bind(statement, rows);
    while (step(statement)) continue;
}

sqlite3_stmt* SqliteConnection::prepared(std::string_view sql) {
    if (statement_limit_ < kUnlimited) deadline_ = SteadyClock::now() + statement_limit_;
    if (auto* kept = statements_.find(sql)) return kept->get();
    auto rest = sql;
    auto fresh = sqlite_prepare(database_, rest, sql.size() <= kLongestKeptSql ? Keep::yes : Keep::no);
    if (!fresh || rest.find_first_not_of(" \n\t\r;") != std::string_view::npos)
        throw std::logic_error("exactly one statement at a time: " + shape_of(sql));
    if (sql.size() <= kLongestKeptSql) return statements_.keep(std::string(sql), std::move(fresh)).get();
    long_statement_ = std::move(fresh);
    return long_statement_.get();
}

void SqliteConnection::run(std::string_view sql) {
    auto* statement = prepared(sql);
    const SqliteRun running(statement);
    while (step(statement)) continue;
}

bool SqliteConnection::step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw_sqlite_error(database_, code, sqlite3_sql(statement));
}

bool SqliteConnection::past_limits() const noexcept {
    return stop_.stop_requested() ||
           (deadline_ != SteadyClock::time_point::max() && SteadyClock::now() > deadline_);
}

}  // namespace

std::unique_ptr<Connection> make_sqlite_connection(Sessions& sessions, std::size_t position, Role role,
                                                   const DatabaseOptions& options,
                                                   std::function<void(int)> wal_pages) {
    return std::make_unique<SqliteConnection>(sessions, position, role, options, std::move(wal_pages));
}

}  // namespace otokui::storage
