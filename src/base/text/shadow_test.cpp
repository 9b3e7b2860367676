#include "base/text/shadow.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text/fold.hpp"
#include "base/text/text_generators.hpp"

namespace otokui::text {
namespace {

struct ShadowCase {
    ShadowKind kind;
    std::string text, expected;
};
class Shadow : public testing::TestWithParam<ShadowCase> {};

TEST_P(Shadow, FoldsAsItsKindSays) {
    EXPECT_EQ(shadow(GetParam().kind, GetParam().text), GetParam().expected) << GetParam().text;
}

using enum ShadowKind;
INSTANTIATE_TEST_SUITE_P(
    Text, Shadow,
    testing::Values(
        ShadowCase{text, "", ""}, ShadowCase{text, " 　\t\r\n\u00A0\u200B\uFEFF", ""},
        ShadowCase{text, "田中　太郎", "田中太郎"}, ShadowCase{text, "たなか タロウ", "タナカタロウ"},
        ShadowCase{text, "ﾀﾅｶ ｼﾞﾛｳ", "タナカジロウ"}, ShadowCase{text, "ｶﾞｷﾞﾊﾟｳﾞ", "ガギパヴ"},
        ShadowCase{text, "か\u3099は\u309Aう\u3099わ\u3099", "ガパヴヷ"}, ShadowCase{text, "か゛", "ガ"},
        ShadowCase{text, "ア\u3099", "ア\u3099"}, ShadowCase{text, "\u3099", "\u3099"},
        ShadowCase{text, "ＡＢＣａｂｃ１２３", "abcabc123"}, ShadowCase{text, "Ａｂé", "abé"},
        ShadowCase{text, "E\u0301", "é"}, ShadowCase{text, "㈱髙﨑①Ⅲ", "(株)高崎1iii"},
        ShadowCase{text, "渡邊渡邉", "渡辺渡辺"}, ShadowCase{text, "齋藤齊藤斉藤斎藤", "斎藤斎藤斎藤斎藤"},
        ShadowCase{text, "澤沢濱浜嶋島廣広國国", "澤沢濱浜嶋島廣広國国"},
        ShadowCase{text, "ラーメン", "ラ-メン"}, ShadowCase{text, "ﾗｰﾒﾝ", "ラ-メン"},
        ShadowCase{text, "ー－-‐‑‒–—―−ｰ─━", "-------------"}, ShadowCase{text, "〜～~", "~~~"},
        ShadowCase{text, "一二三", "一二三"}, ShadowCase{text, "𠮷野家", "𠮷野家"},
        ShadowCase{text, "葛\U000E0100城", "葛城"}, ShadowCase{text, "❤️", "❤"},
        ShadowCase{text, "👨‍👩‍👧", "👨👩👧"}, ShadowCase{text, "a\U0010FFFCb\U0010FFFD", "ab"},
        ShadowCase{text, "ヶ丘ケ丘", "ヶ丘ケ丘"}, ShadowCase{text, "a\xFF", "a\uFFFD"},
        ShadowCase{text, "神社", "神社"}, ShadowCase{text, "한국", "한국"}));

INSTANTIATE_TEST_SUITE_P(
    Mail, Shadow,
    testing::Values(ShadowCase{mail, "Taro.Tanaka@Example.COM", "taro.tanaka@example.com"},
                    ShadowCase{mail, "　ｔａｒｏ＠example.com ", "taro@example.com"},
                    ShadowCase{mail, std::string("a\0@b.jp", 7), "a@b.jp"},
                    ShadowCase{mail, "ta-ro_@x.jp", "ta-ro_@x.jp"}, ShadowCase{mail, "  ", ""}));

INSTANTIATE_TEST_SUITE_P(Digits, Shadow,
                         testing::Values(ShadowCase{phone, "０９０－１２３４－５６７８", "09012345678"},
                                         ShadowCase{phone, "+81 90-1234-5678", "09012345678"},
                                         ShadowCase{phone, "＋８１（０）９０", "090"},
                                         ShadowCase{phone, "+8", "8"}, ShadowCase{phone, "81-90", "8190"},
                                         ShadowCase{phone, "5678", "5678"}, ShadowCase{phone, "1+81", "181"},
                                         ShadowCase{phone, "abc", ""}, ShadowCase{phone, "+1 650", "1650"},
                                         ShadowCase{digits, "〒１２３-4567", "1234567"},
                                         ShadowCase{digits, "+8112", "8112"}));

INSTANTIATE_TEST_SUITE_P(
    Address, Shadow,
    testing::Values(ShadowCase{address, "桜ヶ丘四丁目8番9号", "桜ケ丘4-8-9"},
                    ShadowCase{address, "桜ヶ丘4-8-9", "桜ケ丘4-8-9"},
                    ShadowCase{address, "桜ケ丘４－８－９", "桜ケ丘4-8-9"},
                    ShadowCase{address, "桜が丘４丁目８の９", "桜ケ丘4-8-9"},
                    ShadowCase{address, "桜ガ丘 四−八−九", "桜ケ丘4-8-9"},
                    ShadowCase{address, "桜ヶ丘4丁目8番地9", "桜ケ丘4-8-9"},
                    ShadowCase{address, "桜ヶ丘4丁目8番地の9", "桜ケ丘4-8-9"},
                    ShadowCase{address, "桜ヶ丘4丁目-8-9", "桜ケ丘4-8-9"},
                    ShadowCase{address, "桜ヶ丘四丁目", "桜ケ丘4-"},
                    ShadowCase{address, "本町十二丁目二十番二十三号", "本町12-20-23"},
                    ShadowCase{address, "本町一〇二", "本町102"}, ShadowCase{address, "二十二", "22"},
                    ShadowCase{address, "十", "10"}, ShadowCase{address, "十十", "1010"},
                    ShadowCase{address, "二三十", "2310"}, ShadowCase{address, "大字上野123番地", "上野123"},
                    ShadowCase{address, "大大字字上野", "上野"},
                    ShadowCase{address, "千代田区三番町6-1", "千代田区3番町6-1"},
                    ShadowCase{address, "国道2号線沿", "国道2号線沿"},
                    ShadowCase{address, "メゾン101号室", "メゾン101"},
                    ShadowCase{address, "メゾン1号棟203号", "メゾン1-203"},
                    ShadowCase{address, "三鷹市下連雀", "3鷹市下連雀"},
                    ShadowCase{address, "丁目8番9号", "-8-9"}, ShadowCase{address, "番9号", "-9"},
                    ShadowCase{address, "番地", "番地"}, ShadowCase{address, "号", "号"},
                    ShadowCase{address, "東町1丁2-3", "東町1-2-3"}, ShadowCase{address, "八丁堀2", "8丁堀2"},
                    ShadowCase{address, "4の8の9", "4-8-9"}, ShadowCase{address, "井の頭5", "井ノ頭5"},
                    ShadowCase{address, "　", ""}));

struct FoundCase {
    std::string operand, text;
    bool found;
};
class AddressSearch : public testing::TestWithParam<FoundCase> {};

TEST_P(AddressSearch, FindsAPartHoweverItIsWritten) {
    const std::string text = shadow(ShadowKind::address, GetParam().text);
    const std::string operand = shadow(ShadowKind::address, GetParam().operand);
    EXPECT_EQ(text.find(operand) != text.npos, GetParam().found) << operand << " in " << text;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, AddressSearch,
    testing::Values(FoundCase{"四丁目", "東京都町田市桜ヶ丘4-8-9", true},
                    FoundCase{"4丁目8番", "桜ヶ丘4-8-9", true},
                    FoundCase{"が丘4", "桜ヶ丘四丁目8番9号", true}, FoundCase{"8番9号", "桜ヶ丘4-8-9", true},
                    FoundCase{"丁目8", "桜ヶ丘4-8-9", true}, FoundCase{"三番", "千代田区三番町6", true},
                    FoundCase{"本町1丁目", "本町10-2", false}, FoundCase{"大字上野", "小川町上野12", true},
                    FoundCase{"小川町上野", "小川町大字上野12", true},
                    FoundCase{"8の9", "桜ヶ丘4丁目8番9号", true}, FoundCase{"千代田", "東京都千代田区", true},
                    FoundCase{"三鷹", "東京都三鷹市", true}));

TEST(FoldTable, AgreesWithIcuOnEveryCodePoint) {
    for (char32_t point = 1; point <= 0x10FFFF; ++point) {
        if (point == 0x3400) point = 0x4DC0;  // kanji without a fold of their own: 2,000 of them are enough,
        if (point == 0x5800) point = 0x6580;  // the test would take seconds more
        if (point == 0xAC10) point = 0xD700;
        if (point == 0x21000) point = 0x2F700;
        if (point == 0x2FB00) point = 0x30000;
        if (point == 0x30100) point = 0xE0000;
        if (point == 0xE0200) point = 0x10FF00;
        std::string source = "ハ";
        append_utf8(source, point);
        ASSERT_EQ(fold_text(source), fold_text_with_icu(source)) << static_cast<std::uint32_t>(point);
    }
}

RC_GTEST_PROP(ShadowProperty, TheTableAgreesWithIcu, ()) {
    const std::string source = *test::any_text();
    RC_ASSERT(fold_text(source) == fold_text_with_icu(source));
}

RC_GTEST_PROP(ShadowProperty, IsIdempotent, ()) {
    const std::string source = *test::any_text();
    for (const auto kind : {text, mail, phone, digits, address}) {
        const std::string once = shadow(kind, source);
        RC_ASSERT(shadow(kind, once) == once);
    }
}

RC_GTEST_PROP(ShadowProperty, IgnoresSpacesWidthCaseAndKana, ()) {
    const auto katakana = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<char32_t>>(rc::gen::inRange<char32_t>(0x30A1, 0x30F7)));
    std::string plain;
    std::string hiragana;
    for (const char32_t point : katakana) {
        append_utf8(plain, point);
        append_utf8(hiragana, point - 0x60);
        hiragana += "　";
    }
    RC_ASSERT(shadow(text, plain) == shadow(text, hiragana));
}

}  // namespace
}  // namespace otokui::text
