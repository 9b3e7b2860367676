#include "staff/totp.hpp"

#include <gtest/gtest.h>

#include <set>

namespace otokui::staff::totp {
namespace {

// The secret of RFC 6238, appendix B; its codes have eight digits there, of which ours are the last six.
constexpr std::string_view kSeed = "12345678901234567890";

TEST(Totp, MakesTheCodesOfTheRfc) {
    const std::pair<std::int64_t, const char*> cases[] = {{59, "287082"},
                                                          {1'111'111'109, "081804"},
                                                          {1'111'111'111, "050471"},
                                                          {1'234'567'890, "005924"},
                                                          {2'000'000'000, "279037"},
                                                          {20'000'000'000, "353130"}};
    for (const auto& [seconds, code] : cases) EXPECT_EQ(code_at(kSeed, step_at({seconds * 1'000})), code);
}

TEST(Totp, TakesACodeOneStepEitherSideAndNoFurther) {
    const Moment now{1'800'000'000'000};
    const auto step = step_at(now);
    for (const int away : {-1, 0, 1})
        EXPECT_EQ(find_step(kSeed, code_at(kSeed, step + away), now, 0), step + away);
    for (const int away : {-2, 2})
        EXPECT_EQ(find_step(kSeed, code_at(kSeed, step + away), now, 0), std::nullopt);
}

TEST(Totp, TakesNoCodeTwiceNorAnEarlierOneAfterIt) {
    const Moment now{1'800'000'000'000};
    const auto step = step_at(now);
    EXPECT_EQ(find_step(kSeed, code_at(kSeed, step), now, step), std::nullopt);
    EXPECT_EQ(find_step(kSeed, code_at(kSeed, step - 1), now, step), std::nullopt);
    EXPECT_EQ(find_step(kSeed, code_at(kSeed, step + 1), now, step), step + 1);
}

TEST(Totp, OverlooksBlanksAndRefusesAnythingElse) {
    const Moment now{1'800'000'000'000};
    auto code = code_at(kSeed, step_at(now));
    EXPECT_TRUE(find_step(kSeed, code.substr(0, 3) + " " + code.substr(3), now, 0));
    for (const std::string& wrong : {std::string(), code.substr(1), code + "0", std::string("abcdef")})
        EXPECT_FALSE(find_step(kSeed, wrong, now, 0)) << wrong;
}

TEST(Totp, ShowsTheSeedForTypingAndForScanning) {
    EXPECT_EQ(readable_seed(kSeed), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    EXPECT_EQ(uri(kSeed, "青葉 茶舗", "hanako@example.jp"),
              "otpauth://totp/%E9%9D%92%E8%91%89%20%E8%8C%B6%E8%88%97:hanako%40example.jp"
              "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E9%9D%92%E8%91%89%20%E8%8C%B6%E8%88%97");
    EXPECT_TRUE(uri(kSeed, "", "x").starts_with("otpauth://totp/Otokui:x?"));
}

TEST(RecoveryCode, HasEightyBitsAndIsReadInAnyWriting) {
    std::set<std::string> made;
    for (int i = 0; i < 50; ++i) made.insert(fresh_recovery_code());
    EXPECT_EQ(made.size(), 50U);
    for (const auto& code : made) {
        ASSERT_EQ(code.size(), 19U);
        EXPECT_EQ(normalised_recovery_code(code)->size(), 16U);  // five bits each
    }
    EXPECT_EQ(normalised_recovery_code(" abcd-efgh jklm2345"), "ABCDEFGHJKLM2345");
    for (const char* wrong : {"", "ABCD-EFGH-JKLM-NPQ", "ABCD-EFGH-JKLM-NPQ1", "123456", "あ"})
        EXPECT_FALSE(normalised_recovery_code(wrong)) << wrong;
}

}  // namespace
}  // namespace otokui::staff::totp
