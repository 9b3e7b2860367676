#pragma once

#include <span>

#include "quote/types.hpp"

namespace otokui::quote {

/// What a customer with these terms pays and earns. Pure.
///
/// Per piece the ordinary discount of the product is taken off; or, when the special member type has a
/// discount other than 0, that one instead (DOMAIN 2.5). Off the sum the discount of the level (DOMAIN 2.3).
/// Whoever pays is never charged a fraction: prices are rounded down. Points are floor(total x rate x
/// multiplier) (DOMAIN 2.4, 2.8).
///
/// Example: 2 pieces of 1,980 yen with an ordinary discount of 10 %, level discount 5 %, rate 1.5 %,
/// multiplier 2: a piece is 1,782, the sum 3,564, off it 179, the total 3,385, points 101.
///
/// `payment_method`: empty when none is chosen yet. A barred one is refused unless every line is of an
/// excepted product (利用不可決済除外設定). Of several block reasons the hardest counts. Lines must be within
/// the limits of types.hpp; then nothing overflows.
Quote quote(const Terms& terms, std::span<const Line> lines, const std::string& payment_method);

/// The rate that counts (DOMAIN 2.4): the highest of the customer's groups, those of 0 left out; the shop's
/// `base_rate` when none is left.
std::int64_t point_rate(std::int64_t base_rate, std::span<const std::int64_t> group_rates);

}  // namespace otokui::quote
