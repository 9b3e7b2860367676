#pragma once

#include "base/problem.hpp"
#include "coupon/types.hpp"

// No I/O, no clock.
namespace otokui::coupon {

/// A code as it is kept and compared: NFKC, no white space around it, Latin letters as capitals, others
/// small.
std::string code_form(std::string_view typed);

/// Everything wrong with the whole of a coupon, by field.
std::vector<FieldError> check(const Coupon& coupon);

Status status_of(const Coupon& coupon, Day today);

/// What is known about a customer and a coupon when he is about to use it.
struct Situation {
    const Coupon& coupon;
    const Grant* grant = nullptr;       // the one that stands; null: none
    std::int64_t used_by_customer = 0;  // times not cancelled, under any grant
    Day day;                            // the shop's day of the use
};
/// Why he may not: a Problem of kind conflict with code coupon.disabled, not_valid_yet, expired, not_granted,
/// limit_reached, minimum_not_reached or wrong_products. Nothing when he may.
std::optional<Problem> why_refused(const Situation& situation, const Attempt& attempt);

/// The refusal coupon.limit_reached.
Problem limit_reached();

/// How often a grant may still be used: by its own number, else by what the coupon allows a customer; nothing
/// for any number of times. Never negative.
std::optional<std::int64_t> times_left(const Coupon& coupon, const Grant* grant,
                                       std::int64_t used_by_customer);

}  // namespace otokui::coupon
