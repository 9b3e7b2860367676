#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace otokui::text {

/// Either a day that exists or the stable code of what is wrong; never both.
struct ParsedDay {
    std::optional<Day> day;
    std::string_view code = {};
};

/// A day as people and files write it, in full or half width, with or without leading zeros:
///     1970/1/2  1970-01-02  1970.1.2  1970年1月2日  19700102  1970/01/02（金）  1970-01-02 00:00:00
///     S45.1.2  s45/1/2  S450102  昭和45年1月2日  昭45.1.2  平成元年1月8日  昭和四十五年一月二日 ㍼45年1月2日
/// Codes: `not_a_date`; `month_and_day_required` (平成元年, R1, 1970, 1970/1); `no_such_day` (1970/2/30);
/// `outside_era` (昭和64年1月8日, which was in 平成元年); `out_of_range` (明治 before 6, when Japan took the
/// Gregorian calendar; year 0). Years of two digits without an era are not guessed.
ParsedDay parse_written_day(std::string_view text);

/// parse_written_day, and `in_the_future` after `today`, `not_before_today` on it (DOMAIN 2.1),
/// `out_of_range` before 1873-01-01.
ParsedDay parse_birth_date(std::string_view text, Day today);

std::string format_slashed(Day day);  // "1970/01/02"

/// "昭和45年", "平成元年"; empty before 1873-01-01.
std::string format_japanese_year(Day day);

/// "昭和45年1月2日"; empty before 1873-01-01.
std::string format_japanese_day(Day day);

/// Full years on `today`; someone born on 29 February turns older on 1 March of other years. Negative before
/// birth.
int age_on(Day birth_date, Day today);

}  // namespace otokui::text
