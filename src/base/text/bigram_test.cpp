#include "base/text/bigram.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text/shadow.hpp"
#include "base/text/text_generators.hpp"

namespace otokui::text {
namespace {

std::vector<std::string> split(const std::string& tokens) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin < tokens.size()) {
        const std::size_t end = std::min(tokens.find(' ', begin), tokens.size());
        parts.push_back(tokens.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

// What the index does with a phrase.
bool matches(const std::string& tokens, const Phrase& phrase) {
    const auto document = split(tokens);
    if (!phrase.prefix.empty()) {
        return std::any_of(document.begin(), document.end(),
                           [&](const std::string& token) { return token.starts_with(phrase.prefix); });
    }
    return std::search(document.begin(), document.end(), phrase.tokens.begin(), phrase.tokens.end()) !=
           document.end();
}

TEST(Bigram, EncodesPairsAsEightLettersBetweenTheSentinels) {
    EXPECT_EQ(document_tokens("ab"), "nvng002p 002p002q 002qnvnh");
    EXPECT_EQ(document_tokens(""), "");
}

TEST(Bigram, PhraseOfOneCodePointIsAPrefix) {
    const Phrase one = phrase("a", Anchor::none);
    EXPECT_EQ(one.prefix, "002p");
    EXPECT_TRUE(one.tokens.empty());
    EXPECT_TRUE(phrase("a", Anchor::start).prefix.empty());
    EXPECT_EQ(phrase("a", Anchor::start).tokens.size(), 1U);
    EXPECT_EQ(phrase("a", Anchor::both).tokens.size(), 2U);
}

TEST(Bigram, PhraseDoesNotReachOverTwoValues) {
    std::string tokens = document_tokens("ab");
    append_document_tokens(tokens, "cd");
    append_document_tokens(tokens, "");
    EXPECT_TRUE(matches(tokens, phrase("cd", Anchor::both)));
    EXPECT_TRUE(matches(tokens, phrase("ab", Anchor::both)));
    EXPECT_FALSE(matches(tokens, phrase("bc", Anchor::none)));
    EXPECT_FALSE(matches(tokens, phrase("abcd", Anchor::none)));
}

// Few letters, so that operands do occur.
rc::Gen<std::string> short_text() {
    return rc::gen::map(
        rc::gen::container<std::vector<char32_t>>(rc::gen::elementOf(std::u32string(U"ab田𠮷"))),
        [](const std::vector<char32_t>& points) {
            std::string text;
            for (const char32_t point : points) append_utf8(text, point);
            return text;
        });
}

RC_GTEST_PROP(BigramProperty, PhraseOccursExactlyWhereTheOperandDoes, ()) {
    const std::string text = *short_text();
    const std::string operand = *rc::gen::nonEmpty(short_text());
    const std::string tokens = document_tokens(text);
    RC_ASSERT(matches(tokens, phrase(operand, Anchor::none)) == (text.find(operand) != text.npos));
    RC_ASSERT(matches(tokens, phrase(operand, Anchor::start)) == text.starts_with(operand));
    RC_ASSERT(matches(tokens, phrase(operand, Anchor::end)) == text.ends_with(operand));
    RC_ASSERT(matches(tokens, phrase(operand, Anchor::both)) == (text == operand));
}

RC_GTEST_PROP(BigramProperty, EveryShadowIsFoundByItself, ()) {
    const std::string once = shadow(ShadowKind::text, *test::any_text());
    RC_PRE(!once.empty());
    RC_ASSERT(matches(document_tokens(once), phrase(once, Anchor::both)));
    for (const char letter : document_tokens(once)) {
        RC_ASSERT(letter == ' ' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z'));
    }
}

}  // namespace
}  // namespace otokui::text
