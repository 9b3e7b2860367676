#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/period.hpp"

// Purchases over time: into which months or years of the shop's calendar they are put. No I/O, no clock.
namespace otokui::order {

enum class Step { month, year };
std::string_view name_of(Step step);
std::optional<Step> find_step(std::string_view name);

inline constexpr int kMonthsShown = 24, kMostYearsShown = 60;

/// The months up to the one of `today`, or the years from the first purchase to the last or today, whichever
/// is later: without a gap, the oldest first.
std::vector<Period> periods_of(Step step, const Period& purchased, Day today);

/// Whether nothing was bought outside of them.
bool are_whole(const std::vector<Period>& periods, const Period& purchased);

/// Months as long as they show everything.
Step step_for(const Period& purchased, Day today);

}  // namespace otokui::order
