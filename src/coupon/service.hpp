#pragma once

#include <boost/json/array.hpp>

#include "base/json.hpp"
#include "core/actor.hpp"
#include "coupon/types.hpp"

// クーポン: the master, who was granted which, and in which orders they were used. Whoever may see customers
// sees them; every change takes coupon.edit.
namespace otokui::coupon {

struct Page {
    json::Array items = {};
    std::string next_cursor = {};  // empty at the end
};

/// Newest first. `text`: in the name in any writing, or how the code begins. Refused invalid cursor.invalid.
Page list(const Context& context, const core::Actor& actor, const std::string& text,
          std::optional<bool> enabled, const std::string& cursor, int limit);
/// Refused not_found coupon.not_found.
json::Object get(const Context& context, const core::Actor& actor, CouponId id);

struct Written {
    json::Object coupon;
    OperationId operation = {};  // 0 when nothing really changed
};
/// `{name, code, discount, value?, valid_from?, valid_to?, uses_per_customer?, minimum_amount?, products?,
/// customer_limited?, enabled?}`. Refused invalid coupon.invalid with every field error; conflict
/// coupon.code_taken.
Written create(const Context& context, const core::Actor& actor, const json::Value& body);
/// Only what the body names. Refused as create, stale coupon.stale, conflict coupon.code_in_use once it was
/// used.
Written update(const Context& context, const core::Actor& actor, CouponId id,
               std::optional<std::int64_t> version, const json::Value& body);
/// Refused conflict coupon.in_use once it was granted or used: then it can only be switched off.
OperationId remove(const Context& context, const core::Actor& actor, CouponId id,
                   std::optional<std::int64_t> version);

/// A customer's grants and uses, newest first; `kind`: "grant", "use" or "" for both in one stream. Refused
/// not_found customer.not_found; invalid query.invalid, cursor.invalid.
Page list_of_customer(const Context& context, const core::Actor& actor, CustomerId customer,
                      std::string_view kind, const std::string& cursor, int limit);

}  // namespace otokui::coupon
