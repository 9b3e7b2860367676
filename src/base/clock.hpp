#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace otokui {

/// A point in time as stored everywhere: whole milliseconds since 1970-01-01T00:00:00Z.
struct Moment {
    std::int64_t milliseconds = 0;
    auto operator<=>(const Moment&) const = default;
    friend Moment operator+(Moment moment, std::chrono::milliseconds span) {
        return {moment.milliseconds + span.count()};
    }
    friend std::chrono::milliseconds operator-(Moment later, Moment earlier) {
        return std::chrono::milliseconds(later.milliseconds - earlier.milliseconds);
    }
};

/// Time comes in as an argument, so that tests can move it.
using Clock = std::function<Moment()>;
Moment system_now();

/// A day of the shop's calendar, without a zone. Ordered; always an existing day when made by the functions
/// below.
using Day = std::chrono::year_month_day;

/// The shop's zone. Japan has had no summer time since 1951, and no stored moment is older, so a fixed offset
/// is exact.
inline constexpr std::chrono::hours kShopOffset{9};

Day shop_day(Moment moment);
/// The first moment of the shop's day.
Moment start_of(Day day);
Day add_days(Day day, int count);
/// A missing day of month becomes the month's end (31 January + 1 month = 28 or 29 February).
Day add_months(Day day, int count);

std::string format_day(Day day);                            // "2026-11-22"
std::optional<Day> parse_day(std::string_view text);        // only "YYYY-MM-DD", existing days, years 1..9999
std::string format_moment(Moment moment);                   // RFC 3339 with the shop's offset, milliseconds
std::optional<Moment> parse_moment(std::string_view text);  // any RFC 3339 offset

/// As people write them in Japan, for files: "2026/11/22" of a day as it is stored, "2026/11/22 10:00:00" in
/// the shop's zone. What is no "YYYY-MM-DD" stays as it is.
std::string written_day(std::string_view day);
std::string written_moment(Moment moment);

}  // namespace otokui
