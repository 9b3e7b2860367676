#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace otokui {

/// A day, a month or a year of the shop's calendar: both days belong to it.
struct Period {
    Day first, last;
    auto operator<=>(const Period&) const = default;

    Moment begins() const { return start_of(first); }
    /// The first moment after it.
    Moment ends() const { return start_of(add_days(last, 1)); }
};

Period month_of(Day day);
Period year_of(Day day);

/// "2026-11-22", "2026-11", "2026": as short as it is long.
std::string format_period(const Period& period);
/// Only what format_period gives, years 1 to 9999.
std::optional<Period> parse_period(std::string_view text);

}  // namespace otokui
