#include "staff/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otokui::staff {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> told(const std::vector<FieldError>& errors) {
    std::vector<std::string> lines;
    for (const auto& error : errors) lines.push_back(error.pointer + " " + error.code);
    return lines;
}

struct AccountCase {
    const char* name;
    NewAccount input;
    std::vector<std::string> errors;
};

class AccountCheck : public testing::TestWithParam<AccountCase> {};

TEST_P(AccountCheck, NamesEveryWrongField) { EXPECT_EQ(told(check(GetParam().input)), GetParam().errors); }

INSTANTIATE_TEST_SUITE_P(
    Cases, AccountCheck,
    testing::Values(AccountCase{"Good", {"hanako", "青木 花子"}, {}},
                    AccountCase{"MailAddress", {"jiro+desk@aoba-cha.example.jp", "次郎"}, {}},
                    AccountCase{"Empty", {"", ""}, {"/name required", "/login required"}},
                    AccountCase{"LongestLogin", {std::string(64, 'a'), "x"}, {}},
                    AccountCase{"LoginTooLong", {std::string(65, 'a'), "x"}, {"/login too_long"}},
                    AccountCase{"UpperCase", {"Hanako", "x"}, {"/login bad_character"}},
                    AccountCase{"FullWidth", {"ｈａｎａ", "x"}, {"/login bad_character"}},
                    AccountCase{"Space", {"hana ko", "x"}, {"/login bad_character"}},
                    AccountCase{"LineInName", {"a", "x\ny"}, {"/name bad_character"}}),
    [](const auto& i) { return std::string(i.param.name); });

TEST(StaffName, CountsCharactersNotBytes) {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "髙";
    EXPECT_THAT(told(check_name(name, "/name")), IsEmpty());
    EXPECT_THAT(told(check_name(name + "髙", "/name")), ElementsAre("/name too_long"));
}

struct PasswordCase {
    const char* name;
    std::string password;
    std::vector<std::string> errors;
};

class PasswordCheck : public testing::TestWithParam<PasswordCase> {};

TEST_P(PasswordCheck, TellsWhatIsWrong) {
    EXPECT_EQ(told(check_password(GetParam().password, "/password")), GetParam().errors);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, PasswordCheck,
    testing::Values(PasswordCase{"TwelveKana", "おにぎりをたべるはなこ。", {}},
                    PasswordCase{"ElevenLetters", "kx7-pq2-wm4", {"/password too_short"}},
                    PasswordCase{"OneKindOfLetters", "correcthorsebattery", {}},
                    PasswordCase{"Spaces", "     a b     ", {}},
                    PasswordCase{"Empty", "", {"/password required"}},
                    PasswordCase{"Longest", std::string(127, 'k') + "x", {}},
                    PasswordCase{"TooLong", std::string(128, 'k') + "x", {"/password too_long"}},
                    PasswordCase{"Common", "qwerty123456", {"/password password_common"}},
                    PasswordCase{"CommonInUpperCase", "QWERTY123456", {"/password password_common"}},
                    PasswordCase{"FirstOfTheList", "!!!gerard!!!", {"/password password_common"}},
                    PasswordCase{"LastOfTheList", "~sonyxperiaz2013~", {"/password password_common"}},
                    PasswordCase{"NextToACommonOne", "qwerty123456!x", {}}),
    [](const auto& i) { return std::string(i.param.name); });

TEST(Password, IsComposedOnceAndNothingElse) {
    EXPECT_EQ(normalised_password("か\u3099"), "が");    // two code points on a Mac, one elsewhere
    EXPECT_EQ(normalised_password("ﾊﾅｺ Ａ"), "ﾊﾅｺ Ａ");  // NFKC would fold these
    EXPECT_EQ(normalised_password(" Aa "), " Aa ");
}

TEST(SignInDelay, GrowsAfterTheFifthFailureAndStopsAtFiveMinutes) {
    EXPECT_EQ(delay_after(0).count(), 0);
    EXPECT_EQ(delay_after(4).count(), 0);
    EXPECT_EQ(delay_after(5).count(), 1);
    EXPECT_EQ(delay_after(6).count(), 2);
    EXPECT_EQ(delay_after(9).count(), 16);
    EXPECT_EQ(delay_after(1000).count(), 300);
}

constexpr Moment kNoon{1'800'000'000'000};

Session session_opened(Moment created, Moment used) {
    return {.id = {1},
            .staff = {1},
            .created_at = created,
            .last_used_at = used,
            .fresh_at = created,
            .ip = "",
            .user_agent = ""};
}

TEST(SessionLife, EndsThirtyMinutesAfterTheLastUse) {
    const auto session = session_opened(kNoon, kNoon + minutes{5});
    EXPECT_FALSE(is_over(session, kNoon + minutes{34}));
    EXPECT_TRUE(is_over(session, kNoon + minutes{35}));
}

TEST(SessionLife, EndsTwelveHoursAfterItBeganHoweverBusy) {
    const auto session = session_opened(kNoon, kNoon + hours{11} + minutes{59});
    EXPECT_FALSE(is_over(session, kNoon + hours{11} + minutes{59}));
    EXPECT_TRUE(is_over(session, kNoon + hours{12}));
}

TEST(SessionLife, AClockSetBackBehindItsUseEndsIt) {
    const auto session = session_opened(kNoon, kNoon + minutes{20});
    EXPECT_FALSE(is_over(session, kNoon + minutes{16}));
    EXPECT_TRUE(is_over(session, kNoon + minutes{14}));
}

TEST(CsrfToken, BelongsToOneSession) {
    const std::string secret(43, 's'), other(43, 't');
    EXPECT_EQ(csrf_token(secret), csrf_token(secret));
    EXPECT_NE(csrf_token(secret), csrf_token(other));
    EXPECT_EQ(csrf_token(secret).find(secret), std::string::npos);
}

}  // namespace
}  // namespace otokui::staff
