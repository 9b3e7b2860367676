#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "access/types.hpp"
#include "base/key_ring.hpp"
#include "core/journal.hpp"

namespace otokui::access {

struct NewEntry {
    const Reading* reading = nullptr;
    std::int64_t times = 1;
    int fields = 0;
    std::int64_t search = 0;
};

/// What is added to an entry when the same customer is opened again.
struct Again {
    std::int64_t times = 0;
    int fields = 0;
};

namespace store {

void register_tables(core::Registry& registry);

/// Of every sealed access_search.content.
inline constexpr std::string_view kSealContext = "access_search";
/// Entries whose ids differ only in the lowest bits make a stretch of access_shown.
inline constexpr int kStretchBits = 14;

/// The id of the first entry at or after the moment; of none yet, the greatest number.
std::int64_t first_since(storage::Transaction& tx, Moment moment);
/// What a person took out of the shop by readings of these kinds since the moment, in no order.
struct TakenOut {
    Moment at;
    std::int64_t job = 0;  // whose file it was; 0: no file
    std::int64_t rows = 0;
};
void each_taken_out(storage::Transaction& tx, StaffId staff, std::span<const std::string_view> kinds,
                    Moment since, const std::function<void(const TakenOut&)>& each);
/// The last entry of the person of this kind; 0 when there is none.
std::int64_t latest_of(storage::Transaction& tx, StaffId staff, const std::string& kind);

/// The entry of this customer, session and kind since the moment; ids below `lowest` are older.
std::optional<std::int64_t> find_visit(storage::Transaction& tx, const Reading& reading, Moment since,
                                       std::int64_t lowest);
void count_again(core::Writer& writer, const std::map<std::int64_t, Again>& entries);
void insert(core::Writer& writer, const std::vector<NewEntry>& entries);
std::int64_t insert_search(core::Writer& writer, crypto::Bytes sealed);

/// Entries below `below`, newest first, at most `limit`.
std::vector<Entry> list(storage::Transaction& tx, const Filter& filter, std::int64_t below, int limit);
std::optional<Entry> find(storage::Transaction& tx, std::int64_t id);
std::vector<std::int64_t> page_of(storage::Transaction& tx, std::int64_t id);
std::optional<storage::Blob> find_search(storage::Transaction& tx, std::int64_t id);
/// Up to `most` searches with ids above `above`, ascending; returns the last id, `above` when there was none.
std::int64_t each_search(storage::Transaction& tx, std::int64_t above, std::int64_t most,
                         const std::function<void(std::int64_t id, const storage::Blob& sealed)>& each);
void replace_search(core::Writer& writer, std::int64_t id, crypto::Bytes sealed);
/// Every entry that fits, in no order; `page` are its packed ids.
void for_each(storage::Transaction& tx, const Filter& filter,
              const std::function<void(const Entry&, const storage::Blob& page)>& each);

std::int64_t indexed_up_to(storage::Transaction& tx);
/// Enters the pages of the next entries older than `before` into access_shown; false when there are none.
bool index_next(core::Writer& writer, Moment before, int entries);
/// Deletes some entries, searches or lines of the index older than `before`; false when nothing is left to
/// do.
bool remove_some(core::Writer& writer, Moment before);

}  // namespace store
}  // namespace otokui::access
