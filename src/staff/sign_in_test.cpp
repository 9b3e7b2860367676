#include "staff/staff_fixture.hpp"
#include "staff/tokens.hpp"

namespace otokui::staff {
namespace {

using testing::SizeIs;

class StaffSignIn : public Staff {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, StaffSignIn, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(StaffSignIn, SignInOpensASessionThatIsFoundByItsSecretOnly) {
    add("hanako", Role::operator_);
    const auto opened = sign_in("hanako");
    const auto identity = authenticator_.by_session(opened.secret);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->account.login, "hanako");
    EXPECT_TRUE(identity->grant.rights->contains("customer.edit"));
    EXPECT_FALSE(identity->grant.rights->contains("import"));
    EXPECT_FALSE(authenticator_.by_session(opened.secret + "x"));
    EXPECT_FALSE(authenticator_.by_session(""));
    EXPECT_FALSE(authenticator_.by_token(opened.secret));
    EXPECT_NE(sign_in("hanako").secret, opened.secret);
}

TEST_P(StaffSignIn, UnknownWrongAndDisabledAreOneAnswer) {
    const Account jiro = add("jiro", Role::operator_);
    add("hanako", Role::owner);
    change_account(journal_, shell(), jiro.id, {}, {.is_disabled = true});
    EXPECT_EQ(refused_sign_in("nobody", kPassword), "session.refused");
    EXPECT_EQ(refused_sign_in("hanako", kOther), "session.refused");
    EXPECT_EQ(refused_sign_in("jiro", kPassword), "session.refused");
    EXPECT_EQ(refused_sign_in("hanako", ""), "session.refused");
}

TEST_P(StaffSignIn, FailuresDelayThatAccountFromThatAddressOnly) {
    add("hanako", Role::owner);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refused_sign_in("hanako", kOther), "session.refused");
    EXPECT_EQ(refused_sign_in("hanako", kPassword), "session.delayed");
    EXPECT_EQ(sign_in("hanako", kPassword, kElsewhere).account.login, "hanako");
    pass(seconds{2});
    EXPECT_EQ(refused_sign_in("hanako", kOther), "session.refused");
    pass(std::chrono::milliseconds{1'500});
    EXPECT_EQ(refused_sign_in("hanako", kPassword), "session.delayed");
    pass(seconds{2});
    sign_in("hanako");
    EXPECT_EQ(refused_sign_in("hanako", kOther), "session.refused");  // the count began anew
    EXPECT_EQ(count("SELECT count(*) FROM staff_failure"), 1);
}

TEST_P(StaffSignIn, UnknownLoginsAreDelayedAlike) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refused_sign_in("nobody", kOther), "session.refused");
    EXPECT_EQ(refused_sign_in("nobody", kOther), "session.delayed");
}

TEST_P(StaffSignIn, FailuresAreForgottenAfterFifteenMinutes) {
    add("hanako", Role::owner);
    for (int i = 0; i < 5; ++i) refused_sign_in("hanako", kOther);
    pass(minutes{15});
    EXPECT_EQ(refused_sign_in("hanako", kOther), "session.refused");
    EXPECT_EQ(count("SELECT count(*) FROM staff_failure"), 1);
}

TEST_P(StaffSignIn, ASessionEndsWhenIdleAndAClockSetBackDoesNotReviveIt) {
    add("hanako", Role::owner);
    const auto opened = sign_in("hanako"), seldom = sign_in("hanako");
    for (int i = 0; i < 3; ++i) {
        pass(minutes{20});
        EXPECT_TRUE(authenticator_.by_session(opened.secret));
    }
    EXPECT_FALSE(authenticator_.by_session(seldom.secret));
    pass(-hours{1});
    EXPECT_FALSE(authenticator_.by_session(seldom.secret));
}

TEST_P(StaffSignIn, ASessionNobodyLookedAtStaysOverWhenTheClockIsSetBack) {
    add("hanako", Role::owner);
    const auto opened = sign_in("hanako");
    pass(minutes{31});
    authenticator_.by_session("some other request tells the server the time");
    pass(-minutes{30});
    EXPECT_FALSE(authenticator_.by_session(opened.secret));
}

TEST_P(StaffSignIn, ASessionEndsAfterTwelveHoursHoweverBusy) {
    add("hanako", Role::owner);
    const auto opened = sign_in("hanako");
    for (int i = 0; i < 71; ++i) {
        pass(minutes{10});
        ASSERT_TRUE(authenticator_.by_session(opened.secret)) << i;
    }
    pass(minutes{10});
    EXPECT_FALSE(authenticator_.by_session(opened.secret));
}

TEST_P(StaffSignIn, ChangingThePasswordEndsEverySessionAndOpensAnother) {
    const Account jiro = add("jiro", Role::operator_);
    const auto here = sign_in("jiro"), there = sign_in("jiro", kPassword, kElsewhere);
    const auto change = [&](const std::string& old, const std::string& fresh) {
        return change_password(context_, acting(jiro), kDesk, old, fresh);
    };
    EXPECT_EQ(refusal([&] { change(kOther, kOther); }), "session.refused");
    EXPECT_EQ(refusal([&] { change(kPassword, "qwerty123456"); }), "staff.invalid");
    const auto opened = change(kPassword, kOther);
    EXPECT_FALSE(authenticator_.by_session(here.secret));
    EXPECT_FALSE(authenticator_.by_session(there.secret));
    EXPECT_TRUE(authenticator_.by_session(opened.secret));
}

TEST_P(StaffSignIn, AFactorIsFreshForTenMinutes) {
    const Account hanako = add("hanako", Role::owner);
    const auto opened = sign_in("hanako");
    pass(minutes{10});
    const auto session = [&] { return *authenticator_.by_session(opened.secret)->session; };
    EXPECT_EQ(refusal([&] { require_fresh(session(), now_); }), "session.not_fresh");
    EXPECT_EQ(refusal([&] {
                  confirm(context_, acting(hanako), opened.session.id, {.password = kOther, .otp = {}});
              }),
              "session.refused");
    EXPECT_EQ(confirm(context_, acting(hanako), opened.session.id, {.password = kPassword, .otp = {}}),
              now_ + kFreshTime);
    EXPECT_EQ(refusal([&] { require_fresh(session(), now_); }), "");
}

TEST_P(StaffSignIn, SeesAndEndsItsOwnSessions) {
    const Account jiro = add("jiro", Role::viewer);
    const auto first = sign_in("jiro"), second = sign_in("jiro"), third = sign_in("jiro");
    EXPECT_THAT(list_sessions(journal_, acting(jiro), jiro.id, 0, 10), SizeIs(3));
    end_session(journal_, acting(jiro), jiro.id, first.session.id);
    EXPECT_FALSE(authenticator_.by_session(first.secret));
    EXPECT_EQ(refusal([&] { end_session(journal_, acting(jiro), jiro.id, first.session.id); }),
              "session.not_found");
    end_sessions(journal_, acting(jiro), jiro.id, second.session.id);
    EXPECT_TRUE(authenticator_.by_session(second.secret));
    EXPECT_FALSE(authenticator_.by_session(third.secret));
}

TEST_P(StaffSignIn, NoSecretStandsInDatabaseOrJournalAsItWasGiven) {
    const Account hanako = add("hanako", Role::owner);
    const auto opened = sign_in("hanako");
    const auto token = make_token(journal_, acting(hanako), {hanako.id, "x"});
    const Link link = make_password_link(context_, acting(hanako), hanako.id).link;
    for (const std::string& secret : {kPassword, opened.secret, token.secret, link.secret})
        EXPECT_EQ(count("SELECT count(*) FROM change WHERE old_values LIKE '%" + secret +
                        "%' OR new_values LIKE '%" + secret + "%'"),
                  0);
    EXPECT_EQ(count("SELECT count(*) FROM change WHERE new_values LIKE '%argon2%'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM staff_password WHERE hash LIKE '$argon2id$%'"), 1);
}

TEST_P(StaffSignIn, SignInsBothWaysAreInTheJournal) {
    add("hanako", Role::owner);
    sign_in("hanako");
    refused_sign_in("hanako", kOther);
    EXPECT_EQ(count("SELECT count(*) FROM operation WHERE kind = 'session.sign_in' AND ip = '192.0.2.7'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM operation WHERE kind = 'session.refused' AND ip = '192.0.2.7'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM staff_event WHERE event = 'refused' AND staff_id IS NOT NULL"), 1);
}

// What an answer costs is its one hash: counted rather than timed, so that a busy machine changes nothing.
TEST_P(StaffSignIn, EveryRefusalCostsOneHash) {
    add("hanako", Role::owner);
    const Account jiro = add("jiro", Role::operator_);
    change_account(journal_, shell(), jiro.id, {}, {.is_disabled = true});
    add_account(context_, shell(), {"saburo", "三郎", "viewer"});  // no password yet
    const auto cost = [&](const std::string& login, const std::string& password) {
        const auto before = gate_.computed();
        EXPECT_EQ(refused_sign_in(login, password), "session.refused");
        return gate_.computed() - before;
    };
    EXPECT_EQ(cost("nobody", kPassword), 1);
    EXPECT_EQ(cost("hanako", kOther), 1);
    EXPECT_EQ(cost("jiro", kPassword), 1);
    EXPECT_EQ(cost("saburo", kPassword), 1);
}

}  // namespace
}  // namespace otokui::staff
