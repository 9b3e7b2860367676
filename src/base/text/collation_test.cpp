#include "base/text/collation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/coll.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/text/text_generators.hpp"

namespace otokui::text {
namespace {

TEST(KanaSortKey, OrdersAsTheSyllabaryDoes) {
    const std::vector<std::string> ordered{"",
                                           "ABE",
                                           "アイ",
                                           "アイ カ",
                                           "アイカ",
                                           "アオキ ケン",
                                           "アオキ ゲン",
                                           "カア",
                                           "カーコ",
                                           "カイ",
                                           "サッカ",
                                           "サツカ",
                                           "サツマ",
                                           "タナカ アイ",
                                           "タナカ ワタル",
                                           "タナカダ アイ",
                                           "ハハ",
                                           "ハバ",
                                           "ハパ",
                                           "ババ",
                                           "ヒ",
                                           "ヲリ",
                                           "ン",
                                           "阿部"};
    for (std::size_t index = 1; index < ordered.size(); ++index) {
        EXPECT_LT(kana_sort_key(ordered[index - 1]), kana_sort_key(ordered[index]))
            << ordered[index - 1] << " before " << ordered[index];
    }
}

TEST(KanaSortKey, PutsHiraganaAndHalfWidthBesideKatakana) {
    const std::string before = kana_sort_key("タナカ");
    const std::string after = kana_sort_key("タナカア");
    for (const std::string kana : {"たなか", "ﾀﾅｶ"}) {
        EXPECT_LE(before.substr(0, 6), kana_sort_key(kana));
        EXPECT_LT(kana_sort_key(kana), after);
    }
}

TEST(KanaSortKey, IsShort) {
    EXPECT_LE(kana_sort_key("タナカ タロウ").size(), 23U);
    std::string longest;
    for (int count = 0; count < 1000; ++count) longest += "ギョ";
    EXPECT_EQ(kana_sort_key(longest).size(), kMaxSortKeyLength);
}

RC_GTEST_PROP(KanaSortKeyProperty, OrdersLikeTheCollator, ()) {
    const auto kana = rc::gen::container<std::vector<char32_t>>(
        rc::gen::elementOf(std::u32string(U"アァイカガキツッヅハバパラワンー ")));
    const auto text = [&] {
        std::string made;
        for (const char32_t point : *kana) append_utf8(made, point);
        return std::string(first_code_points(made, 20));
    };
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Collator> collator(
        icu::Collator::createInstance(icu::Locale::getJapanese(), status));
    RC_ASSERT(U_SUCCESS(status));
    const std::string left = text();
    const std::string right = text();
    const auto expected =
        collator->compare(icu::UnicodeString::fromUTF8(left), icu::UnicodeString::fromUTF8(right));
    const int actual = kana_sort_key(left).compare(kana_sort_key(right));
    RC_ASSERT((actual < 0 ? -1 : actual > 0 ? 1 : 0) == expected);
}

}  // namespace
}  // namespace otokui::text
