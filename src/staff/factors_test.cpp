#include "staff/factors.hpp"

#include <atomic>
#include <thread>

#include "staff/security.hpp"
#include "staff/staff_fixture.hpp"
#include "staff/totp.hpp"

namespace otokui::staff {
namespace {

using testing::SizeIs;

class StaffFactors : public Staff {
protected:
    // The seed out of the readable secret: what an authenticator app does.
    static std::string seed_of(const std::string& secret) {
        std::string seed;
        unsigned buffer = 0, bits = 0;
        for (const char c : secret) {
            if (c == ' ') continue;
            buffer = (buffer << 5U) | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            seed += static_cast<char>((buffer >> bits) & 0xFFU);
        }
        return seed;
    }
    std::string code() { return totp::code_at(seed_, totp::step_at(now_)); }
    TotpOn turn_on(const Account& account) {
        seed_ = seed_of(begin_totp(context_, acting(account)).secret);
        auto on = confirm_totp(context_, acting(account), kDesk, code());
        pass(seconds{60});
        return on;
    }
    std::string refused_confirm(const Account& account, SessionId session, const ShownFactor& shown) {
        return refusal([&] { confirm(context_, acting(account), session, shown); });
    }

    std::string seed_;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, StaffFactors, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(StaffFactors, AreTurnedOnByACodeOfTheSeedAndEndEverySession) {
    const auto hanako = add("hanako", Role::owner);
    const auto before = sign_in("hanako");
    const auto seed = begin_totp(context_, acting(hanako));
    seed_ = seed_of(seed.secret);
    EXPECT_NE(seed.uri.find("otpauth://totp/Otokui:hanako?secret="), std::string::npos);
    EXPECT_EQ(refusal([&] { confirm_totp(context_, acting(hanako), kDesk, "000000"); }), "totp.refused");
    EXPECT_FALSE(factor_state(journal_, hanako.id).is_on);
    const auto on = confirm_totp(context_, acting(hanako), kDesk, code());
    EXPECT_THAT(on.recovery_codes, SizeIs(10));
    EXPECT_TRUE(factor_state(journal_, hanako.id).is_on);
    EXPECT_FALSE(authenticator_.by_session(before.secret));
    EXPECT_TRUE(authenticator_.by_session(on.opened.secret));
    EXPECT_EQ(refusal([&] { confirm_totp(context_, acting(hanako), kDesk, code()); }), "totp.not_begun");
}

TEST_P(StaffFactors, SigningInAsksForTheCodeOnlyAfterTheRightPassword) {
    turn_on(add("hanako", Role::owner));
    EXPECT_EQ(refused_sign_in("hanako", kOther), "session.refused");
    EXPECT_EQ(refused_sign_in("hanako", kOther, kDesk, code()), "session.refused");
    EXPECT_EQ(refused_sign_in("hanako", kPassword), "session.otp_required");
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, "000000"), "session.otp_refused");
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, ""), "session.otp_refused");
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, code()), "");
}

TEST_P(StaffFactors, ACodeWorksOnceAndOneStepEitherSide) {
    turn_on(add("hanako", Role::owner));
    const auto early = totp::code_at(seed_, totp::step_at(now_) + 1);
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, early), "");
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, early), "session.otp_refused");
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, code()),
              "session.otp_refused");  // before a used one
    pass(seconds{60});
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, code()), "");
}

TEST_P(StaffFactors, TwoRequestsAtOnceCannotUseOneCode) {
    turn_on(add("hanako", Role::owner));
    const auto typed = code();
    std::atomic<int> entered = 0;
    {
        std::vector<std::jthread> both;
        for (int i = 0; i < 2; ++i)
            both.emplace_back(
                [&] { entered += refused_sign_in("hanako", kPassword, kDesk, typed).empty() ? 1 : 0; });
    }
    EXPECT_EQ(entered, 1);
}

TEST_P(StaffFactors, AWrongCodeCountsAsAFailureAndAMissingOneDoesNot) {
    turn_on(add("hanako", Role::owner));
    for (int i = 0; i < 8; ++i) EXPECT_EQ(refused_sign_in("hanako", kPassword), "session.otp_required");
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, "000000"), "session.otp_refused");
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, code()), "session.delayed");
}

TEST_P(StaffFactors, ARecoveryCodeSignsInOnce) {
    const auto hanako = add("hanako", Role::owner);
    const auto codes = turn_on(hanako).recovery_codes;
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, codes[3]), "");
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, codes[3]), "session.otp_refused");
    EXPECT_EQ(factor_state(journal_, hanako.id).recovery_codes, 9);
    const auto fresh = renew_recovery_codes(context_, acting(hanako));
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, codes[4]), "session.otp_refused");
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, fresh[0]), "");
}

TEST_P(StaffFactors, OfOnePersonDoNotHelpAnother) {
    turn_on(add("hanako", Role::owner));
    const auto code_of_hanako = code();
    const auto seed_of_hanako = seed_;
    const auto codes = turn_on(add("jiro", Role::operator_)).recovery_codes;
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk, codes[0]), "session.otp_refused");
    EXPECT_EQ(refused_sign_in("jiro", kPassword, kDesk, totp::code_at(seed_of_hanako, totp::step_at(now_))),
              "session.otp_refused");
}

TEST_P(StaffFactors, AreShownAgainByPasswordOrCode) {
    const auto hanako = add("hanako", Role::owner);
    const auto on = turn_on(hanako);
    const auto session = on.opened.session.id;
    EXPECT_EQ(refused_confirm(hanako, session, {.password = {}, .otp = "000000"}), "session.otp_refused");
    EXPECT_EQ(refused_confirm(hanako, session, {.password = kPassword, .otp = {}}), "");
    const auto typed = code();
    EXPECT_EQ(refused_confirm(hanako, session, {.password = {}, .otp = typed}), "");
    EXPECT_EQ(refused_confirm(hanako, session, {.password = {}, .otp = typed}), "session.otp_refused");
    EXPECT_EQ(refused_confirm(hanako, session, {.password = {}, .otp = on.recovery_codes[0]}), "");
}

TEST_P(StaffFactors, AreTurnedOffUnlessTheRoleRequiresThem) {
    const auto hanako = add("hanako", Role::owner);
    const auto on = turn_on(hanako);
    change_security(journal_, shell(), {}, {.totp_roles = {"owner"}});
    EXPECT_EQ(refusal([&] { turn_totp_off(context_, acting(hanako), kDesk); }), "totp.required");
    change_security(journal_, shell(), {}, {});
    const auto opened = turn_totp_off(context_, acting(hanako), kDesk);
    EXPECT_FALSE(authenticator_.by_session(on.opened.secret));
    EXPECT_TRUE(authenticator_.by_session(opened.secret));
    EXPECT_EQ(refused_sign_in("hanako", kPassword), "");
    EXPECT_EQ(refusal([&] { turn_totp_off(context_, acting(hanako), kDesk); }), "totp.off");
    EXPECT_EQ(refusal([&] { renew_recovery_codes(context_, acting(hanako)); }), "totp.off");
    EXPECT_EQ(count("SELECT count(*) FROM staff_recovery_code"), 0);
}

TEST_P(StaffFactors, AreRemovedForSomebodyWhoLostThem) {
    const auto admin = acting(add("admin", Role::admin));
    const auto jiro = add("jiro", Role::operator_), hanako = add("hanako", Role::owner);
    const auto on = turn_on(jiro);
    remove_totp(context_, admin, jiro.id);
    EXPECT_FALSE(authenticator_.by_session(on.opened.secret));
    EXPECT_EQ(refused_sign_in("jiro", kPassword), "");
    turn_on(hanako);
    EXPECT_EQ(refusal([&] { remove_totp(context_, admin, hanako.id); }), "staff.owner_only");
    EXPECT_EQ(refusal([&] { remove_totp(context_, acting(jiro), jiro.id); }), "forbidden");
}

TEST_P(StaffFactors, AResetOfThePasswordDoesNotSkipThem) {
    const auto hanako = add("hanako", Role::owner);
    turn_on(hanako);
    const auto link = make_password_link(context_, shell(), hanako.id).link;
    set_password_by_link(context_, link.secret, kOther, "");
    EXPECT_EQ(refused_sign_in("hanako", kOther), "session.otp_required");
}

TEST_P(StaffFactors, LieSealedOrDigestedAndNeverInTheJournal) {
    const auto hanako = add("hanako", Role::owner);
    const auto on = turn_on(hanako);
    const auto totp =
        db_.storage().read([&](storage::Transaction& tx) { return store::find_totp(tx, hanako.id); });
    ASSERT_TRUE(totp);
    const std::string stored(totp->seed.begin(), totp->seed.end());
    EXPECT_EQ(stored.find(seed_), std::string::npos);
    EXPECT_EQ(keys_.open_text(totp->seed, "staff.totp:" + std::to_string(hanako.id.value)), seed_);
    for (const auto& code : on.recovery_codes)
        EXPECT_EQ(count("SELECT count(*) FROM change WHERE new_values LIKE '%" + code + "%'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM change WHERE new_values LIKE '%seed%'"), 0);
}

TEST_P(StaffFactors, TellThePersonOfEveryChange) {
    std::vector<std::string> told;
    context_.notices.factor_changed = [&](core::Writer&, const Account& account, std::string_view factor) {
        told.push_back(account.login + " " + std::string(factor));
        return true;
    };
    context_.notices.new_place = [&](core::Writer&, const Account& account, const Origin& origin) {
        told.push_back(account.login + " from " + origin.ip);
        return true;
    };
    const auto hanako = add("hanako", Role::owner);
    sign_in("hanako");
    sign_in("hanako");
    sign_in("hanako", kPassword, kElsewhere);
    sign_in("hanako", kPassword, kElsewhere);
    turn_on(hanako);
    renew_recovery_codes(context_, acting(hanako));
    turn_totp_off(context_, acting(hanako), kDesk);
    change_password(context_, acting(hanako), kDesk, kPassword, kOther);
    EXPECT_EQ(told,
              (std::vector<std::string>{"hanako from 198.51.100.9", "hanako totp_on", "hanako recovery_codes",
                                        "hanako totp_off", "hanako password"}));
}

}  // namespace
}  // namespace otokui::staff
