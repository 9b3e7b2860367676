#include "storage/postgres_sync.hpp"

namespace otokui::storage {
namespace {

constexpr std::chrono::seconds kTrusted{1};

}  // namespace

PostgresSync::PostgresSync(const Url& url, const DatabaseOptions& options, CancelWatch& watch)
    : sessions_(url, 1), connection_(make_postgres_connection(sessions_, 0, options, watch)) {}

std::int64_t PostgresSync::begin() {
    const std::lock_guard lock(mutex_);
    if (is_syncing_) return connections_;
    // Somebody may have closed it while nobody wrote: better known before the commit than behind it.
    const auto now = std::chrono::steady_clock::now();
    if (connection_->is_open() && now > last_used_ + kTrusted) {
        try {
            connection_->run_alone("SELECT 1");
        } catch (const Error&) {
            connection_->close();
            ++connections_;
            changed_.notify_all();
        }
    }
    if (!connection_->is_open()) connection_->open();
    last_used_ = now;
    return connections_;
}

void PostgresSync::wait(std::int64_t begun) {
    std::unique_lock lock(mutex_);
    const auto mine = ++asked_;
    for (;;) {
        // Asked first: a later connection says nothing of an earlier server's commits.
        if (begun != connections_)
            throw Error("the server went away behind a COMMIT: nobody knows whether it has kept it");
        if (synced_ >= mine) return;
        if (is_syncing_)
            changed_.wait(lock);
        else
            sync_for_all(lock);
    }
}

void PostgresSync::sync_for_all(std::unique_lock<std::mutex>& lock) {
    is_syncing_ = true;
    const auto covered = asked_;
    lock.unlock();
    bool is_synced = false;
    try {
        // A transaction that writes into the log and nowhere else, and so has to sync it.
        connection_->run_alone("SELECT pg_logical_emit_message(true, 'otokui', '')");
        is_synced = true;
    } catch (const Error&) {
        connection_->close();
    }
    lock.lock();
    is_syncing_ = false;
    if (is_synced)
        synced_ = covered;
    else
        ++connections_;
    changed_.notify_all();
}

}  // namespace otokui::storage
