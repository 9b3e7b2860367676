#pragma once

#include <vector>

#include "base/ids.hpp"
#include "core/catalogue.hpp"

namespace otokui::order {

using OrderId = Id<struct OrderTag>;

/// 決済状況, in the order of an order's life.
const std::vector<core::Choice>& payment_statuses();

/// Yen of an order or a price, either sign; so many of one product. Totals over millions of orders stay
/// within 64 bits.
inline constexpr std::int64_t kMostYen = 999'999'999'999, kMostOfOne = 999'999;

}  // namespace otokui::order
