#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "access/types.hpp"
#include "access/unusual.hpp"
#include "base/key_ring.hpp"
#include "core/journal.hpp"

namespace otokui::access {

/// The log of readings (閲覧記録): no entry, no data. Whoever shows data of customers calls `write` first and
/// shows nothing when it throws. Thread-safe.
///
/// Entries are committed in groups, and the callers do it themselves: the first who comes while nobody writes
/// writes at once; who comes meanwhile waits, and all who wait are the next group. So a lone reader waits for
/// one commit, and a busy server pays one commit for many readers, without a thread or a timer.
class Log {
public:
    static constexpr std::size_t kLargestGroup = 200;
    /// The same customer opened again in one session within this time is one entry with a count.
    static constexpr std::chrono::seconds kSameVisit{60};

    /// `on_unusual` is told of who takes unusually much along (unusual.hpp).
    Log(core::Journal& journal, const crypto::KeyRing& keys, OnUnusual on_unusual = {})
        : journal_(journal), keys_(keys), on_unusual_(std::move(on_unusual)) {}

    /// Returns after the commit; inside Journal::together the entry belongs to that transaction. Refused
    /// unavailable access_log.unwritten when it could not be written.
    void write(const Reading& reading);

    /// Empties what was asked wherever `quotes` is true of its JSON: the entries stay, and what led to them
    /// is null. Tells how often. Reads every search that is kept.
    std::int64_t forget_searches(const std::function<bool(std::string_view)>& quotes);

private:
    struct Group {
        std::vector<const Reading*> readings;  // of callers that wait for `ended`
        bool ended = false;
        std::exception_ptr failure;
    };
    struct Stored {  // a search written not long ago
        std::int64_t id;
        Moment at;
    };
    void write_in_group(const Reading& reading);
    void write_now(const std::vector<const Reading*>& readings);
    std::int64_t search_of(core::Writer& writer, const std::string& asked,
                           std::unordered_map<std::string, Stored>& fresh);
    void remember(std::unordered_map<std::string, Stored> fresh);

    core::Journal& journal_;
    const crypto::KeyRing& keys_;
    const OnUnusual on_unusual_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::shared_ptr<Group> next_;
    bool writing_ = false;

    std::mutex searches_mutex_;
    std::unordered_map<std::string, Stored> searches_;  // by the digest of what was asked
};

}  // namespace otokui::access
