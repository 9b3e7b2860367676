#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/types.hpp"
#include "core/journal.hpp"

// Who takes unusually much along (SECURITY P3): 5 times what the person usually takes out of the shop on a
// day.
//
// What counts is what leaves: rows of files fetched (the same file once a day) and persons disclosed, not
// pages looked at. Usual is the median of the days on which the person took anything out, of the 90 before
// today, so that one large day does not make the next one usual; at least 200 rows, so that neither a small
// shop nor somebody's first small file raises an alert. A first file of 1,000 rows does. The shell is not
// judged: whoever runs commands has the database itself.
namespace otokui::access {

inline constexpr std::int64_t kUnusualTimes = 5;
inline constexpr int kUsualDays = 90;
inline constexpr std::int64_t kLeastUsual = 200;

/// Whether readings of this kind take data out of the shop.
bool takes_out(std::string_view kind);

/// Rows by day before today to what is usual on a day; pure.
std::int64_t usual_of(std::span<const std::int64_t> days);

/// An alert: one a person and day.
struct Unusual {
    std::int64_t id = 0;
    StaffId staff;
    std::string actor;  // the person's name, or with which token
    Day day;
    Moment at;                      // when it became unusual
    std::int64_t entry = 0;         // the reading with which it did
    std::int64_t taken = 0;         // rows of that day, as it stands now
    std::int64_t usual = 0;         // what was usual then
    std::int64_t earlier_days = 0;  // days it was made of; 0: the first export, or the first for long
    std::optional<Moment> seen_at = {};
    std::string seen_by = {};
    std::string ip = {};  // of that reading; only in what OnUnusual is told
};

/// Told in the transaction of the reading that made it unusual, once a person and day.
using OnUnusual = std::function<void(core::Writer&, const Unusual&)>;

/// Judges the day of whoever just took something out by `reading`, whose entry has been written.
void judge(core::Writer& writer, const Reading& reading, const OnUnusual& tell);

/// Newest first, below the id; `unseen`: what nobody has taken note of yet.
enum class Alerts { all, unseen };
std::vector<Unusual> list_unusual(storage::Transaction& tx, Alerts which, std::int64_t below, int limit);
std::optional<Unusual> find_unusual(storage::Transaction& tx, std::int64_t id);
/// Notes who has taken note of it, unless somebody has before.
void mark_seen(core::Writer& writer, std::int64_t id, const core::Actor& actor);
/// The alerts that these entries raised, by entry.
std::map<std::int64_t, Unusual> unusual_of(storage::Transaction& tx, std::span<const std::int64_t> entries);
/// Deletes some that are older; false when there is nothing left to do.
bool remove_unusual(core::Writer& writer, Moment before);

void register_unusual_table(core::Registry& registry);

}  // namespace otokui::access
