#include "postal/postal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace otokui {
namespace {

TEST(Postal, FindsTheOnePlaceOfACode) {
    EXPECT_EQ(postal::find("1040061"), (std::vector<postal::Place>{{13, "中央区", "銀座"}}));
    EXPECT_EQ(postal::find("2500522"), (std::vector<postal::Place>{{14, "足柄下郡箱根町", "元箱根"}}));
}

TEST(Postal, TakesTheHyphenAndNothingElse) {
    EXPECT_EQ(postal::find("104-0061").size(), 1U);
    for (const auto* code : {"", "104006", "10400611", "104-061", "10-40061", "1040-061", "１０４００６１",
                             "104006a", "-1040061", " 1040061", "1040061 "})
        EXPECT_TRUE(postal::find(code).empty()) << code;
}

std::vector<int> codes_of(int prefecture, std::string_view city, std::string_view street) {
    std::vector<int> codes;
    for (const auto& row : postal::find_codes(prefecture, city, street, 50)) codes.push_back(row.code);
    return codes;
}

TEST(Postal, FindsTheCodeOfAnAddressInAnyWriting) {
    EXPECT_EQ(codes_of(13, "渋谷区", "神宮前１丁目2-3"), (std::vector<int>{1500001}));
    EXPECT_EQ(codes_of(13, "渋谷区", "千駄が谷4-5-6"), codes_of(13, "渋谷区", "千駄ヶ谷４丁目"));
    EXPECT_EQ(codes_of(13, "渋谷区", "千駄ケ谷").size(), 1U);
    EXPECT_EQ(codes_of(14, "箱根町", "大字元箱根5"), (std::vector<int>{2500522}));
}

TEST(Postal, TakesTheLongestTownAndElseTheRestOfTheCity) {
    EXPECT_EQ(codes_of(1, "札幌市中央区", "旭ケ丘1-2"), (std::vector<int>{640941}));
    for (const int code : codes_of(13, "渋谷区", "どこにもない町"))
        EXPECT_TRUE(std::ranges::any_of(postal::find(std::to_string(code)), [](const auto& place) {
            return place.town.empty();
        })) << code;
}

TEST(Postal, KnowsNoCodeOfACityElsewhere) {
    EXPECT_TRUE(codes_of(27, "渋谷区", "神宮前").empty());
    EXPECT_TRUE(codes_of(13, "", "神宮前").empty());
    EXPECT_TRUE(codes_of(13, "どこにもない市", "").empty());
}

TEST(Postal, KeepsLeadingZeros) {
    EXPECT_EQ(postal::find("0640941"), (std::vector<postal::Place>{{1, "札幌市中央区", "旭ケ丘"}}));
}

TEST(Postal, ListsEveryTownOfACode) {
    EXPECT_EQ(postal::find("0110951"),
              (std::vector<postal::Place>{{5, "秋田市", "土崎港相染町"}, {5, "秋田市", "土崎港古川町"}}));
    EXPECT_EQ(postal::find("4520961").size(), 66U);
}

TEST(Postal, SplitsTownsThatTheSourceWritesAsOne) {
    EXPECT_EQ(postal::find("4411324"),
              (std::vector<postal::Place>{
                  {23, "新城市", "井道"}, {23, "新城市", "奥井道"}, {23, "新城市", "内井道"}}));
}

TEST(Postal, ListsPlacesInTwoCitiesOrTwoPrefectures) {
    EXPECT_EQ(postal::find("4980000"),
              (std::vector<postal::Place>{{23, "弥富市", ""}, {24, "桑名郡木曽岬町", ""}}));
}

TEST(Postal, FindsAnyFloorOfABuilding) {
    EXPECT_EQ(postal::find("1066108"),
              (std::vector<postal::Place>{{13, "港区", "六本木六本木ヒルズ森タワー"}}));
}

TEST(Postal, KnowsNothingOfUnknownCodes) {
    for (const auto* code : {"0000000", "1999999", "9999999", "1040099"})
        EXPECT_TRUE(postal::find(code).empty()) << code;
}

TEST(Postal, CoversEveryPrefectureAndMoreThanAHundredThousandCodes) {
    std::set<int> prefectures;
    std::size_t codes = 0;
    int previous = -1;
    for (std::size_t i = 0; i < postal::row_count(); ++i) {
        const auto row = postal::row(i);
        ASSERT_LE(previous, row.code);
        codes += row.code != previous ? 1 : 0;
        previous = row.code;
        prefectures.insert(row.place.prefecture);
        ASSERT_FALSE(row.place.city.empty()) << row.code;
        ASSERT_EQ(row.place.town.find("、"), std::string_view::npos) << row.code;
    }
    EXPECT_EQ(prefectures.size(), 47U);
    EXPECT_EQ(*prefectures.begin(), 1);
    EXPECT_EQ(*prefectures.rbegin(), 47);
    EXPECT_EQ(codes, 117'032U);
}

TEST(Postal, FindsEveryRowOfTheTableByItsCode) {
    for (std::size_t i = 0; i < postal::row_count(); i += 997) {
        const auto row = postal::row(i);
        const std::string digits = std::to_string(row.code);
        const auto found = postal::find(std::string(7 - digits.size(), '0') + digits);
        EXPECT_NE(std::ranges::find(found, row.place), found.end()) << digits;
    }
}

TEST(Postal, RefusesARowPastTheEnd) { EXPECT_THROW(postal::row(postal::row_count()), std::out_of_range); }

}  // namespace
}  // namespace otokui
