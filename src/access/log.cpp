#include "access/log.hpp"

#include <map>
#include <tuple>

#include "access/id_list.hpp"
#include "access/store.hpp"
#include "base/crypto.hpp"
#include "base/problem.hpp"

namespace otokui::access {
namespace {

// Pages of one search follow each other within minutes: what was asked is stored once for them.
constexpr std::chrono::hours kSearchKnown{1};
constexpr std::size_t kMostSearchesKnown = 500;

// Readings of one session at one customer that make one entry.
using Visit = std::tuple<std::int64_t, std::string_view, std::string_view>;

Visit visit_of(const Reading& reading) { return {reading.customer.value, reading.session, reading.kind}; }

}  // namespace

void Log::write(const Reading& reading) {
    try {
        if (core::Journal::is_together())
            write_now({&reading});
        else
            write_in_group(reading);
    } catch (const storage::WritesStopped&) {
        throw;  // there is nothing to try again
    } catch (const std::exception&) {
        // In a larger transaction the database decides whether that runs again.
        if (core::Journal::is_together()) throw;
        throw Refused({ProblemKind::unavailable,
                       "access_log.unwritten",
                       {"閲覧記録を書き込めないため、表示できません。少し待ってからもう一度お試しください。",
                        "The log of readings cannot be written, so nothing is shown. Try again in a moment."},
                       {},
                       {},
                       1});
    }
}

void Log::write_in_group(const Reading& reading) {
    std::unique_lock lock(mutex_);
    if (next_ == nullptr || next_->readings.size() == kLargestGroup) next_ = std::make_shared<Group>();
    const auto group = next_;
    group->readings.push_back(&reading);
    if (group->readings.size() > 1) {
        changed_.wait(lock, [&] { return group->ended; });
    } else {
        changed_.wait(lock, [&] { return !writing_; });
        writing_ = true;
        if (next_ == group) next_ = nullptr;
        lock.unlock();
        try {
            write_now(group->readings);
        } catch (...) {
            group->failure = std::current_exception();
        }
        lock.lock();
        writing_ = false;
        group->ended = true;
        changed_.notify_all();
    }
    if (group->failure) std::rethrow_exception(group->failure);
}

void Log::write_now(const std::vector<const Reading*>& readings) {
    std::unordered_map<std::string, Stored> fresh;
    journal_.housekeeping([&](core::Writer& writer) {
        fresh.clear();
        std::map<Visit, std::size_t> visits;  // positions in `entries`
        std::map<std::int64_t, Again> again;  // entries of this visit that are there already
        std::vector<NewEntry> entries;
        const auto visits_since = writer.now() + -std::chrono::milliseconds(kSameVisit);
        const auto lowest = store::first_since(writer.tx(), visits_since);
        for (const auto* reading : readings) {
            // What was asked for is told of each by itself.
            if (reading->customer && reading->asked.empty()) {
                if (const auto found = visits.find(visit_of(*reading)); found != visits.end()) {
                    ++entries[found->second].times;
                    entries[found->second].fields |= reading->fields;
                    continue;
                }
                if (const auto entry = store::find_visit(writer.tx(), *reading, visits_since, lowest)) {
                    again[*entry].times += 1;
                    again[*entry].fields |= reading->fields;
                    continue;
                }
                visits.emplace(visit_of(*reading), entries.size());
            }
            const auto search = reading->asked.empty() ? 0 : search_of(writer, reading->asked, fresh);
            entries.push_back({reading, 1, reading->fields, search});
        }
        store::count_again(writer, again);
        store::insert(writer, entries);
        for (const auto* reading : readings) judge(writer, *reading, on_unusual_);
    });
    // What was rolled back must not be referred to, and whether a larger transaction commits is not known.
    if (!core::Journal::is_together()) remember(std::move(fresh));
}

std::int64_t Log::search_of(core::Writer& writer, const std::string& asked,
                            std::unordered_map<std::string, Stored>& fresh) {
    const auto digest = crypto::base64url(crypto::digest(asked));  // it may be large
    {
        const std::lock_guard lock(searches_mutex_);
        const auto known = searches_.find(digest);
        if (known != searches_.end() && known->second.at + kSearchKnown > writer.now())
            return known->second.id;
    }
    if (const auto found = fresh.find(digest); found != fresh.end()) return found->second.id;
    const auto id = store::insert_search(writer, keys_.seal(asked, store::kSealContext));
    fresh.emplace(digest, Stored{id, writer.now()});
    return id;
}

std::int64_t Log::forget_searches(const std::function<bool(std::string_view)>& quotes) {
    constexpr std::int64_t kStretch = 200;
    const std::string nothing = "null";
    std::int64_t forgotten = 0;
    for (std::int64_t above = 0;;) {
        std::vector<std::int64_t> quoting;
        const auto last = journal_.database().read([&](storage::Transaction& tx) {
            quoting.clear();
            return store::each_search(tx, above, kStretch, [&](std::int64_t id, const storage::Blob& sealed) {
                if (quotes(keys_.open_text(sealed, store::kSealContext))) quoting.push_back(id);
            });
        });
        if (last == above) break;
        above = last;
        if (quoting.empty()) continue;
        journal_.housekeeping([&](core::Writer& writer) {
            for (const auto id : quoting)
                store::replace_search(writer, id, keys_.seal(nothing, store::kSealContext));
        });
        forgotten += std::ssize(quoting);
    }
    // Who asks the same again gets a search of his own.
    const std::lock_guard lock(searches_mutex_);
    searches_.clear();
    return forgotten;
}

void Log::remember(std::unordered_map<std::string, Stored> fresh) {
    if (fresh.empty()) return;
    const std::lock_guard lock(searches_mutex_);
    if (searches_.size() + fresh.size() > kMostSearchesKnown) searches_.clear();
    for (const auto& [digest, stored] : fresh) searches_.insert_or_assign(digest, stored);
}

}  // namespace otokui::access
