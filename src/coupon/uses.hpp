#pragma once

#include "coupon/service.hpp"

// Uses of coupons in orders, as the shop tells them.
namespace otokui::coupon {

struct Used {
    json::Object use;
    bool is_new = true;          // false: this very use was told before
    OperationId operation = {};  // 0 then
};

/// `{customer, order_number, amount, order_total?, products?, at?}`: one use per order. Told again with the
/// same customer and amount it is the same use. Refused invalid coupon_use.invalid; not_found
/// coupon.not_found, customer.not_found; conflict as rules.hpp says, coupon.already_used, customer.deleted,
/// coupon.customer_withdrawn. Where the coupon has a minimum the order's total is taken from the body, else
/// from the order of that number.
Used use(const Context& context, const core::Actor& actor, CouponId coupon, const json::Value& body);

/// キャンセル: the use counts no longer; the order stays as it is. Refused not_found coupon_use.not_found;
/// conflict coupon_use.cancelled.
Used cancel(const Context& context, const core::Actor& actor, UseId use);

}  // namespace otokui::coupon
