#include "base/period.hpp"

namespace otokui {
namespace {

constexpr std::size_t kYearLength = 4, kMonthLength = 7;

}  // namespace

Period month_of(Day day) {
    const std::chrono::year_month_day_last last(day.year(), std::chrono::month_day_last(day.month()));
    return {Day(day.year(), day.month(), std::chrono::day(1)), Day(last)};
}

Period year_of(Day day) {
    const auto january = Day(day.year(), std::chrono::January, std::chrono::day(1));
    return {january, Day(day.year(), std::chrono::December, std::chrono::day(31))};
}

std::string format_period(const Period& period) {
    auto text = format_day(period.first);
    if (period == year_of(period.first)) text.resize(kYearLength);
    if (period == month_of(period.first)) text.resize(kMonthLength);
    return text;
}

std::optional<Period> parse_period(std::string_view text) {
    const bool is_year = text.size() == kYearLength, is_month = text.size() == kMonthLength;
    const auto day = parse_day(std::string(text) + (is_year ? "-01-01" : is_month ? "-01" : ""));
    if (!day) return std::nullopt;
    if (is_year) return year_of(*day);
    if (is_month) return month_of(*day);
    return Period{*day, *day};
}

}  // namespace otokui
