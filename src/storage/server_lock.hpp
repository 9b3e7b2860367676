#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "storage/database.hpp"

namespace otokui::storage {

/// How the server before this one ended.
enum class LastEnd { clean, unclean };

/// One server per SQLite file: held from the start of `serve` to its end, and given up by the system when the
/// process dies. Commands open the database beside it and take no lock. On PostgreSQL any number of servers
/// may run: nothing is locked, every end counts as clean.
class ServerLock {
public:
    /// Refused storage.server_running (unavailable) when another server holds it. Throws Error when the lock
    /// file cannot be made.
    explicit ServerLock(const Url& url);
    /// A clean end, unless the database is in doubt.
    ~ServerLock();
    ServerLock(const ServerLock&) = delete;
    ServerLock& operator=(const ServerLock&) = delete;

    LastEnd last_end() const noexcept { return last_end_; }
    /// The database has been looked through after an unclean end. Until it is, no further end counts as
    /// clean: the next server looks again. Thread-safe.
    void found_sound() noexcept { is_doubtful_ = false; }

private:
    void note(char state) const;
    int file_ = -1;
    LastEnd last_end_ = LastEnd::clean;
    std::atomic<bool> is_doubtful_{false};
};

/// What SQLite's quick_check finds wrong, one sentence each (no values of rows); empty when all is well, and
/// on PostgreSQL. To be run after an unclean end, beside the first requests: it reads the whole database on a
/// reading connection.
std::vector<std::string> quick_check(Database& database, const std::stop_token& stop = {});

}  // namespace otokui::storage
