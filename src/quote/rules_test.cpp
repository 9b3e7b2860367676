#include "quote/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace otokui::quote {
namespace {

struct QuoteCase {
    const char* name;
    Terms terms;
    std::vector<Line> lines;
    std::int64_t subtotal, level_discount, total, points;
};

void PrintTo(const QuoteCase& one, std::ostream* stream) { *stream << one.name; }

Line line(std::int64_t price, std::int64_t quantity = 1, std::int64_t discount = 0) {
    return {.product_number = "P",
            .product_name = {},
            .unit_price = price,
            .quantity = quantity,
            .discount_percent = discount};
}

class Quotes : public testing::TestWithParam<QuoteCase> {};

TEST_P(Quotes, Features83And127AreAsWorkedOutByHand) {
    const auto& one = GetParam();
    const auto quoted = quote(one.terms, one.lines, "");
    EXPECT_EQ(quoted.subtotal, one.subtotal);
    EXPECT_EQ(quoted.level_discount, one.level_discount);
    EXPECT_EQ(quoted.total, one.total);
    EXPECT_EQ(quoted.points, one.points);
}

INSTANTIATE_TEST_SUITE_P(
    Worked, Quotes,
    testing::Values(
        QuoteCase{"NothingSpecial", {.point_rate = 100}, {line(10'000)}, 10'000, 0, 10'000, 100},
        QuoteCase{"GroupRate", {.point_rate = 300}, {line(10'000)}, 10'000, 0, 10'000, 300},
        QuoteCase{"RateOfHalfPercentRoundsDown", {.point_rate = 50}, {line(399)}, 399, 0, 399, 1},
        QuoteCase{"LevelMultiplies",
                  {.point_rate = 150, .point_multiplier = 200},
                  {line(3'385)},
                  3'385,
                  0,
                  3'385,
                  101},
        QuoteCase{"MultipliedBeforeRounding",
                  {.point_rate = 100, .point_multiplier = 150},
                  {line(99)},
                  99,
                  0,
                  99,
                  1},
        QuoteCase{"MultiplierOfNothing",
                  {.point_rate = 100, .point_multiplier = 0},
                  {line(10'000)},
                  10'000,
                  0,
                  10'000,
                  0},
        QuoteCase{"OrdinaryDiscount", {.point_rate = 100}, {line(1'980, 2, 10)}, 3'564, 0, 3'564, 35},
        QuoteCase{"EachPieceRoundsDown", {.point_rate = 100}, {line(99, 3, 15)}, 252, 0, 252, 2},
        QuoteCase{"SpecialTakesThePlaceOfOrdinary",
                  {.special_discount = 20, .point_rate = 100},
                  {line(1'000, 1, 50)},
                  800,
                  0,
                  800,
                  8},
        QuoteCase{"SpecialOfZeroLeavesOrdinary",
                  {.special_discount = 0, .point_rate = 100},
                  {line(1'000, 1, 50)},
                  500,
                  0,
                  500,
                  5},
        QuoteCase{"SpecialAppliesToEveryLine",
                  {.special_discount = 20, .point_rate = 100},
                  {line(1'000, 1, 50), line(500)},
                  1'200,
                  0,
                  1'200,
                  12},
        QuoteCase{"LevelDiscountOffTheSum",
                  {.level_discount = 5, .point_rate = 150, .point_multiplier = 200},
                  {line(1'980, 2, 10)},
                  3'564,
                  179,
                  3'385,
                  101},
        QuoteCase{"SpecialAndLevel",
                  {.special_discount = 20, .level_discount = 5, .point_rate = 100},
                  {line(1'000)},
                  800,
                  40,
                  760,
                  7},
        QuoteCase{"AllOff", {.special_discount = 100, .point_rate = 100}, {line(1'000, 3)}, 0, 0, 0, 0},
        QuoteCase{"NothingBought", {.point_rate = 100}, {}, 0, 0, 0, 0},
        QuoteCase{"TheMostThereCanBe",
                  {.point_rate = 10'000, .point_multiplier = 10'000},
                  std::vector<Line>(kMostLines, line(kMostYen, kMostPieces)),
                  2'000'000'000'000'000,
                  0,
                  2'000'000'000'000'000,
                  200'000'000'000'000'000}),
    [](const auto& info) { return info.param.name; });

TEST(QuotedLines, SayWhichDiscountWasTaken) {
    const auto ordinary = quote({}, std::vector{line(1'000, 2, 10), line(1'000)}, "").lines;
    EXPECT_EQ(ordinary[0].discount, Discount::ordinary);
    EXPECT_EQ(ordinary[0].unit_price, 900);
    EXPECT_EQ(ordinary[1].discount, Discount::none);
    const auto special = quote({.special_discount = 5}, std::vector{line(1'000, 2, 10)}, "").lines;
    EXPECT_EQ(special[0].discount, Discount::special);
    EXPECT_EQ(special[0].discount_percent, 5);
}

TEST(PaymentMethods, OfTheSpecialTypeAreRefused) {
    const Terms terms{.barred_payments = {"代金引換", "後払い"}};
    EXPECT_TRUE(quote(terms, {}, "後払い").payment_refused);
    EXPECT_FALSE(quote(terms, {}, "銀行振込").payment_refused);
    EXPECT_FALSE(quote(terms, {}, "").payment_refused);
}

TEST(PaymentMethods, AreNotRefusedForExceptedProductsAlone) {
    const Terms terms{.barred_payments = {"後払い"}, .excepted_products = {"P", "Q"}};
    const auto other = [] {
        auto other = line(100);
        other.product_number = "P-1";
        return other;
    }();
    EXPECT_FALSE(quote(terms, std::vector{line(100), line(200, 2)}, "後払い").payment_refused);
    const auto mixed = quote(terms, std::vector{line(100), other}, "後払い");
    EXPECT_TRUE(mixed.payment_refused);
    EXPECT_TRUE(mixed.lines[0].is_excepted);
    EXPECT_FALSE(mixed.lines[1].is_excepted);
    EXPECT_FALSE(quote(terms, std::vector{line(100), other}, "銀行振込").payment_refused);
    EXPECT_TRUE(quote(terms, {}, "後払い").payment_refused);
}

TEST(BlockReasons, TheHardestCounts) {
    EXPECT_EQ(quote({}, {}, "").block, std::nullopt);
    EXPECT_EQ(quote({.block_reasons = {BlockAction::alert}}, {}, "").block, BlockAction::alert);
    EXPECT_EQ(quote({.block_reasons = {BlockAction::refuse, BlockAction::alert}}, {}, "").block,
              BlockAction::refuse);
    EXPECT_EQ(quote({.block_reasons = {BlockAction::alert, BlockAction::refuse}}, {}, "").block,
              BlockAction::refuse);
}

TEST(PointRate, IsTheHighestOfTheGroupsAndZeroFallsBack) {
    EXPECT_EQ(point_rate(100, {}), 100);
    EXPECT_EQ(point_rate(100, std::vector<std::int64_t>{0, 0}), 100);
    EXPECT_EQ(point_rate(100, std::vector<std::int64_t>{0, 50, 20}), 50);
    EXPECT_EQ(point_rate(100, std::vector<std::int64_t>{300, 0}), 300);
}

RC_GTEST_PROP(Quotes, NobodyPaysMoreForADiscountAndPointsNeverExceedTheirShare, ()) {
    const auto any = [](std::int64_t most) { return *rc::gen::inRange<std::int64_t>(0, most + 1); };
    std::vector<Line> lines;
    for (auto i = any(8); i > 0; --i) lines.push_back(line(any(kMostYen), any(kMostPieces), any(100)));
    const Terms terms{.special_discount = any(100),
                      .level_discount = any(100),
                      .point_rate = any(10'000),
                      .point_multiplier = any(1'000)};
    const auto quoted = quote(terms, lines, "");
    std::int64_t full = 0;
    for (const auto& one : lines) full += one.unit_price * one.quantity;
    RC_ASSERT(quoted.total >= 0 && quoted.total <= quoted.subtotal && quoted.subtotal <= full);
    RC_ASSERT(quoted.total + quoted.level_discount == quoted.subtotal);
    const auto share = static_cast<long double>(quoted.total) *
                       static_cast<long double>(terms.point_rate * terms.point_multiplier) / 1e6L;
    RC_ASSERT(static_cast<long double>(quoted.points) <= share + 0.001L);
    RC_ASSERT(static_cast<long double>(quoted.points) > share - 1.001L);
}

}  // namespace
}  // namespace otokui::quote
