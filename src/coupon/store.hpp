#pragma once

#include "base/json.hpp"
#include "coupon/types.hpp"

// SQL of the coupons: what is read. Writes go through the Writer in the services.
namespace otokui::coupon::store {

[[noreturn]] void refuse_not_found();
/// conflict coupon.limit_reached.
[[noreturn]] void refuse_limit();

std::string format_day_or_empty(const std::optional<Day>& day);
std::string format_products(const std::vector<std::string>& products);

/// Refused not_found coupon.not_found.
Coupon get(storage::Transaction& tx, CouponId id);
/// Newest first, with ids below `before`. `text`: in the name in any writing, or the code begins with it; ""
/// for all.
std::vector<Coupon> list(storage::Transaction& tx, const std::string& text, std::optional<bool> enabled,
                         std::int64_t before, std::int64_t most);

/// The grant that stands.
std::optional<Grant> find_grant(storage::Transaction& tx, CouponId coupon, CustomerId customer);
std::int64_t count_uses(storage::Transaction& tx, CouponId coupon, CustomerId customer);
/// Grants and uses of whatever state, by anybody.
bool has_grants_or_uses(storage::Transaction& tx, CouponId coupon);
bool has_uses(storage::Transaction& tx, CouponId coupon);

/// A customer's coupons, newest first: grants, uses, or both in one stream. As JSON, since they are only
/// shown.
enum class Shown { both, grants, uses };
struct Place {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    int kind = 2;  // 0 a grant, 1 a use
    std::int64_t id = 0;
};
struct Entry {
    Place place;
    json::Object json;
};
std::vector<Entry> history(storage::Transaction& tx, CustomerId customer, Shown shown, const Place& before,
                           Day today, std::int64_t most);
/// One of them.
json::Object get_entry(storage::Transaction& tx, std::string_view table, std::int64_t id, Day today);

std::vector<core::TimelineItem> timeline(storage::Transaction& tx, CustomerId customer,
                                         std::optional<core::TimelinePlace> before, std::size_t most);

}  // namespace otokui::coupon::store
