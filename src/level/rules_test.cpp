#include "level/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace otokui::level {
namespace {

Day day(int year, unsigned month, unsigned number) {
    return Day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(number));
}

struct Case {
    const char* name;
    Level level;
    Figures figures;
    bool fulfilled;
};
class Fulfilled : public testing::TestWithParam<Case> {};
TEST_P(Fulfilled, ByTotalCountOrBoth) {
    EXPECT_EQ(is_fulfilled(GetParam().level, GetParam().figures), GetParam().fulfilled);
}
INSTANTIATE_TEST_SUITE_P(
    Cases, Fulfilled,
    testing::Values(
        Case{"NothingAsked", {}, {0, 0}, true}, Case{"NothingAskedOfAny", {.any = true}, {0, 0}, true},
        Case{"JustEnoughSpent", {.minimum_total = 1000}, {1000, 1}, true},
        Case{"AYenShort", {.minimum_total = 1000}, {999, 9}, false},
        Case{"EnoughOrders", {.minimum_count = 3}, {0, 3}, true},
        Case{"BothAskedOneThere", {.minimum_total = 1000, .minimum_count = 3}, {1000, 2}, false},
        Case{"BothAskedBothThere", {.minimum_total = 1000, .minimum_count = 3}, {1000, 3}, true},
        Case{"EitherAskedOneThere", {.minimum_total = 1000, .minimum_count = 3, .any = true}, {0, 3}, true},
        Case{"EitherAskedNoneThere",
             {.minimum_total = 1000, .minimum_count = 3, .any = true},
             {999, 2},
             false},
        Case{"AnyOfOneMinimum", {.minimum_total = 1000, .any = true}, {999, 99}, false}),
    [](const auto& info) { return info.param.name; });

TEST_P(Fulfilled, SaysWhatIsMissing) {
    const auto& [name, level, figures, fulfilled] = GetParam();
    const auto needs = needs_of(level, figures);
    EXPECT_EQ(needs.size(), std::size_t{level.minimum_total.has_value()} + level.minimum_count.has_value());
    const auto met = std::ranges::count_if(needs, [](const Need& need) { return need.missing() == 0; });
    EXPECT_EQ(needs.empty() || (level.any ? met > 0 : met == std::ssize(needs)), fulfilled);
    for (const auto& need : needs)
        EXPECT_EQ(need.has, need.what == Need::What::total ? figures.total : figures.count);
}
TEST(Needs, AreMissingWhatIsNotThereAndNeverLessThanNothing) {
    const auto needs = needs_of({.minimum_total = 1000, .minimum_count = 3}, {400, 5});
    ASSERT_EQ(needs.size(), 2u);
    EXPECT_EQ(needs[0].missing(), 600);
    EXPECT_EQ(needs[1].missing(), 0);
}

TEST(Period, IsOfCompleteDaysBackToTheSameDayMonthsEarlier) {
    const auto period = period_of({.look_back_months = 12}, day(2026, 11, 22));
    EXPECT_EQ(format_moment(*period.from), "2025-11-22T00:00:00.000+09:00");
    EXPECT_EQ(format_moment(period.before), "2026-11-22T00:00:00.000+09:00");
    EXPECT_EQ(format_moment(*period_of({.look_back_months = 1}, day(2026, 3, 31)).from),
              "2026-02-28T00:00:00.000+09:00");
    EXPECT_FALSE(period_of({}, day(2026, 11, 22)).from);
}

TEST(Judge, TheHighestFulfilledWinsAndADowngradeIsARuleOfTheShop) {
    std::vector<Level> levels{{.id = 7, .position = 3, .minimum_total = 300},
                              {.id = 8, .position = 1, .minimum_total = 100},
                              {.id = 9, .position = 2, .minimum_count = 2}};
    sort_by_rank(levels);
    const auto judged = [&](Figures figures, std::optional<std::int64_t> held, Downgrade downgrade) {
        const auto at = judge(levels, std::vector<Figures>(3, figures), held, downgrade);
        return at ? levels[*at].id : 0;
    };
    EXPECT_EQ(judged({300, 1}, {}, Downgrade::allowed), 7);
    EXPECT_EQ(judged({299, 2}, {}, Downgrade::allowed), 9);
    EXPECT_EQ(judged({299, 1}, 9, Downgrade::allowed), 8);
    EXPECT_EQ(judged({299, 1}, 9, Downgrade::never), 9);
    EXPECT_EQ(judged({0, 0}, 8, Downgrade::allowed), 0);
    EXPECT_EQ(judged({0, 0}, 8, Downgrade::never), 8);
    EXPECT_EQ(judged({300, 9}, 8, Downgrade::never), 7);
}

TEST(Judge, WhatComesNextIsTheLevelAboveAndNothingAtTheTop) {
    const std::vector<Level> levels{{.id = 1}, {.id = 2}};
    EXPECT_EQ(next_above(levels, {}), 0u);
    EXPECT_EQ(next_above(levels, 0), 1u);
    EXPECT_EQ(next_above(levels, 1), std::nullopt);
    EXPECT_EQ(next_above({}, {}), std::nullopt);
}

RC_GTEST_PROP(Judge, NobodyFallsWhereDowngradesAreOffAndMoreOrdersNeverHarm, ()) {
    std::vector<Level> levels;
    for (int i = 0, count = *rc::gen::inRange(1, 6); i < count; ++i) {
        const auto minimum = [] {
            return *rc::gen::arbitrary<bool>() ? std::optional<std::int64_t>(*rc::gen::inRange(0, 10))
                                               : std::nullopt;
        };
        levels.push_back({.id = i + 1,
                          .position = *rc::gen::inRange(0, 4),
                          .minimum_total = minimum(),
                          .minimum_count = minimum(),
                          .any = *rc::gen::arbitrary<bool>()});
    }
    sort_by_rank(levels);
    std::vector<Figures> few, more;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        few.push_back({*rc::gen::inRange(0, 10), *rc::gen::inRange(0, 10)});
        more.push_back(
            {few.back().total + *rc::gen::inRange(0, 5), few.back().count + *rc::gen::inRange(0, 5)});
    }
    const auto held = *rc::gen::inRange<std::size_t>(0, levels.size());
    const auto never = judge(levels, few, levels[held].id, Downgrade::never);
    RC_ASSERT(never.value() >= held);
    const auto before = judge(levels, few, {}, Downgrade::allowed);
    const auto after = judge(levels, more, {}, Downgrade::allowed);
    if (before) RC_ASSERT(after.value() >= *before);
    // What is told to be next has not been reached.
    for (const auto& judged : {never, before})
        if (const auto next = next_above(levels, judged)) RC_ASSERT(!is_fulfilled(levels[*next], few[*next]));
}

TEST(Schedule, IsDueOnItsDayOrTheEndOfAShorterMonth) {
    using Every = Schedule::Every;
    EXPECT_FALSE(is_due({}, day(2026, 1, 1)));
    EXPECT_TRUE(is_due({.every = Every::day}, day(2026, 2, 3)));
    EXPECT_TRUE(is_due({.every = Every::month, .day = 31}, day(2026, 2, 28)));
    EXPECT_TRUE(is_due({.every = Every::month, .day = 31}, day(2028, 2, 29)));
    EXPECT_FALSE(is_due({.every = Every::month, .day = 31}, day(2028, 2, 28)));
    EXPECT_TRUE(is_due({.every = Every::quarter, .day = 1, .month = 7}, day(2026, 1, 1)));
    EXPECT_FALSE(is_due({.every = Every::quarter, .day = 1, .month = 7}, day(2026, 3, 1)));
    EXPECT_TRUE(is_due({.every = Every::half_year, .day = 1, .month = 7}, day(2026, 1, 1)));
    EXPECT_FALSE(is_due({.every = Every::half_year, .day = 1, .month = 7}, day(2026, 4, 1)));
    EXPECT_EQ(next_due({.every = Every::year, .day = 30, .month = 2}, day(2026, 3, 1)), day(2027, 2, 28));
    EXPECT_EQ(next_due({}, day(2026, 3, 1)), std::nullopt);
    EXPECT_EQ(last_due({.every = Every::year, .day = 30, .month = 2}, day(2026, 2, 27)), day(2025, 2, 28));
    EXPECT_EQ(last_due({.every = Every::month, .day = 31}, day(2026, 2, 28)), day(2026, 2, 28));
    EXPECT_EQ(last_due({.every = Every::day}, day(2026, 3, 1)), day(2026, 3, 1));
    EXPECT_EQ(last_due({}, day(2026, 3, 1)), std::nullopt);
}

RC_GTEST_PROP(Schedule, NoDueDayLiesBetweenTheLastAndTheNext, ()) {
    const Schedule schedule{
        .every = *rc::gen::element(Schedule::Every::day, Schedule::Every::month, Schedule::Every::quarter,
                                   Schedule::Every::half_year, Schedule::Every::year),
        .day = *rc::gen::inRange(1, 32),
        .month = *rc::gen::inRange(1, 13)};
    const auto today = add_days(day(2024, 1, 1), *rc::gen::inRange(0, 2'000));
    const auto last = last_due(schedule, today).value(),
               next = next_due(schedule, add_days(today, 1)).value();
    RC_ASSERT(last <= today && today < next && is_due(schedule, last));
    for (auto one = add_days(last, 1); one < next; one = add_days(one, 1)) RC_ASSERT(!is_due(schedule, one));
}

// Each calendar month has exactly one day that is due.
RC_GTEST_PROP(Schedule, EveryMonthHasOneDay, ()) {
    const Schedule schedule{.every = Schedule::Every::month, .day = *rc::gen::inRange(1, 32)};
    const auto first = Day(std::chrono::year(*rc::gen::inRange(2000, 2100)),
                           std::chrono::month(*rc::gen::inRange(1u, 13u)), std::chrono::day(1));
    int due = 0;
    for (auto one = first; one.month() == first.month(); one = add_days(one, 1)) due += is_due(schedule, one);
    RC_ASSERT(due == 1);
}

}  // namespace
}  // namespace otokui::level
