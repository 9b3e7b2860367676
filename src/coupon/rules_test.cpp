#include "coupon/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otokui::coupon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Day day(const char* text) { return parse_day(text).value(); }

Coupon good() {
    return {.name = "春の500円引き", .code = "SPRING-500", .discount = Discount::amount, .value = 500};
}

std::vector<std::string> faults(const Coupon& coupon) {
    std::vector<std::string> all;
    for (const auto& error : check(coupon)) all.push_back(error.pointer + " " + error.code);
    return all;
}

TEST(CouponCheck, NamesEveryWrongField) {
    EXPECT_THAT(faults(good()), IsEmpty());
    auto coupon = good();
    coupon.name = "";
    coupon.code = "A B";
    coupon.value = 0;
    coupon.valid_from = day("2026-12-01");
    coupon.valid_to = day("2026-11-30");
    coupon.uses_per_customer = 0;
    coupon.minimum_amount = -1;
    EXPECT_THAT(faults(coupon), ElementsAre("/name required", "/code bad_character", "/value out_of_range",
                                            "/valid_to before_the_first", "/uses_per_customer out_of_range",
                                            "/minimum_amount out_of_range"));
}

TEST(CouponCheck, AsksForWhatTheDiscountNeeds) {
    struct Case {
        Discount discount;
        std::int64_t value;
        std::vector<std::string> products, faults;
    };
    const std::vector<Case> cases{{Discount::percent_total, 100, {}, {}},
                                  {Discount::percent_total, 101, {}, {"/value out_of_range"}},
                                  {Discount::percent_products, 10, {}, {"/products required"}},
                                  {Discount::percent_products, 10, {"TEA-001"}, {}},
                                  {Discount::free_shipping, 0, {}, {}},
                                  {Discount::free_shipping, 5, {}, {"/value out_of_range"}},
                                  {Discount::free_product, 0, {"TEA-001"}, {}},
                                  {Discount::free_product, 0, {""}, {"/products bad_character"}},
                                  {Discount::amount, 100'000'000, {}, {"/value out_of_range"}}};
    for (const auto& one : cases) {
        auto coupon = good();
        coupon.discount = one.discount;
        coupon.value = one.value;
        coupon.products = one.products;
        EXPECT_EQ(faults(coupon), one.faults) << name_of(one.discount) << " " << one.value;
    }
}

TEST(CouponCode, IsOneInAnyWriting) {
    for (const auto* typed : {"spring-500", " Spring-500 ", "ＳＰＲＩＮＧ－５００", "SPRING-500"})
        EXPECT_EQ(code_form(typed), "SPRING-500") << typed;
    EXPECT_EQ(code_form("春セール"), "春セール");
    EXPECT_EQ(code_form(code_form("ｶﾞ10%")), code_form("ガ10%"));
}

TEST(CouponStatus, FollowsItsDays) {
    auto coupon = good();
    coupon.valid_from = day("2026-04-01");
    coupon.valid_to = day("2026-04-30");
    EXPECT_EQ(status_of(coupon, day("2026-03-31")), Status::unissued);
    EXPECT_EQ(status_of(coupon, day("2026-04-01")), Status::issued);
    EXPECT_EQ(status_of(coupon, day("2026-04-30")), Status::issued);
    EXPECT_EQ(status_of(coupon, day("2026-05-01")), Status::ended);
    coupon.customer_limited = true;
    EXPECT_EQ(status_of(coupon, day("2026-04-10")), Status::unissued);
    coupon.granted = 1;
    EXPECT_EQ(status_of(coupon, day("2026-04-10")), Status::issued);
}

struct UseCase {
    const char* name;
    std::function<void(Coupon&, Grant&, Attempt&)> change;
    bool has_grant = false;
    std::int64_t used = 0;
    std::string refused = "";
};
class CouponUse : public testing::TestWithParam<UseCase> {};

TEST_P(CouponUse, IsRefusedForItsReason) {
    auto coupon = good();
    coupon.valid_from = day("2026-04-01");
    coupon.valid_to = day("2026-04-30");
    coupon.uses_per_customer = 2;
    coupon.minimum_amount = 3'000;
    Grant grant;
    Attempt attempt{.customer = {1}, .order_number = "R1", .amount = 500, .order_total = 3'000};
    GetParam().change(coupon, grant, attempt);
    const auto on = attempt.at ? shop_day(*attempt.at) : day("2026-04-10");
    const auto refused =
        why_refused({coupon, GetParam().has_grant ? &grant : nullptr, GetParam().used, on}, attempt);
    EXPECT_EQ(refused ? refused->code : "", GetParam().refused);
}
INSTANTIATE_TEST_SUITE_P(
    Cases, CouponUse,
    testing::Values(
        UseCase{"Good", [](auto&, auto&, auto&) {}},
        UseCase{"SecondTime", [](auto&, auto&, auto&) {}, false, 1},
        UseCase{"ThirdTime", [](auto&, auto&, auto&) {}, false, 2, "coupon.limit_reached"},
        UseCase{"AnyNumberOfTimes", [](Coupon& c, auto&, auto&) { c.uses_per_customer = {}; }, false, 99},
        UseCase{"Off", [](Coupon& c, auto&, auto&) { c.enabled = false; }, false, 0, "coupon.disabled"},
        UseCase{"Early", [](Coupon& c, auto&, auto&) { c.valid_from = day("2026-04-11"); }, false, 0,
                "coupon.not_valid_yet"},
        UseCase{"Late", [](Coupon& c, auto&, auto&) { c.valid_to = day("2026-04-09"); }, false, 0,
                "coupon.expired"},
        UseCase{"LastMomentOfTheLastDay",
                [](auto&, auto&, Attempt& a) { a.at = parse_moment("2026-04-30T23:59:59.999+09:00"); }},
        UseCase{"FirstMomentAfter",
                [](auto&, auto&, Attempt& a) { a.at = parse_moment("2026-05-01T00:00:00+09:00"); }, false, 0,
                "coupon.expired"},
        UseCase{"OneYenShort", [](auto&, auto&, Attempt& a) { a.order_total = 2'999; }, false, 0,
                "coupon.minimum_not_reached"},
        UseCase{"NotGranted", [](Coupon& c, auto&, auto&) { c.customer_limited = true; }, false, 0,
                "coupon.not_granted"},
        UseCase{"Granted", [](Coupon& c, auto&, auto&) { c.customer_limited = true; }, true},
        UseCase{"GrantWithTimesOfItsOwn",
                [](Coupon& c, Grant& g, auto&) {
                    c.customer_limited = true;
                    g.times = 5;
                    g.used = 4;
                },
                true, 4},
        UseCase{"GrantUsedUp",
                [](Coupon& c, Grant& g, auto&) {
                    c.customer_limited = true;
                    g.times = 1;
                    g.used = 1;
                },
                true, 1, "coupon.limit_reached"},
        UseCase{"GrantOver",
                [](Coupon& c, Grant& g, auto&) {
                    c.customer_limited = true;
                    g.usable_to = day("2026-04-09");
                },
                true, 0, "coupon.expired"},
        UseCase{"OtherProducts",
                [](Coupon& c, auto&, Attempt& a) {
                    c.products = {"TEA-001", "TEA-002"};
                    a.products = std::vector<std::string>{"SUP-001"};
                },
                false, 0, "coupon.wrong_products"},
        UseCase{"OneOfTheProducts",
                [](Coupon& c, auto&, Attempt& a) {
                    c.products = {"TEA-001", "TEA-002"};
                    a.products = std::vector<std::string>{"SUP-001", "TEA-002"};
                }}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace otokui::coupon
