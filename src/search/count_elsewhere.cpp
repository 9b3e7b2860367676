#include "search/count_elsewhere.hpp"

#include <chrono>

namespace otokui::search {
namespace {

// Most counts have ended by then, and nobody looked.
constexpr std::chrono::milliseconds kBetweenLooks{100};
constexpr std::chrono::milliseconds kLongestLook{2'000};

}  // namespace

void CountElsewhere::begin(storage::Transaction& tx) {
    if (tx.engine() != storage::Engine::postgres) return;
    // Of this shop: another may lie in another schema of the database. 32 of the 63 bytes a name may have.
    name_ = tx.find_text(
                  "SELECT set_config('application_name', "
                  "'otokui count ' || md5(current_schema() || ' ' || ?), true)",
                  {session_})
                .value();
    tx.query("SELECT (extract(epoch FROM now()) * 1000000)::bigint, pg_backend_pid()::bigint", {},
             [&](const storage::Row& row) {
                 began_ = row.integer(0);
                 backend_ = row.integer(1);
             });
    watcher_ = std::jthread([this](const std::stop_token& ended) { watch(ended); });
    tx.find_integer("SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(?, 0))) AS locked",
                    {name_});
}

void CountElsewhere::watch(const std::stop_token& ended) {
    std::unique_lock lock(mutex_);
    while (!ended.stop_requested()) {
        changed_.wait_for(lock, ended, kBetweenLooks, [] { return false; });  // until the count ends
        if (ended.stop_requested() || !is_overtaken(ended)) continue;
        stop_.request_stop();
        return;
    }
}

// A look that fails says nothing: the next one may.
bool CountElsewhere::is_overtaken(const std::stop_token& ended) {
    try {
        return database_.read(
            [&](storage::Transaction& tx) {
                return tx
                    .find_integer(
                        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND "
                        "application_name = ? AND ((extract(epoch FROM xact_start) * 1000000)::bigint, "
                        "pid::bigint) > (?, ?) LIMIT 1",
                        {name_, began_, backend_})
                    .has_value();
            },
            {.time = kLongestLook, .stop = ended});
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace otokui::search
