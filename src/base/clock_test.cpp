#include "base/clock.hpp"

#include <gtest/gtest.h>

namespace otokui {
namespace {

TEST(Clock, ReadsBackTheMomentItWrote) {
    const Moment moment{1'795'309'200'123};
    EXPECT_EQ(parse_moment(format_moment(moment)), moment);
}

TEST(Clock, WritesDaysAndMomentsAsPeopleDo) {
    EXPECT_EQ(written_day("2026-11-22"), "2026/11/22");
    for (const char* text : {"", "11-22", "2026/11/22", "2026-11-221"}) EXPECT_EQ(written_day(text), text);
    EXPECT_EQ(written_moment(*parse_moment("2026-11-21T15:00:59.999Z")), "2026/11/22 00:00:59");
}

TEST(Clock, TakesAnyOffset) {
    EXPECT_EQ(parse_moment("2026-11-22T00:00:00+09:00"), parse_moment("2026-11-21T15:00:00Z"));
    EXPECT_EQ(parse_moment("2026-11-22T00:00:00.5-01:30"), parse_moment("2026-11-22T01:30:00.500Z"));
}

TEST(Clock, RefusesWhatIsNoMoment) {
    for (const char* text : {"", "2026-11-22", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z",
                             "2026-11-22T00:00:00", "2026-11-22T00:00:00.Z", "2026-11-22T00:00:00+0900"})
        EXPECT_FALSE(parse_moment(text)) << text;
}

TEST(Clock, RefusesAMomentWhoseYearHasFiveDigitsInTheShopsZone) {
    EXPECT_TRUE(parse_moment("9999-12-31T23:59:59+09:00"));
    EXPECT_FALSE(parse_moment("9999-12-31T23:59:59Z"));
    EXPECT_TRUE(parse_moment("0001-01-01T00:00:00+09:00"));
    EXPECT_FALSE(parse_moment("0001-01-01T00:00:00+23:00"));
}

TEST(Clock, ADayOfTheShopBeginsAtMidnightInTokyo) {
    const Day day = *parse_day("2026-11-22");
    EXPECT_EQ(format_moment(start_of(day)), "2026-11-22T00:00:00.000+09:00");
    EXPECT_EQ(shop_day(start_of(day)), day);
    EXPECT_EQ(shop_day(Moment{start_of(day).milliseconds - 1}), *parse_day("2026-11-21"));
}

TEST(Clock, AMissingDayOfMonthIsTheMonthsEnd) {
    EXPECT_EQ(format_day(add_months(*parse_day("2026-01-31"), 1)), "2026-02-28");
    EXPECT_EQ(format_day(add_months(*parse_day("2024-02-29"), 12)), "2025-02-28");
    EXPECT_EQ(format_day(add_months(*parse_day("2026-03-31"), -1)), "2026-02-28");
}

}  // namespace
}  // namespace otokui
