#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/text_pair.hpp"
#include "core/catalogue.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"

namespace otokui::coupon {

using CouponId = Id<struct CouponTag>;
using GrantId = Id<struct CouponGrantTag>;
using UseId = Id<struct CouponUseTag>;

inline constexpr std::string_view kTable = "coupon", kGrantTable = "coupon_grant", kUseTable = "coupon_use";
/// The part of the product that a shop can switch off, and the right for all that changes something.
inline constexpr std::string_view kFeature = "coupons", kRight = "coupon.edit";
inline constexpr std::size_t kMaxName = 100, kMaxCode = 40, kMaxOrderNumber = 100;  // characters
inline constexpr std::size_t kMaxProducts = 200, kMaxProduct = 100;                 // products, characters
inline constexpr std::int64_t kMaxYen = 99'999'999, kMaxTimes = 9'999;
inline constexpr std::size_t kMostGrantedAtOnce = 1'000;  // customers

/// What the services stand on; owned by the application.
struct Context {
    core::Journal& journal;
    const core::Catalogue& catalogue;
    core::Jobs& jobs;
};

/// 割引内容 (DOMAIN 2.9).
enum class Discount {
    amount,            // 金額指定: `value` yen
    percent_total,     // パーセント割引（合計金額）: `value` % of the order
    percent_products,  // パーセント割引（対象商品金額）: `value` % of the products named
    free_shipping,     // 送料無料
    free_product       // 商品無料: one of the products named
};
std::string_view name_of(Discount discount);
std::optional<Discount> find_discount(std::string_view name);
const std::vector<core::Choice>& discounts();

/// ステータス, computed for a day of the shop.
enum class Status {
    unissued,  // 未発行: its first day has not come, or it is for granted customers and nobody has it
    issued,    // 発行
    ended      // 終了: its last day is over
};
std::string_view name_of(Status status);

struct Coupon {
    CouponId id = {};
    std::string name = {};  // internal: buyers do not see it
    std::string code = {};  // what buyers type; NFKC, capital letters
    Discount discount = Discount::amount;
    std::int64_t value = 0;
    std::optional<Day> valid_from = {}, valid_to = {};   // days of the shop, both included
    std::optional<std::int64_t> uses_per_customer = {};  // none: any number of times
    std::int64_t minimum_amount = 0;                     // yen of the order; 0: none
    std::vector<std::string> products = {};              // sorted numbers; empty: any
    bool customer_limited = false;                       // 顧客限定: only who was granted it
    bool enabled = true;
    std::int64_t granted = 0, used = 0;  // grants that stand, uses not cancelled
    Moment created_at = {}, updated_at = {};
    std::int64_t version = 1;
};

/// A customer's right to use a customer-limited coupon.
struct Grant {
    GrantId id = {};
    CouponId coupon = {};
    CustomerId customer = {};
    std::optional<Day> usable_from = {}, usable_to = {};  // within the coupon's own days
    std::optional<std::int64_t> times = {};               // none: as the coupon says
    std::int64_t used = 0;                                // not cancelled
    bool is_revoked = false;
    std::int64_t version = 1;
};

/// What the shop tells of a use about to happen.
struct Attempt {
    CustomerId customer;
    std::string order_number;
    std::int64_t amount = 0;                                // yen taken off
    std::optional<std::int64_t> order_total = {};           // yen; asked for where the coupon has a minimum
    std::optional<std::vector<std::string>> products = {};  // numbers in the order, when the shop says
    std::optional<Moment> at = {};                          // when, if not now
};

}  // namespace otokui::coupon
