#include "storage/placeholders.hpp"

#include <gtest/gtest.h>

namespace otokui::storage {
namespace {

struct PlaceholderCase {
    const char* name;
    const char* sql;
    const char* expected;
    int count;
};
class Placeholders : public testing::TestWithParam<PlaceholderCase> {};
TEST_P(Placeholders, AreNumberedOutsideOfQuotesAndComments) {
    const auto result = number_placeholders(GetParam().sql);
    EXPECT_EQ(result.sql, GetParam().expected);
    EXPECT_EQ(result.count, GetParam().count);
}
INSTANTIATE_TEST_SUITE_P(
    Cases, Placeholders,
    testing::Values(PlaceholderCase{"None", "SELECT 1", "SELECT 1", 0},
                    PlaceholderCase{"Two", "a = ? AND b IN (?)", "a = $1 AND b IN ($2)", 2},
                    PlaceholderCase{"String", "'?' || ?", "'?' || $1", 1},
                    PlaceholderCase{"DoubledQuote", "'it''s ?' || ?", "'it''s ?' || $1", 1},
                    PlaceholderCase{"Backslash", "'\\' || ?", "'\\' || $1", 1},
                    PlaceholderCase{"QuotedName", "\"a?\" = ?", "\"a?\" = $1", 1},
                    PlaceholderCase{"LineComment", "-- ?\n?", "-- ?\n$1", 1},
                    PlaceholderCase{"LineCommentAtTheEnd", "? -- ?", "$1 -- ?", 1},
                    PlaceholderCase{"NestedComment", "/* ? /* ? */ ? */ ?", "/* ? /* ? */ ? */ $1", 1},
                    PlaceholderCase{"DollarQuote", "$$ ? $$ ?", "$$ ? $$ $1", 1},
                    PlaceholderCase{"TaggedDollarQuote", "$f$ $$ ? $f$ ?", "$f$ $$ ? $f$ $1", 1},
                    PlaceholderCase{"Minus", "? - ?", "$1 - $2", 2},
                    PlaceholderCase{"Divided", "? / ?", "$1 / $2", 2},
                    PlaceholderCase{"OpenString", "? 'a ?", "$1 'a ?", 1},
                    PlaceholderCase{"OpenComment", "? /* ?", "$1 /* ?", 1}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace otokui::storage
