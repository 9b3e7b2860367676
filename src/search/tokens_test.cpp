#include "search/tokens.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <sstream>
#include <vector>

#include "base/text/utf8.hpp"

namespace otokui::search {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

bool matches(const std::string& document, const Phrase& phrase) {
    const auto tokens = split(document), wanted = split(phrase.tokens);
    for (std::size_t at = 0; at + wanted.size() <= tokens.size(); ++at) {
        bool all = true;
        for (std::size_t i = 0; i < wanted.size() && all; ++i) {
            const bool prefix = phrase.is_prefix && i + 1 == wanted.size();
            all = prefix ? tokens[at + i].starts_with(wanted[i]) : tokens[at + i] == wanted[i];
        }
        if (all) return true;
    }
    return false;
}

std::string document(std::string_view shadow) {
    std::string tokens;
    append_tokens(tokens, 'n', shadow);
    return tokens;
}

TEST(Tokens, ArePairsOfKanjiAndFoursOfDigits) {
    EXPECT_EQ(document("田中-12"), "nze田 n田中 n中zc nzc12zf n12zf n2zf");
    EXPECT_EQ(document(""), "");
}

TEST(Tokens, OfFourDigitsAreOneLookUp) {
    EXPECT_EQ(phrase('p', "5678", Anchor::none).tokens, "p5678");
    EXPECT_TRUE(phrase('p', "5678", Anchor::none).is_single());
    EXPECT_FALSE(phrase('p', "5678", Anchor::none).is_prefix);
    EXPECT_TRUE(phrase('p', "567", Anchor::none).is_prefix);
    EXPECT_EQ(phrase('p', "78", Anchor::end).tokens, "p78zf");
    EXPECT_FALSE(phrase('p', "78", Anchor::end).is_prefix);
}

TEST(Tokens, OfADomainAreOneLookUp) {
    EXPECT_EQ(phrase('e', "@soft.jp", Anchor::none).tokens, "ezbsoftzajp");
    EXPECT_TRUE(phrase('e', "@soft.jp", Anchor::none).is_prefix);
    EXPECT_EQ(phrase('e', "@soft.jp", Anchor::end).tokens, "ezbsoftzajpzf");
    EXPECT_FALSE(phrase('e', "taro@", Anchor::none).is_prefix) << "it would stand for every domain";
    // Longer than a window: the windows behind it go on.
    const auto longest = "@" + std::string(80, 'x') + ".jp";
    EXPECT_FALSE(phrase('e', longest, Anchor::none).is_single());
    EXPECT_TRUE(matches(document("a" + longest), phrase('n', longest, Anchor::end)));
    EXPECT_FALSE(matches(document("a" + longest + "a"), phrase('n', longest, Anchor::end)));
}

// Few letters of every kind, so that operands are often found.
rc::Gen<std::string> any_shadow() {
    return rc::gen::map(rc::gen::container<std::vector<char32_t>>(
                            rc::gen::elementOf(std::u32string(U"12az.-@_~田中\U00020BB7ア"))),
                        [](const std::vector<char32_t>& points) {
                            std::string text;
                            for (const auto point : points) text::append_utf8(text, point);
                            return text;
                        });
}

RC_GTEST_PROP(Tokens, FindWhatTheTextItselfHas, ()) {
    const auto value = *any_shadow();
    const auto operand = *rc::gen::nonEmpty(any_shadow());
    const auto tokens = document(value);
    RC_ASSERT(matches(tokens, phrase('n', operand, Anchor::none)) ==
              (value.find(operand) != std::string::npos));
    RC_ASSERT(matches(tokens, phrase('n', operand, Anchor::start)) == value.starts_with(operand));
    RC_ASSERT(matches(tokens, phrase('n', operand, Anchor::end)) == value.ends_with(operand));
    RC_ASSERT(matches(tokens, phrase('n', operand, Anchor::both)) == (value == operand));
}

RC_GTEST_PROP(Tokens, FindEveryPartOfAValue, ()) {
    const auto head = *any_shadow(), part = *rc::gen::nonEmpty(any_shadow()), tail = *any_shadow();
    RC_ASSERT(matches(document(head + part + tail), phrase('n', part, Anchor::none)));
    RC_ASSERT(matches(document(part + tail), phrase('n', part, Anchor::start)));
    RC_ASSERT(matches(document(head + part), phrase('n', part, Anchor::end)));
    RC_ASSERT(!matches(document(head + part), phrase('m', part, Anchor::none)));
}

}  // namespace
}  // namespace otokui::search
