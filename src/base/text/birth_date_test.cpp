#include "base/text/birth_date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace otokui::text {
namespace {

using namespace std::chrono_literals;

// The day as text, or the code.
std::string answer(const ParsedDay& parsed) {
    return parsed.day ? format_day(*parsed.day) : std::string(parsed.code);
}

struct WrittenCase {
    std::string written, expected;
};
class WrittenDay : public testing::TestWithParam<WrittenCase> {};

TEST_P(WrittenDay, IsReadOrNamed) {
    EXPECT_EQ(answer(parse_written_day(GetParam().written)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Western, WrittenDay,
    testing::Values(
        WrittenCase{"1970/1/2", "1970-01-02"}, WrittenCase{"1970-01-02", "1970-01-02"},
        WrittenCase{"1970.1.2", "1970-01-02"}, WrittenCase{"19700102", "1970-01-02"},
        WrittenCase{"1971年8月4日", "1971-08-04"}, WrittenCase{"1971年8月4", "1971-08-04"},
        WrittenCase{"１９７１年　８月　４日", "1971-08-04"},
        WrittenCase{" １９７０／０１／０２ ", "1970-01-02"}, WrittenCase{"1970−1−2", "1970-01-02"},
        WrittenCase{"1970ー1ー2", "1970-01-02"}, WrittenCase{"1970/01/02（金）", "1970-01-02"},
        WrittenCase{"1970-01-02 00:00:00", "1970-01-02"}, WrittenCase{"1970/1/2 0:00", "1970-01-02"},
        WrittenCase{"1970-01-02T00:00:00", "1970-01-02"}, WrittenCase{"一九七〇年一月二日", "1970-01-02"},
        WrittenCase{"2000/2/29", "2000-02-29"}, WrittenCase{"1900/2/29", "no_such_day"},
        WrittenCase{"1970/2/30", "no_such_day"}, WrittenCase{"1970/13/1", "no_such_day"},
        WrittenCase{"1970/0/1", "no_such_day"}, WrittenCase{"1970/1/0", "no_such_day"},
        WrittenCase{"19700230", "no_such_day"}, WrittenCase{"0000/1/1", "out_of_range"},
        WrittenCase{"1970", "month_and_day_required"}, WrittenCase{"1970年", "month_and_day_required"},
        WrittenCase{"1970/1", "month_and_day_required"}, WrittenCase{"1970年1月", "month_and_day_required"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, WrittenDay,
    testing::Values(WrittenCase{"", "not_a_date"}, WrittenCase{"70/1/2", "not_a_date"},
                    WrittenCase{"700102", "not_a_date"}, WrittenCase{"1970/1-2", "not_a_date"},
                    WrittenCase{"1970/1/2/", "not_a_date"}, WrittenCase{"1970/1/2x", "not_a_date"},
                    WrittenCase{"1970/001/2", "not_a_date"}, WrittenCase{"1970-01-02 10:00:00", "not_a_date"},
                    WrittenCase{"1/2/1970", "not_a_date"}, WrittenCase{"-1970/1/2", "not_a_date"},
                    WrittenCase{"25570", "not_a_date"}, WrittenCase{"慶応3年1月1日", "not_a_date"},
                    WrittenCase{"99999999999999999999", "not_a_date"}, WrittenCase{"\xFF", "not_a_date"},
                    WrittenCase{std::string(1000, '1'), "not_a_date"}));

INSTANTIATE_TEST_SUITE_P(
    Japanese, WrittenDay,
    testing::Values(WrittenCase{"S45.1.2", "1970-01-02"}, WrittenCase{"s45/1/2", "1970-01-02"},
                    WrittenCase{"S450102", "1970-01-02"}, WrittenCase{"Ｓ４５．１．２", "1970-01-02"},
                    WrittenCase{"昭和45年1月2日", "1970-01-02"}, WrittenCase{"昭45.1.2", "1970-01-02"},
                    WrittenCase{"昭和四十五年十一月二十二日", "1970-11-22"},
                    WrittenCase{"㍼45年1月2日", "1970-01-02"}, WrittenCase{"平成元年1月8日", "1989-01-08"},
                    WrittenCase{"R1.5.1", "2019-05-01"}, WrittenCase{"令和元年5月1日", "2019-05-01"},
                    WrittenCase{"T15.12.24", "1926-12-24"}, WrittenCase{"平成元年", "month_and_day_required"},
                    WrittenCase{"R1", "month_and_day_required"},
                    WrittenCase{"昭和45年1月", "month_and_day_required"},
                    WrittenCase{"昭和45年2月29日", "no_such_day"}, WrittenCase{"S0.1.1", "out_of_range"},
                    WrittenCase{"S", "not_a_date"}, WrittenCase{"S145.1.2", "not_a_date"}));

INSTANTIATE_TEST_SUITE_P(
    EraBorders, WrittenDay,
    testing::Values(
        WrittenCase{"M6.1.1", "1873-01-01"}, WrittenCase{"M5.12.31", "out_of_range"},
        WrittenCase{"明治45年7月29日", "1912-07-29"}, WrittenCase{"明治45年7月30日", "outside_era"},
        WrittenCase{"大正元年7月30日", "1912-07-30"}, WrittenCase{"大正元年7月29日", "outside_era"},
        WrittenCase{"大正15年12月25日", "outside_era"}, WrittenCase{"昭和元年12月25日", "1926-12-25"},
        WrittenCase{"昭和元年12月24日", "outside_era"}, WrittenCase{"昭和64年1月7日", "1989-01-07"},
        WrittenCase{"昭和64年1月8日", "outside_era"}, WrittenCase{"平成元年1月7日", "outside_era"},
        WrittenCase{"平成31年4月30日", "2019-04-30"}, WrittenCase{"平成31年5月1日", "outside_era"},
        WrittenCase{"令和元年4月30日", "outside_era"}, WrittenCase{"令和8年11月22日", "2026-11-22"}));

TEST(BirthDate, IsNotInTheFutureAndNotBeforeTheCalendar) {
    const Day today = 2026y / 11 / 22;
    EXPECT_EQ(answer(parse_birth_date("2026/11/21", today)), "2026-11-21");
    EXPECT_EQ(answer(parse_birth_date("2026/11/22", today)), "not_before_today");
    EXPECT_EQ(answer(parse_birth_date("2026/11/23", today)), "in_the_future");
    EXPECT_EQ(answer(parse_birth_date("1872/12/31", today)), "out_of_range");
    EXPECT_EQ(answer(parse_birth_date("1873/1/1", today)), "1873-01-01");
    EXPECT_EQ(answer(parse_birth_date("x", today)), "not_a_date");
}

TEST(BirthDate, IsShownInBothCalendars) {
    EXPECT_EQ(format_slashed(1970y / 1 / 2), "1970/01/02");
    EXPECT_EQ(format_japanese_day(1970y / 1 / 2), "昭和45年1月2日");
    EXPECT_EQ(format_japanese_year(1989y / 1 / 7), "昭和64年");
    EXPECT_EQ(format_japanese_year(1989y / 1 / 8), "平成元年");
    EXPECT_EQ(format_japanese_year(2019y / 5 / 1), "令和元年");
    EXPECT_EQ(format_japanese_year(1872y / 12 / 31), "");
    EXPECT_EQ(format_japanese_day(1872y / 12 / 31), "");
}

TEST(BirthDate, GivesTheAge) {
    EXPECT_EQ(age_on(1970y / 11 / 22, 2026y / 11 / 21), 55);
    EXPECT_EQ(age_on(1970y / 11 / 22, 2026y / 11 / 22), 56);
    EXPECT_EQ(age_on(2004y / 2 / 29, 2025y / 2 / 28), 20);
    EXPECT_EQ(age_on(2004y / 2 / 29, 2025y / 3 / 1), 21);
}

RC_GTEST_PROP(BirthDateProperty, EveryDayReadsBackInEveryForm, ()) {
    const int offset = *rc::gen::inRange(0, 60000);
    const Day day = add_days(1873y / 1 / 1, offset);
    for (const std::string& written : {format_day(day), format_slashed(day), format_japanese_day(day)}) {
        RC_ASSERT(answer(parse_written_day(written)) == format_day(day));
    }
}

}  // namespace
}  // namespace otokui::text
