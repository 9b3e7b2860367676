#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "storage/connection.hpp"

namespace otokui::storage {

/// Brings what was committed without a sync onto PostgreSQL's disk, one sync for all that wait at the moment.
/// The server's log is written in the order of commits, so a sync covers whatever was committed before it.
class PostgresSync {
public:
    PostgresSync(const Url& url, const DatabaseOptions& options, CancelWatch& watch);

    /// To be called before COMMIT. A server that has been restarted since then has perhaps lost the commit,
    /// and wait() knows it by its own connection, which must be there before. Throws ConnectionLost.
    std::int64_t begin();
    /// Returns when everything committed before the call is on disk, as far as the server's
    /// `synchronous_commit` promises. `begun`: of begin(). Throws Error when nobody knows whether it is.
    void wait(std::int64_t begun);

private:
    void sync_for_all(std::unique_lock<std::mutex>& lock);

    Sessions sessions_;
    const std::unique_ptr<Connection> connection_;  // used by one thread at a time: is_syncing_, or the lock
    std::mutex mutex_;
    std::condition_variable changed_;
    std::int64_t connections_ = 0;  // lost so far
    std::chrono::steady_clock::time_point last_used_{};
    std::int64_t asked_ = 0, synced_ = 0;
    bool is_syncing_ = false;
};

}  // namespace otokui::storage
