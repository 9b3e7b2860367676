#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "storage/cancel_watch.hpp"
#include "storage/connection.hpp"
#include "storage/placeholders.hpp"
#include "storage/postgres_result.hpp"
#include "storage/statement_cache.hpp"

namespace otokui::storage {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kKeptStatements = 128;
constexpr std::size_t kLongestKeptSql = 8 * 1024;
/// Below this a prepared INSERT per row costs less than starting a COPY.
constexpr std::size_t kFewRows = 4;
constexpr std::size_t kCopyBuffer = 64 * 1024;

struct CancelFreer {
    void operator()(PGcancel* cancel) const noexcept { PQfreeCancel(cancel); }
};

// For the statements of one transaction; 0 is PostgreSQL's word for no limit.
std::string timeout_setting(std::chrono::milliseconds limit) {
    const auto milliseconds = limit < kUnlimited ? std::max<std::int64_t>(limit.count(), 1) : 0;
    return "SET LOCAL statement_timeout = " + std::to_string(milliseconds);
}

// A statement kept on the server under a name; the server forgets it with this object.
class KeptStatement {
public:
    KeptStatement(PGconn* const& connection, std::string name)
        : connection_(&connection), name_(std::move(name)) {}
    KeptStatement(KeptStatement&& other) noexcept
        : connection_(other.connection_), name_(std::move(other.name_)) {
        other.connection_ = nullptr;
    }
    KeptStatement& operator=(KeptStatement&&) = delete;
    ~KeptStatement() {
        if (connection_ != nullptr && *connection_ != nullptr)
            PQclear(PQexec(*connection_, ("DEALLOCATE " + name_).c_str()));
    }
    const char* name() const { return name_.c_str(); }

private:
    PGconn* const* connection_;
    std::string name_;
};

// Values as libpq takes them. A number goes as BIGINT, text as TEXT, bytes as BYTEA; the type of NULL is the
// server's guess.
struct Parameters {
    explicit Parameters(std::span<const Value> values) {
        texts.reserve(values.size());
        for (const auto& value : values) add(value);
    }
    int count() const { return static_cast<int>(pointers.size()); }

    std::vector<std::string> texts;
    std::vector<const char*> pointers;
    std::vector<int> lengths, formats;
    std::vector<Oid> types;
    std::string signature;  // one letter a value: the same text with other types is another statement

private:
    void add(const Value& value) {
        constexpr Oid kInt8 = 20, kText = 25, kBytea = 17;
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            texts.push_back(std::to_string(*integer));
            push(texts.back().c_str(), 0, 0, kInt8, 'i');
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            require_storable(*text);
            push(text->c_str(), 0, 0, kText, 't');
        } else if (const auto* bytes = std::get_if<Blob>(&value)) {
            const char* data = bytes->empty() ? "" : reinterpret_cast<const char*>(bytes->data());
            push(data, static_cast<int>(bytes->size()), 1, kBytea, 'b');
        } else {
            push(nullptr, 0, 0, 0, 'n');
        }
    }
    void push(const char* pointer, int length, int format, Oid type, char letter) {
        pointers.push_back(pointer);
        lengths.push_back(length);
        formats.push_back(format);
        types.push_back(type);
        signature += letter;
    }
};

class PostgresConnection : public Connection {
public:
    PostgresConnection(Sessions& sessions, std::size_t position, const DatabaseOptions& options,
                       CancelWatch& watch)
        : sessions_(sessions), position_(position), options_(options), watch_(watch) {}
    ~PostgresConnection() override { close(); }

    Engine engine() const noexcept override { return Engine::postgres; }
    bool is_open() const noexcept override { return server_ != nullptr; }
    void open() override;
    void close() noexcept override;

protected:
    void do_begin_read(const ReadLimits& limits) override;
    void do_begin_write(std::chrono::milliseconds limit) override;
    void do_limit_statements(std::chrono::milliseconds limit) override;
    void do_commit() override;
    void do_rollback() override;
    std::int64_t do_execute(std::string_view sql, std::span<const Value> values) override;
    void do_query(std::string_view sql, std::span<const Value> values, Rows rows, const Each& each) override;
    void do_run_script(std::string_view sql) override;
    std::vector<std::int64_t> do_allocate_ids(std::string_view table, std::size_t count) override;
    void do_insert_many(std::string_view table, std::span<const std::string_view> columns,
                        std::span<const Values> rows) override;

private:
    /// Runs a command without values.
    PostgresResult command(const std::string& sql);
    /// The name under which the server keeps the statement; "" is its unnamed one.
    const char* prepare(std::string_view sql, const Parameters& parameters);
    /// Hands out the rows of what has been sent; reads on to the end of the answer in any case.
    void receive(std::string_view sql, Rows rows, const Each& each);
    void cancel() noexcept;
    void require_success(const PostgresResult& result, Stage stage, std::string_view sql);
    void check_limits() const;

    Sessions& sessions_;
    std::size_t position_;
    DatabaseOptions options_;
    CancelWatch& watch_;
    PGconn* server_ = nullptr;
    std::unique_ptr<PGcancel, CancelFreer> canceller_;
    StatementCache<KeptStatement> statements_{kKeptStatements};
    std::int64_t names_given_ = 0;
    SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
    std::stop_token stop_;
    std::unique_ptr<CancelWatch::Watched> watched_;
};

void PostgresConnection::open() {
    close();
    try {
        server_ = static_cast<PGconn*>(sessions_.open(position_));
    } catch (const Error& error) {
        throw ConnectionLost(error.what());
    }
    try {
        // Notices may repeat values, and nobody reads them.
        PQsetNoticeProcessor(server_, [](void*, const char*) {}, nullptr);
        canceller_.reset(PQgetCancel(server_));
        // The compiler of plans costs more than our short queries take. A server set to promise more than its
        // own disk (remote_apply) keeps that, one set to promise less does not. Whoever looks for one letter
        // finds a quarter of all customers: with the memory PostgreSQL gives by itself it forgets which, and
        // reads them all again. That pages in any order cost four times those in a row is true of disks that
        // turn; where somebody has said what they cost, that stays.
        command(
            "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET bytea_output = 'hex'; "
            "SET timezone = 'UTC'; SET jit = off; SET lock_timeout = " +
            std::to_string(options_.busy.count()) +
            "; SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') IN ('off', 'local'); "
            "SELECT set_config('work_mem', '32MB', false) FROM pg_settings "
            "WHERE name = 'work_mem' AND setting::bigint < 32768; "
            "SELECT set_config('random_page_cost', '1.1', false) FROM pg_settings "
            "WHERE name = 'random_page_cost' AND source = 'default'");
    } catch (...) {
        close();
        throw;
    }
}

void PostgresConnection::close() noexcept {
    if (server_ == nullptr) return;
    watched_.reset();
    canceller_.reset();
    server_ = nullptr;  // the server forgets its statements by itself
    statements_.clear();
    sessions_.close(position_);
}

void PostgresConnection::do_begin_read(const ReadLimits& limits) {
    stop_ = limits.stop;
    deadline_ = limits.time < kUnlimited ? SteadyClock::now() + limits.time : SteadyClock::time_point::max();
    check_limits();
    // A plan for these very values each time: after five runs the server would take one for any value, and a
    // search for a frequent name then walks past every row (measured: 300 ms for what takes 10).
    const auto begin =
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL plan_cache_mode = force_custom_plan; " +
        timeout_setting(limits.time);
    try {
        command(begin);
    } catch (const ConnectionLost&) {
        open();  // the server may have been restarted since; nothing has been read yet
        command(begin);
    }
    if (stop_.stop_possible()) watched_ = watch_.watch(stop_, [this] { cancel(); });
}

void PostgresConnection::do_limit_statements(std::chrono::milliseconds limit) {
    command(timeout_setting(limit));
}

void PostgresConnection::do_begin_write(std::chrono::milliseconds limit) {
    try {
        command("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " + timeout_setting(limit));
    } catch (const ConnectionLost&) {
        close();
        throw;
    }
}

void PostgresConnection::do_commit() {
    const auto result = command(leaves_sync() ? "SET LOCAL synchronous_commit = off; COMMIT" : "COMMIT");
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
        throw Error("PostgreSQL rolled back at COMMIT");
}

void PostgresConnection::do_rollback() {
    watched_.reset();
    stop_ = {};
    deadline_ = SteadyClock::time_point::max();
    command("ROLLBACK");
}

std::int64_t PostgresConnection::do_execute(std::string_view sql, std::span<const Value> values) {
    const Parameters parameters(values);
    const char* name = prepare(sql, parameters);
    check_limits();
    const PostgresResult result(PQexecPrepared(server_, name, parameters.count(), parameters.pointers.data(),
                                               parameters.lengths.data(), parameters.formats.data(), 0));
    require_success(result, Stage::running, sql);
    // Of a SELECT the server counts the rows it sent.
    if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
    const std::string_view count = PQcmdTuples(result.get());
    return count.empty() ? 0 : std::stoll(std::string(count));
}

void PostgresConnection::do_query(std::string_view sql, std::span<const Value> values, Rows rows,
                                  const Each& each) {
    const Parameters parameters(values);
    const char* name = prepare(sql, parameters);
    check_limits();
    if (PQsendQueryPrepared(server_, name, parameters.count(), parameters.pointers.data(),
                            parameters.lengths.data(), parameters.formats.data(), 0) == 0)
        throw_postgres_error(server_, nullptr, Stage::running, sql);
    PQsetSingleRowMode(server_);
    receive(sql, rows, each);
}

void PostgresConnection::receive(std::string_view sql, Rows rows, const Each& each) {
    std::exception_ptr thrown;
    bool wants_more = true;
    while (const PostgresResult result{PQgetResult(server_)}) {
        if (thrown) continue;
        const bool is_row = PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE;
        try {
            if (!is_row) {
                require_success(result, Stage::running, sql);
            } else if (wants_more) {
                check_limits();
                each(PostgresRow(result.get(), 0));
                wants_more = rows == Rows::all;
            }
        } catch (...) {
            thrown = std::current_exception();
            if (is_row) cancel();  // or millions of rows may still come
        }
    }
    if (thrown) std::rethrow_exception(thrown);
}

void PostgresConnection::do_run_script(std::string_view sql) {
    const PostgresResult result(PQexec(server_, std::string(sql).c_str()));
    if (PQresultStatus(result.get()) != PGRES_EMPTY_QUERY) require_success(result, Stage::preparing, sql);
}

std::vector<std::int64_t> PostgresConnection::do_allocate_ids(std::string_view table, std::size_t count) {
    std::vector<std::int64_t> ids;
    ids.reserve(count);
    const Values values{std::string(table), static_cast<std::int64_t>(count)};
    do_query("SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, ?)", values, Rows::all,
             [&](const Row& row) { ids.push_back(row.integer(0)); });
    return ids;
}

void PostgresConnection::do_insert_many(std::string_view table, std::span<const std::string_view> columns,
                                        std::span<const Values> rows) {
    const auto head = insert_head(table, columns);
    if (rows.size() <= kFewRows) {
        std::string sql = head + "(";
        for (std::size_t i = 0; i < columns.size(); ++i) sql += i == 0 ? "?" : ", ?";
        sql += ")";
        for (const auto& row : rows) do_execute(sql, row);
        return;
    }
    // "INSERT INTO t (a, b) VALUES " gives "COPY t (a, b) FROM STDIN".
    const auto names = head.substr(std::string_view("INSERT INTO ").size());
    const auto copy = "COPY " + names.substr(0, names.rfind(" VALUES")) + " FROM STDIN";
    const PostgresResult started(PQexec(server_, copy.c_str()));
    if (PQresultStatus(started.get()) != PGRES_COPY_IN)
        throw_postgres_error(server_, started.get(), Stage::preparing, copy);
    std::string buffer;
    std::exception_ptr unusable;
    const auto send = [&] {
        const bool sent = PQputCopyData(server_, buffer.data(), static_cast<int>(buffer.size())) == 1;
        buffer.clear();
        return sent;
    };
    bool sending = true;
    try {
        for (const auto& row : rows) {
            const auto begin = buffer.size();
            for (const auto& value : row) {
                if (buffer.size() != begin) buffer += '\t';
                append_copy_field(buffer, value);
            }
            buffer += '\n';
            if (buffer.size() >= kCopyBuffer && !(sending = send())) break;
        }
        if (sending && !buffer.empty()) send();
    } catch (const Error&) {
        unusable = std::current_exception();
    }
    PQputCopyEnd(server_, unusable ? "a value cannot be stored" : nullptr);
    std::exception_ptr refused;
    while (const PostgresResult result{PQgetResult(server_)}) {
        try {
            if (!unusable && !refused) require_success(result, Stage::running, copy);
        } catch (const Error&) {
            refused = std::current_exception();
        }
    }
    if (unusable) std::rethrow_exception(unusable);
    if (refused) std::rethrow_exception(refused);
}

PostgresResult PostgresConnection::command(const std::string& sql) {
    PostgresResult result(PQexec(server_, sql.c_str()));
    require_success(result, Stage::running, sql);
    return result;
}

const char* PostgresConnection::prepare(std::string_view sql, const Parameters& parameters) {
    auto key = std::string(sql) + '\n' + parameters.signature;
    if (auto* kept = statements_.find(key)) return kept->name();
    const auto numbered = number_placeholders(sql);
    if (numbered.count != parameters.count())
        throw std::logic_error("a statement needs one value per question mark: " + shape_of(sql));
    const bool keep = sql.size() <= kLongestKeptSql;
    const auto name = keep ? "s" + std::to_string(++names_given_) : std::string();
    const PostgresResult result(
        PQprepare(server_, name.c_str(), numbered.sql.c_str(), parameters.count(), parameters.types.data()));
    require_success(result, Stage::preparing, sql);
    return keep ? statements_.keep(std::move(key), KeptStatement(server_, name)).name() : "";
}

void PostgresConnection::cancel() noexcept {
    std::array<char, 256> ignored{};
    if (canceller_) PQcancel(canceller_.get(), ignored.data(), static_cast<int>(ignored.size()));
}

void PostgresConnection::require_success(const PostgresResult& result, Stage stage, std::string_view sql) {
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw_postgres_error(server_, result.get(), stage, sql);
}

void PostgresConnection::check_limits() const {
    if (stop_.stop_requested()) throw Cancelled("asked to stop");
    if (deadline_ != SteadyClock::time_point::max() && SteadyClock::now() > deadline_)
        throw Cancelled("past its time limit");
}

}  // namespace

std::unique_ptr<Connection> make_postgres_connection(Sessions& sessions, std::size_t position,
                                                     const DatabaseOptions& options, CancelWatch& watch) {
    return std::make_unique<PostgresConnection>(sessions, position, options, watch);
}

}  // namespace otokui::storage
