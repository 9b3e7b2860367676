#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "storage/database.hpp"

namespace otokui::search {

/// CountTurns among several servers on one PostgreSQL database: nothing keeps a browser at one of them, so
/// the count before may run on another. A count's transaction bears the session's name as its
/// application_name, and holds a lock of that name until it ends: so there is one at a time. While it runs,
/// its own server looks now and then whether a later one has come, and stops it as CountTurns would. Nobody
/// cancels the statements of another server: whatever its connection does by then, it cannot be hit by
/// mistake.
///
/// The servers must use the same role of PostgreSQL, else they do not see each other's names; the lock holds
/// even then. On SQLite, where there is one server, nothing happens.
class CountElsewhere {
public:
    /// `stop` stops this count; `database` must outlive it.
    CountElsewhere(storage::Database& database, std::string session, std::stop_source stop)
        : database_(database), session_(std::move(session)), stop_(std::move(stop)) {}

    /// The first thing in the transaction of the count: returns when it is the only one of the session.
    void begin(storage::Transaction& tx);

private:
    void watch(const std::stop_token& ended);
    bool is_overtaken(const std::stop_token& ended);

    storage::Database& database_;
    std::string session_;
    std::stop_source stop_;
    std::string name_;                      // as pg_stat_activity shows it
    std::int64_t began_ = 0, backend_ = 0;  // microseconds; tells two apart that began together
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::jthread watcher_;  // last: it uses all above
};

}  // namespace otokui::search
