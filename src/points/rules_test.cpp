#include "points/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace otokui::points {
namespace {

using testing::ElementsAre;

Moment day(int number) { return end_of(add_days(*parse_day("2026-11-22"), number)); }

std::vector<std::int64_t> remaining(const Purse& purse) {
    std::vector<std::int64_t> numbers;
    for (const auto& lot : purse.lots()) numbers.push_back(lot.remaining);
    return numbers;
}

TEST(Term, EndsWithTheLastMomentOfItsDayInJapan) {
    const Rules rules{.days = 1};
    EXPECT_EQ(format_moment(*rules.term_from(*parse_moment("2026-11-22T00:00:00+09:00"))),
              "2026-11-23T23:59:59.999+09:00");
    EXPECT_EQ(format_moment(*rules.term_from(*parse_moment("2026-11-22T23:59:59.999+09:00"))),
              "2026-11-23T23:59:59.999+09:00");
    EXPECT_EQ(Rules{.days = 0}.term_from({}), std::nullopt);
}

TEST(PurseTest, UsesTheNearestExpiryFirstThenTheOldestAndWhatNeverExpiresLast) {
    Purse purse({{.id = 1, .granted = 10, .remaining = 10},
                 {.id = 2, .granted = 10, .remaining = 10, .expires_at = day(9)},
                 {.id = 3, .granted = 10, .remaining = 10, .expires_at = day(5)},
                 {.id = 4, .granted = 10, .remaining = 10, .expires_at = day(5)}});
    EXPECT_EQ(purse.take(25), 0);
    EXPECT_THAT(remaining(purse), ElementsAre(10, 5, 0, 0));
    EXPECT_EQ(purse.take(20), 5);
}

// The example of rules.hpp.
TEST(PurseTest, PaysADebtBeforeAnythingNewCanBeUsed) {
    Purse purse({{.id = 1, .granted = 100, .remaining = 100, .expires_at = day(1)},
                 {.id = 2, .granted = 50, .remaining = 50, .expires_at = day(2)}});
    EXPECT_EQ(purse.take(120), 0);
    EXPECT_EQ(purse.take(40), 10);
    purse.owe(10);
    EXPECT_EQ(purse.balance(), -10);
    purse.add(25, day(3));
    EXPECT_THAT(remaining(purse), ElementsAre(0, 0, 0, 15));
}

TEST(PurseTest, AlignsToTheLatestDateSoThatNobodyLoses) {
    Purse purse({{.id = 1, .granted = 1, .remaining = 1, .expires_at = day(1)},
                 {.id = 2, .granted = 1, .remaining = 1, .expires_at = day(7)},
                 {.id = 3, .granted = 1, .remaining = 0, .expires_at = day(9)}});
    purse.align();
    EXPECT_EQ(purse.lots()[0].expires_at, day(7));
    EXPECT_EQ(purse.lots()[1].expires_at, day(7));
    purse.add(1, std::nullopt);
    purse.align();
    EXPECT_EQ(purse.lots()[0].expires_at, std::nullopt);
}

TEST(PurseTest, GivesBackToTheLotsItTookFrom) {
    Purse purse({{.id = 1, .granted = 10, .remaining = 0, .expires_at = day(1)},
                 {.id = 2, .granted = 10, .remaining = 7, .expires_at = day(5)}});
    EXPECT_EQ(purse.reverse({{1, -10}, {2, -3}}, {.mode = ExpiryMode::lots}, day(2)), Purse::Reversed::done);
    EXPECT_THAT(remaining(purse), ElementsAre(10, 10));
    ASSERT_NE(purse.next_overdue(day(2)), nullptr);
    EXPECT_EQ(purse.next_overdue(day(2))->id, 1);
}

TEST(PurseTest, TakesBackWhatWasUsedOnlyWhereBalancesMayFallBelowZero) {
    const std::vector<Lot> lots{{.id = 1, .granted = 10, .remaining = 4, .expires_at = day(5)}};
    Purse strict(lots), loose(lots);
    EXPECT_EQ(strict.reverse({{1, 10}}, {}, day(0)), Purse::Reversed::consumed);
    EXPECT_EQ(loose.reverse({{1, 10}}, {.allow_negative = true}, day(0)), Purse::Reversed::done);
    EXPECT_EQ(loose.balance(), -6);
}

// Whatever is done, debts and usable points never stand side by side, and the sum is what came in less what
// went out.
RC_GTEST_PROP(PurseProperty, KeepsItsSumAndNoDebtBesideUsablePoints, ()) {
    Purse purse({});
    std::int64_t sum = 0;
    for (const auto step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-50, 50))) {
        if (step > 0) {
            purse.add(step, day(*rc::gen::inRange(0, 9)));
        } else if (const auto missing = purse.take(-step); missing > 0) {
            purse.owe(missing);
        }
        sum += step;
        for (auto& lot : purse.lots())
            if (lot.id == 0) lot.id = static_cast<std::int64_t>(purse.lots().size());
        RC_ASSERT(purse.balance() == sum);
        const auto has = [&](auto test) { return std::ranges::any_of(purse.lots(), test); };
        RC_ASSERT(!(has([](const Lot& lot) { return lot.remaining > 0; }) &&
                    has([](const Lot& lot) { return lot.remaining < 0; })));
        for (const auto& lot : purse.lots()) RC_ASSERT(lot.remaining == lot.granted + lot.moved);
    }
}

}  // namespace
}  // namespace otokui::points
