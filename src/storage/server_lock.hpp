#pragma once

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
    /// A clean end.
    ~ServerLock();
    ServerLock(const ServerLock&) = delete;
    ServerLock& operator=(const ServerLock&) = delete;

    LastEnd last_end() const noexcept { return last_end_; }

private:
    void note(char state) const;
    int file_ = -1;
    LastEnd last_end_ = LastEnd::clean;
};

/// What SQLite's quick_check finds wrong, one sentence each (no values of rows); empty when all is well, and
/// on PostgreSQL. To be run after an unclean end, beside the first requests: it reads the whole database on a
/// reading connection.
std::vector<std::string> quick_check(Database& database, const std::stop_token& stop = {});

}  // namespace otokui::storage
