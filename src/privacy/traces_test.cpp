#include "privacy/traces.hpp"

#include <gtest/gtest.h>

namespace otokui::privacy {
namespace {

TEST(Traces, AreFoundHoweverTheyAreWritten) {
    Traces traces;
    traces.add("09012345678", 4);
    traces.add("佐藤 ハナコ", 3);
    traces.add("Hanako@example.jp", 4);
    for (const auto* text : {"09012345678", "090-1234-5678", "（０９０）１２３４－５６７８",
                             "+81 90 1234 5678", "+81(0)90-1234-5678", R"({"value":"佐藤　はなこ"})",
                             "佐藤ﾊﾅｺさんの依頼", "ＨＡＮＡＫＯ＠example.jp"})
        EXPECT_TRUE(traces.stand_in(text)) << text;
    for (const auto* text : {"", "0901234567", "佐藤", "anako@example.jp"})
        EXPECT_FALSE(traces.stand_in(text)) << text;
}

TEST(Traces, AreNotWhatHasTooFewLetters) {
    Traces traces;
    traces.add("----", 4);
    traces.add("森 一", 3);
    EXPECT_FALSE(traces.stand_in("森一 ----"));
}

}  // namespace
}  // namespace otokui::privacy
