#include "demo/names.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace otokui::demo {
namespace {

TEST(DemoNames, WritesKanaInLatinLettersAsPeopleDo) {
    const std::array<std::pair<std::string_view, std::string_view>, 12> cases = {{{"サトウ", "sato"},
                                                                                  {"オオノ", "ono"},
                                                                                  {"キョウコ", "kyoko"},
                                                                                  {"ショウタ", "shota"},
                                                                                  {"ジュンイチ", "junichi"},
                                                                                  {"ユウキ", "yuki"},
                                                                                  {"ハットリ", "hattori"},
                                                                                  {"テッチ", "tetchi"},
                                                                                  {"ファム", "famu"},
                                                                                  {"デイビッド", "deibiddo"},
                                                                                  {"ヂ", "ji"},
                                                                                  {"", ""}}};
    for (const auto& [kana, latin] : cases) EXPECT_EQ(romaji(kana), latin) << kana;
}

TEST(DemoNames, HasSixtyGivenNamesForEverySexAndDecade) {
    const Names names;
    for (const Gender gender : {Gender::male, Gender::female}) {
        for (int decade = 1930; decade <= 2000; decade += 10) {
            std::set<std::string_view> seen;
            Random random(static_cast<std::uint64_t>(decade));
            for (int i = 0; i < 20'000; ++i)
                seen.insert(
                    names.draw_given(gender, std::min(decade + i % 10, Names::kLastYear), random).text);
            EXPECT_GE(seen.size(), 60U) << decade;
        }
    }
}

TEST(DemoNames, KnowsTheOtherWritingOfAFamilyName) {
    const Names names;
    Random random(1);
    std::set<std::pair<std::string_view, std::string_view>> pairs;
    for (int i = 0; i < 200'000; ++i) {
        const Name& name = names.family(names.draw_family(random));
        const Name& other = names.family(name.other_writing);
        EXPECT_EQ(name.kana, other.kana);
        pairs.insert({name.text, other.text});
    }
    EXPECT_TRUE(pairs.contains({"髙橋", "高橋"}));
    EXPECT_TRUE(pairs.contains({"高橋", "髙橋"}));
    EXPECT_TRUE(pairs.contains({"渡邉", "渡辺"}));
    EXPECT_TRUE(pairs.contains({"田中", "田中"}));
}

TEST(Weighted, DrawsInProportion) {
    const std::array<std::uint64_t, 4> weights = {1, 0, 3, 6};
    const Weighted weighted(weights);
    std::array<int, 4> drawn = {};
    Random random(42);
    for (int i = 0; i < 100'000; ++i) ++drawn[weighted.draw(random)];
    EXPECT_NEAR(drawn[0], 10'000, 500);
    EXPECT_EQ(drawn[1], 0);
    EXPECT_NEAR(drawn[2], 30'000, 700);
    EXPECT_NEAR(drawn[3], 60'000, 700);
}

TEST(Permutation, VisitsEveryPlaceOnceAndComesBack) {
    for (const std::uint64_t size : {1U, 2U, 3U, 4U, 5U, 16U, 17U, 1000U, 4097U}) {
        const Permutation permutation(9, size);
        std::set<std::uint64_t> places;
        for (std::uint64_t i = 0; i < size; ++i) {
            const std::uint64_t place = permutation.forward(i);
            EXPECT_LT(place, size);
            EXPECT_EQ(permutation.backward(place), i);
            places.insert(place);
        }
        EXPECT_EQ(places.size(), size);
    }
}

}  // namespace
}  // namespace otokui::demo
