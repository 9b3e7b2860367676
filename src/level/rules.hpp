#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"

// How members are ranked (DOMAIN 2.3). No I/O, no clock.
namespace otokui::level {

/// A rank and what it takes. Orders count that are 売上完了; a minimum that is absent asks for nothing, and a
/// level without minimums is everybody's.
struct Level {
    std::int64_t id = 0;
    std::string name = {};
    std::int64_t position = 0;  // the higher, the higher the rank; of equals the later one
    std::optional<std::int64_t> minimum_total = {};     // yen
    std::optional<std::int64_t> minimum_count = {};     // orders
    bool any = false;                                   // one of two minimums is enough; else both
    std::optional<std::int64_t> look_back_months = {};  // absent: all time
};

/// What somebody bought in the period of a level.
struct Figures {
    std::int64_t total = 0;  // yen
    std::int64_t count = 0;  // orders
    bool operator==(const Figures&) const = default;
};

/// [from, before): the complete days before the day of judging, back to the same day `look_back_months`
/// earlier. So it does not matter at what hour of the day somebody judges.
struct Period {
    std::optional<Moment> from;
    Moment before;
};
Period period_of(const Level& level, Day judged);

bool is_fulfilled(const Level& level, const Figures& figures);

/// From the lowest to the highest.
void sort_by_rank(std::vector<Level>& levels);

enum class Downgrade { allowed, never };

/// Position in `levels` (sorted by rank) of the level that somebody who holds `held` (an id; nothing: none)
/// gets: the highest one fulfilled, none when none is. With Downgrade::never nobody falls below what he
/// holds. `figures`: of the period of each level.
std::optional<std::size_t> judge(const std::vector<Level>& levels, const std::vector<Figures>& figures,
                                 std::optional<std::int64_t> held, Downgrade downgrade);

/// Position of the level above what judge() gave: what somebody reaches next. Nothing at the top.
std::optional<std::size_t> next_above(const std::vector<Level>& levels, std::optional<std::size_t> judged);

/// One minimum of a level beside what somebody has of it.
struct Need {
    enum class What { total, count };
    What what;
    std::int64_t asked = 0, has = 0;
    std::int64_t missing() const { return std::max<std::int64_t>(0, asked - has); }
    bool operator==(const Need&) const = default;
};
/// What a level asks for, in the order of its minimums; nothing where it is everybody's. It is fulfilled when
/// nothing is missing of all of them, or of one with Level::any.
std::vector<Need> needs_of(const Level& level, const Figures& figures);

/// When levels are judged by themselves.
struct Schedule {
    enum class Every { never, day, month, quarter, half_year, year };
    Every every = Every::never;
    int day = 1;    // 1..31; in a shorter month its last day
    int month = 1;  // quarter, half_year, year: one of the months, 1..12
};
bool is_due(const Schedule& schedule, Day day);
/// The first day on or after `from` that is due; nothing when there is none.
std::optional<Day> next_due(const Schedule& schedule, Day from);
/// The last day on or before `until` that is due: at most one period back. Nothing when there is none.
std::optional<Day> last_due(const Schedule& schedule, Day until);

}  // namespace otokui::level
