#include "staff/security.hpp"

#include "staff/factors.hpp"
#include "staff/roles.hpp"
#include "staff/staff_fixture.hpp"

namespace otokui::staff {
namespace {

using testing::ElementsAre;

class StaffSecurity : public Staff {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, StaffSecurity, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(StaffSecurity, LetsInFromEverywhereUntilAListSaysOtherwise) {
    const auto hanako = acting(add("hanako", Role::owner));
    const auto there = sign_in("hanako", kPassword, kElsewhere);
    change_security(journal_, hanako, {}, {.allowed_networks = {"192.0.2.0/24"}});
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kElsewhere), "session.ip_refused");
    EXPECT_EQ(refused_sign_in("hanako", kOther, kElsewhere),
              "session.ip_refused");  // the password is not looked at
    EXPECT_EQ(refused_sign_in("hanako", kPassword, kDesk), "");
    EXPECT_TRUE(authenticator_.by_session(there.secret, kElsewhere.ip)->is_address_refused);
    EXPECT_FALSE(authenticator_.by_session(there.secret, kDesk.ip)->is_address_refused);
}

TEST_P(StaffSecurity, AListThatShutsOutWhoeverSavesItIsRefusedAndTheShellOpensAll) {
    const auto hanako = acting(add("hanako", Role::owner));
    EXPECT_EQ(
        refusal([&] { change_security(journal_, hanako, {}, {.allowed_networks = {"203.0.113.0/24"}}); }),
        "settings.locks_out");
    change_security(journal_, shell(), {},
                    {.allowed_networks = {"203.0.113.0/24"}});  // the shell has no address
    EXPECT_EQ(refused_sign_in("hanako", kPassword), "session.ip_refused");
    allow_everywhere(journal_, shell());
    EXPECT_EQ(refused_sign_in("hanako", kPassword), "");
}

TEST_P(StaffSecurity, ARoleThatRequiresASecondFactorLeavesOnlyItsSetup) {
    const auto hanako = add("hanako", Role::owner);
    change_security(journal_, shell(), {}, {.totp_roles = {"owner"}});
    EXPECT_TRUE(authenticator_.by_session(sign_in("hanako").secret)->must_set_up_totp);
    EXPECT_TRUE(factor_state(journal_, hanako.id).is_required);
    add("jiro", Role::viewer);
    EXPECT_FALSE(authenticator_.by_session(sign_in("jiro").secret)->must_set_up_totp);
}

TEST_P(StaffSecurity, EndsSessionsSoonerWhereTheShopSaysSo) {
    add("hanako", Role::owner);
    const auto before = sign_in("hanako");
    change_security(
        journal_, shell(), {},
        {.times = SessionTimes{.idle = std::chrono::minutes(10), .whole = std::chrono::hours(1)}});
    pass(std::chrono::minutes(9));
    EXPECT_TRUE(authenticator_.by_session(before.secret));
    pass(std::chrono::minutes(10));
    EXPECT_FALSE(authenticator_.by_session(before.secret)) << "from the next request on, older sessions too";
    const auto session = sign_in("hanako");
    EXPECT_EQ((ends_at(session.session) - session.session.created_at).count(),
              std::chrono::milliseconds(std::chrono::hours(1)).count());
    for (int i = 0; i < 6; ++i) {
        pass(std::chrono::minutes(9));
        EXPECT_TRUE(authenticator_.by_session(session.secret));
    }
    pass(std::chrono::minutes(6));
    EXPECT_FALSE(authenticator_.by_session(session.secret)) << "an hour in any case";
    change_security(journal_, shell(), {}, {});
    EXPECT_EQ(db_.storage().read(read_security).times->idle, std::chrono::minutes(10)) << "absent: as it was";
}

TEST_P(StaffSecurity, ForgetsRolesThatWereDeletedAndRefusesUnknownOnes) {
    const auto role = add_role(journal_, shell(), {"受付", {"customer.read"}}).role.id;
    change_security(journal_, shell(), {}, {.totp_roles = {role, "admin"}});
    delete_role(journal_, shell(), role, {});
    EXPECT_THAT(db_.storage().read(read_security).totp_roles, ElementsAre("admin"));
    EXPECT_EQ(refusal([&] { change_security(journal_, shell(), {}, {.totp_roles = {role}}); }),
              "settings.invalid");
}

TEST_P(StaffSecurity, IsChangedUnderItsVersion) {
    change_security(journal_, shell(), 1, {.totp_roles = {"admin"}});
    EXPECT_EQ(refusal([&] { change_security(journal_, shell(), 1, {}); }), "settings.stale");
    const auto version = change_security(journal_, shell(), {}, {.totp_roles = {"owner"}}).security.version;
    EXPECT_EQ(refusal([&] { change_security(journal_, shell(), version - 1, {}); }), "settings.stale");
    const auto jiro = acting(add("jiro", Role::operator_));
    EXPECT_EQ(refusal([&] { change_security(journal_, jiro, {}, {}); }), "forbidden");
}

TEST_P(StaffSecurity, NamesEveryNetworkThatIsNone) {
    try {
        security_of(
            json::parse(R"({"allowed_networks":["192.0.2.0/24","192.0.2.7/24","x"],"totp_roles":[]})"));
        FAIL() << "not refused";
    } catch (const Refused& refused) {
        ASSERT_EQ(refused.problem().fields.size(), 2U);
        EXPECT_EQ(refused.problem().fields[0].pointer, "/allowed_networks/1");
        EXPECT_EQ(refused.problem().fields[1].code, "not_a_network");
    }
}

}  // namespace
}  // namespace otokui::staff
