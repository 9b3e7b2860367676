#include "base/text/utf8.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text/text_generators.hpp"

namespace otokui::text {
namespace {

struct InvalidCase {
    const char* name;
    std::string text;
    std::size_t offset;
};
class InvalidUtf8 : public testing::TestWithParam<InvalidCase> {};

TEST_P(InvalidUtf8, IsFoundAtItsFirstByte) {
    EXPECT_EQ(find_invalid_utf8(GetParam().text), GetParam().offset);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, InvalidUtf8,
    testing::Values(InvalidCase{"Nul", std::string("ab\0c", 4), 2}, InvalidCase{"LoneTail", "a\x80", 1},
                    InvalidCase{"OverlongSlash", "\xC0\xAF", 0},
                    InvalidCase{"OverlongOfThree", "\xE0\x80\xAF", 0},
                    InvalidCase{"OverlongOfFour", "\xF0\x80\x80\xAF", 0},
                    InvalidCase{"Surrogate", "x\xED\xA0\x80", 1},
                    InvalidCase{"AboveUnicode", "\xF4\x90\x80\x80", 0},
                    InvalidCase{"CutKanji", "田\xE4\xB8", 3}, InvalidCase{"CutEmoji", "\xF0\x9F\x98", 0},
                    InvalidCase{"ShiftJis", "\x93\x63\x92\x86", 0}, InvalidCase{"ByteFF", "abc\xFF", 3}),
    [](const auto& info) { return info.param.name; });

TEST(Utf8, TakesEveryCodePointButNulAndSurrogates) {
    for (char32_t point = 1; point <= 0x10FFFF; ++point) {
        if (point >= 0xD800 && point <= 0xDFFF) continue;
        std::string text;
        append_utf8(text, point);
        ASSERT_TRUE(is_valid_utf8(text)) << static_cast<std::uint32_t>(point);
        std::size_t at = 0;
        ASSERT_EQ(next_code_point(text, at), point);
        ASSERT_EQ(at, text.size());
    }
}

TEST(Utf8, WritesSurrogatesAsTheReplacementCharacter) {
    std::string text;
    append_utf8(text, 0xD800);
    append_utf8(text, 0x110000);
    EXPECT_EQ(text, "\uFFFD\uFFFD");
}

TEST(Utf8, CountsAndCutsByCodePoints) {
    const std::string text = "a田𠮷😀";
    EXPECT_EQ(code_point_count(text), 4U);
    EXPECT_EQ(first_code_points(text, 0), "");
    EXPECT_EQ(first_code_points(text, 2), "a田");
    EXPECT_EQ(first_code_points(text, 4), text);
    EXPECT_EQ(first_code_points(text, 99), text);
}

TEST(Utf8, NeverCutsACodePointAtAByteLimit) {
    const std::string text = "a田𠮷";
    EXPECT_EQ(first_bytes(text, 0), "");
    EXPECT_EQ(first_bytes(text, 3), "a");
    EXPECT_EQ(first_bytes(text, 4), "a田");
    EXPECT_EQ(first_bytes(text, 7), "a田");
    EXPECT_EQ(first_bytes(text, 8), text);
}

RC_GTEST_PROP(Utf8Property, WalksToTheEndOfAnyBytes, (const std::string& bytes)) {
    std::size_t count = 0;
    for (const char32_t point : CodePoints(bytes)) {
        RC_ASSERT(point <= 0x10FFFFU);
        ++count;
    }
    RC_ASSERT(count == code_point_count(bytes));
}

RC_GTEST_PROP(Utf8Property, ReadsBackWhatItWrote, ()) {
    const std::string text = *test::any_text();
    std::string copy;
    for (const char32_t point : CodePoints(text)) append_utf8(copy, point);
    RC_ASSERT(copy == text);
    RC_ASSERT(is_valid_utf8(text));
}

}  // namespace
}  // namespace otokui::text
