#include "base/text/encoding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text/cp932.hpp"
#include "base/text/text_generators.hpp"
#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

std::string to_utf8(std::string_view bytes) {
    std::string out;
    append_cp932_as_utf8(bytes, out);
    return out;
}

std::string to_cp932(std::string_view text) {
    std::string out;
    append_utf8_as_cp932(text, out);
    return out;
}

TEST(Cp932, ReadsWhatExcelWrites) {
    EXPECT_EQ(to_utf8("\x93\x63\x92\x86"), "田中");
    EXPECT_EQ(to_utf8("\xFB\xFC\xFA\xB1\x87\x40\x87\x56\x87\x8A"), "髙﨑①Ⅲ㈱");
    EXPECT_EQ(to_utf8("\xED\x95\xEE\xE0"), to_utf8("\xFA\xB1\xFB\xFC"));  // NEC's codes of the same kanji
    EXPECT_EQ(to_utf8("\x81\x60\x81\x61\x81\x7C\x81\x91\x81\x92\x81\xCA\x81\x5C\x81\x5F"), "～∥－￠￡￢―＼");
    EXPECT_EQ(to_utf8("a\\~\xC0\xC5\xB6\xDE"), "a\\~ﾀﾅｶﾞ");
    EXPECT_EQ(to_utf8("\xF0\x40"), "\uE000");  // 外字
}

TEST(Cp932, WritesWhatExcelReads) {
    EXPECT_EQ(to_cp932("田中"), "\x93\x63\x92\x86");
    EXPECT_EQ(to_cp932("髙﨑①Ⅲ㈱"), "\xFB\xFC\xFA\xB1\x87\x40\x87\x56\x87\x8A");
    EXPECT_EQ(to_cp932("～∥－￠￡￢―＼∪≒"),
              "\x81\x60\x81\x61\x81\x7C\x81\x91\x81\x92\x81\xCA\x81\x5C\x81\x5F\x81\xBE\x81\xE0");
    EXPECT_EQ(to_cp932("〜‖−¢£¬—¥"), "\x81\x60\x81\x61\x81\x7C\x81\x91\x81\x92\x81\xCA\x81\x5C\x81\x8F");
    EXPECT_EQ(to_cp932("a\\~ﾀﾞ"), "a\\~\xC0\xDE");
}

TEST(Cp932, NamesWhatItCannotHoldAndWritesAGetaMark) {
    std::string out;
    EXPECT_EQ(append_utf8_as_cp932("𠮷野😀é吉", out), (std::vector<char32_t>{0x20BB7, 0x1F600, 0xE9}));
    EXPECT_EQ(to_utf8(out), "〓野〓〓吉");
}

TEST(Cp932, GivesTheOffsetOfTheFirstBadByte) {
    std::string out;
    EXPECT_EQ(append_cp932_as_utf8("\x93\x63\x81", out), 2U);
    EXPECT_EQ(out, "田\uFFFD");
    out.clear();
    EXPECT_EQ(append_cp932_as_utf8("a\x80\xA0\xFD\xFF\x81\"b", out), 1U);
    EXPECT_EQ(out, "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\"b");
    EXPECT_EQ(append_cp932_as_utf8("\x93\x63", out), std::nullopt);
}

TEST(Cp932, EveryCharacterComesBack) {
    int characters = 0;
    for (int lead = 0x81; lead <= 0xFC; ++lead) {
        for (int trail = 0x40; trail <= 0xFC; ++trail) {
            const std::string bytes{static_cast<char>(lead), static_cast<char>(trail)};
            std::string text;
            if (!cp932::is_lead(static_cast<unsigned char>(lead)) || append_cp932_as_utf8(bytes, text))
                continue;
            ++characters;
            ASSERT_EQ(to_utf8(to_cp932(text)), text);
        }
    }
    EXPECT_EQ(characters, 9604);  // as many as Python's own table of cp932 has
}

struct DetectCase {
    std::string bytes;
    DetectedEncoding expected;
};
class Detect : public testing::TestWithParam<DetectCase> {};

TEST_P(Detect, TellsTheEncodingAndWhetherItIsSure) {
    EXPECT_EQ(detect_encoding(GetParam().bytes), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Cases, Detect,
                         testing::Values(DetectCase{"田中,太郎", {Encoding::utf8, true}},
                                         DetectCase{"\xEF\xBB\xBFname", {Encoding::utf8_bom, true}},
                                         DetectCase{"\xEF\xBB\xBF\x93\x63", {Encoding::utf8_bom, false}},
                                         DetectCase{"", {Encoding::utf8, false}},
                                         DetectCase{"a,b\r\n1,2", {Encoding::utf8, false}},
                                         DetectCase{"\x93\x63\x92\x86,1", {Encoding::cp932, true}},
                                         DetectCase{"田\xE4\xB8", {Encoding::utf8, true}},
                                         DetectCase{"\x93\x63\x92", {Encoding::cp932, true}},
                                         DetectCase{"\xC0\xC5\xB6", {Encoding::cp932, false}},
                                         DetectCase{"\xFF\xFE\x6E\x00", {Encoding::utf8, false}},
                                         DetectCase{"\xC5\xC4\xC3\xE6\xC2\xC0\xCF\xBA",
                                                    {Encoding::cp932, false}},  // EUC-JP
                                         DetectCase{"\xFF\xFF\x80", {Encoding::utf8, false}}));

RC_GTEST_PROP(EncodingProperty, ChunksMakeNoDifference, (const std::string& bytes, bool utf8)) {
    const Encoding encoding = utf8 ? Encoding::utf8 : Encoding::cp932;
    Decoder whole(encoding);
    std::string expected;
    whole.push(bytes, expected);
    whole.finish(expected);

    Decoder pieces(encoding);
    EncodingDetector detector;
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto length = *rc::gen::inRange<std::size_t>(1, 5);
        pieces.push(std::string_view(bytes).substr(at, length), out);
        detector.push(std::string_view(bytes).substr(at, length));
        at += length;
    }
    pieces.finish(out);
    RC_ASSERT(out == expected);
    RC_ASSERT(pieces.invalid_count() == whole.invalid_count());
    RC_ASSERT(pieces.first_invalid() == whole.first_invalid());
    RC_ASSERT(detector.result() == detect_encoding(bytes));
    RC_ASSERT(bytes.find('\0') != bytes.npos || is_valid_utf8(out));
}

RC_GTEST_PROP(EncodingProperty, ATextComesBackUnlessItsLossIsReported, ()) {
    const std::string text = *test::any_text();
    std::string bytes;
    if (append_utf8_as_cp932(text, bytes).empty()) {
        std::string again;
        append_utf8_as_cp932(to_utf8(bytes), again);
        RC_ASSERT(again == bytes);
    }
    RC_ASSERT(bytes.find('?') == bytes.npos || text.find('?') != text.npos);
}

TEST(DecoderTest, DropsTheByteOrderMarkHoweverItArrives) {
    for (const Encoding encoding : {Encoding::utf8, Encoding::utf8_bom}) {
        Decoder decoder(encoding);
        std::string out;
        for (const char byte : std::string("\xEF\xBB\xBF\x61\xEF\xBB\xBF")) decoder.push({&byte, 1}, out);
        decoder.finish(out);
        EXPECT_EQ(out, "a\uFEFF");
        EXPECT_EQ(decoder.invalid_count(), 0U);
    }
}

}  // namespace
}  // namespace otokui::text
