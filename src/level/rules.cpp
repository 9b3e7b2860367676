#include "level/rules.hpp"

#include <algorithm>

namespace otokui::level {
namespace {

// Going by `step` days.
std::optional<Day> first_due(const Schedule& schedule, Day from, int step) {
    constexpr int kYear = 366;
    if (schedule.every == Schedule::Every::never) return std::nullopt;
    for (int days = 0; days <= kYear; ++days)
        if (const auto day = add_days(from, days * step); is_due(schedule, day)) return day;
    return std::nullopt;
}

}  // namespace

Period period_of(const Level& level, Day judged) {
    Period period{.from = {}, .before = start_of(judged)};
    if (level.look_back_months)
        period.from = start_of(add_months(judged, -static_cast<int>(*level.look_back_months)));
    return period;
}

std::vector<Need> needs_of(const Level& level, const Figures& figures) {
    std::vector<Need> needs;
    if (level.minimum_total) needs.push_back({Need::What::total, *level.minimum_total, figures.total});
    if (level.minimum_count) needs.push_back({Need::What::count, *level.minimum_count, figures.count});
    return needs;
}

bool is_fulfilled(const Level& level, const Figures& figures) {
    const auto needs = needs_of(level, figures);
    const auto is_met = [](const Need& need) { return need.missing() == 0; };
    return needs.empty() ||
           (level.any ? std::ranges::any_of(needs, is_met) : std::ranges::all_of(needs, is_met));
}

void sort_by_rank(std::vector<Level>& levels) {
    std::ranges::sort(levels, {}, [](const Level& level) { return std::pair(level.position, level.id); });
}

std::optional<std::size_t> judge(const std::vector<Level>& levels, const std::vector<Figures>& figures,
                                 std::optional<std::int64_t> held, Downgrade downgrade) {
    std::optional<std::size_t> highest, holds;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (is_fulfilled(levels[i], figures[i])) highest = i;
        if (held == levels[i].id) holds = i;
    }
    const bool falls = holds && (!highest || *highest < *holds);
    return falls && downgrade == Downgrade::never ? holds : highest;
}

std::optional<std::size_t> next_above(const std::vector<Level>& levels, std::optional<std::size_t> judged) {
    const auto next = judged ? *judged + 1 : 0;
    return next < levels.size() ? std::optional(next) : std::nullopt;
}

bool is_due(const Schedule& schedule, Day day) {
    using Every = Schedule::Every;
    if (schedule.every == Every::never) return false;
    if (schedule.every == Every::day) return true;
    const auto last =
        std::chrono::year_month_day_last(day.year(), std::chrono::month_day_last(day.month())).day();
    const auto wanted = std::min(std::chrono::day(static_cast<unsigned>(schedule.day)), last);
    if (day.day() != wanted) return false;
    const int months = schedule.every == Every::month       ? 1
                       : schedule.every == Every::quarter   ? 3
                       : schedule.every == Every::half_year ? 6
                                                            : 12;
    const int apart = static_cast<int>(unsigned(day.month())) - schedule.month;
    return apart % months == 0;
}

std::optional<Day> next_due(const Schedule& schedule, Day from) { return first_due(schedule, from, 1); }

std::optional<Day> last_due(const Schedule& schedule, Day until) { return first_due(schedule, until, -1); }

}  // namespace otokui::level
