#include "search/match.hpp"

#include <gtest/gtest.h>

namespace otokui::search {
namespace {

Match word(const std::string& tokens, bool is_prefix = false) { return match_of({tokens, is_prefix}); }

TEST(Match, IsSaidToBothEngines) {
    const auto both = *match_all({word("n田中"), word("n中太", true)});
    EXPECT_EQ(both.expression, R"(("n田中" AND "n中太"*))");
    EXPECT_EQ(tsquery_of(both.expression), "((n田中) & (n中太:*))");
    const auto without = *match_all({word("n田中 n中太"), negated(word("k1")), negated(word("k2 k3"))});
    EXPECT_EQ(tsquery_of(without.expression), "((n田中 & n中太) & !((k1) | (k2 & k3)))");
    const auto either = *match_any({word("a"), word("b")});
    EXPECT_EQ(tsquery_of(either.expression), "((a) | (b))");
}

}  // namespace
}  // namespace otokui::search
