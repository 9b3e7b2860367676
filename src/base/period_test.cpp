#include "base/period.hpp"

#include <gtest/gtest.h>

namespace otokui {
namespace {

struct PeriodCase {
    const char* text;
    const char* first;
    const char* last;
};
class Periods : public testing::TestWithParam<PeriodCase> {};

TEST_P(Periods, AreReadAndWrittenAlike) {
    const auto period = parse_period(GetParam().text);
    ASSERT_TRUE(period);
    EXPECT_EQ(format_day(period->first), GetParam().first);
    EXPECT_EQ(format_day(period->last), GetParam().last);
    EXPECT_EQ(format_period(*period), GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(Cases, Periods,
                         testing::Values(PeriodCase{"2026-11-22", "2026-11-22", "2026-11-22"},
                                         PeriodCase{"2028-02", "2028-02-01", "2028-02-29"},
                                         PeriodCase{"2026-12", "2026-12-01", "2026-12-31"},
                                         PeriodCase{"0001", "0001-01-01", "0001-12-31"},
                                         PeriodCase{"9999", "9999-01-01", "9999-12-31"}),
                         [](const auto& info) {
                             std::string name(info.param.text);
                             std::erase(name, '-');
                             return "P" + name;
                         });

TEST(Period, BeginsAndEndsWithTheShopsDays) {
    const auto month = *parse_period("2026-11");
    EXPECT_EQ(format_moment(month.begins()), "2026-11-01T00:00:00.000+09:00");
    EXPECT_EQ(format_moment(month.ends()), "2026-12-01T00:00:00.000+09:00");
    EXPECT_EQ(shop_day(month.ends() + std::chrono::milliseconds(-1)), month.last);
}

TEST(Period, ThatDoesNotExistIsNone) {
    for (const char* text :
         {"", "never", "2026-", "2026-13", "2026-00", "2026-1", "202", "2026-02-30", "0000", "20261", "-001"})
        EXPECT_FALSE(parse_period(text)) << text;
}

}  // namespace
}  // namespace otokui
