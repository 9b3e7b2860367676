#include "level/rules.hpp"

#include <algorithm>

namespace otokui::level {

Period period_of(const Level& level, Day judged) {
    Period period{.from = {}, .before = start_of(judged)};
    if (level.look_back_months)
        period.from = start_of(add_months(judged, -static_cast<int>(*level.look_back_months)));
    return period;
}

bool is_fulfilled(const Level& level, const Figures& figures) {
    const bool enough_spent = level.minimum_total && figures.total >= *level.minimum_total;
    const bool enough_orders = level.minimum_count && figures.count >= *level.minimum_count;
    if (!level.minimum_total && !level.minimum_count) return true;
    if (level.any) return enough_spent || enough_orders;
    return (!level.minimum_total || enough_spent) && (!level.minimum_count || enough_orders);
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

std::optional<Day> next_due(const Schedule& schedule, Day from) {
    constexpr int kYear = 366;
    if (schedule.every == Schedule::Every::never) return std::nullopt;
    for (int ahead = 0; ahead <= kYear; ++ahead)
        if (const auto day = add_days(from, ahead); is_due(schedule, day)) return day;
    return std::nullopt;
}

}  // namespace otokui::level
