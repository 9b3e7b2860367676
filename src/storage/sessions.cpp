#include "storage/sessions.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

namespace otokui::storage {

namespace {

// A connection is used by one thread at a time, and nobody asks SQLite how much memory it holds: its own lock
// around every call and its counting are not needed. Without effect once anything in this process has begun
// to use SQLite. A statement of many rows notes each page as it was before, to take itself back alone when it
// fails: in memory up to this size, then page by page in a temporary file. More than this is not written to
// that file: SQLite's files take 17 bits of a length, and the statement would fail as if the disk were full.
constexpr int kMostNotedInMemory = (1 << 17) - 1;

void configure_sqlite() {
    static const bool configured = [] {
        return sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
               sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
               sqlite_api::sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, kMostNotedInMemory) == SQLITE_OK;
    }();
    static_cast<void>(configured);
}

}  // namespace

struct Sessions::Pool {
    Url url;
    std::size_t count;
    soci::connection_pool sessions;
};

Sessions::Sessions(Url url, std::size_t count)
    : pool_(new Pool{std::move(url), count, soci::connection_pool(count)}) {
    if (pool_->url.engine == Engine::sqlite) configure_sqlite();
}
Sessions::~Sessions() = default;

std::size_t Sessions::count() const noexcept { return pool_->count; }

std::optional<std::size_t> Sessions::lease(std::chrono::milliseconds wait) {
    std::size_t position = 0;
    const auto bounded = std::clamp<std::chrono::milliseconds::rep>(wait.count(), 0, 3'600'000);
    if (!pool_->sessions.try_lease(position, static_cast<int>(bounded))) return std::nullopt;
    return position;
}

void Sessions::give_back(std::size_t position) { pool_->sessions.give_back(position); }

void* Sessions::open(std::size_t position) {
    close(position);
    soci::session& session = pool_->sessions.at(position);
    try {
        if (pool_->url.engine == Engine::sqlite) {
            session.open(soci::sqlite3, "dbname=\"" + pool_->url.target + "\"");
            return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
        }
        // Our statements ask for single rows themselves; the setting is for whoever uses the session through
        // SOCI.
        session.open(soci::postgresql,
                     pool_->url.target +
                         (pool_->url.target.find("://") == std::string::npos ? " singlerows=true" : ""));
        return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
    } catch (const soci::soci_error& error) {
        throw Error(error.what());  // nothing is bound yet: the engine's reason and the server's address only
    }
}

void Sessions::close(std::size_t position) noexcept {
    soci::session& session = pool_->sessions.at(position);
    if (session.get_backend() == nullptr) return;
    try {
        session.close();
    } catch (const std::exception&) {
        // The handle is gone either way, and there is nothing to tell the caller that open() will not tell.
        return;
    }
}

}  // namespace otokui::storage
