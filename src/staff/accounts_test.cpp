#include <atomic>
#include <thread>

#include "staff/staff_fixture.hpp"
#include "staff/tokens.hpp"

namespace otokui::staff {
namespace {

class StaffAccounts : public Staff {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, StaffAccounts, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(StaffAccounts, TheRegistryKnowsEveryTableAndColumn) {
    for (const auto& difference : core::schema_differences(registry_, db_.storage()))
        EXPECT_EQ(difference.find("staff"), std::string::npos) << difference;
}

TEST_P(StaffAccounts, SetUpMakesTheFirstOwnerByALinkThatWorksOnce) {
    EXPECT_FALSE(is_set_up(journal_));
    const auto set_up_with = [&](const std::string& secret) {
        return journal_.write({.actor = core::system_actor("setup"), .kind = "shop.set_up"},
                              [&](core::Writer& writer) {
                                  return staff::set_up(writer, {secret, "hanako", "青木 花子", kPassword},
                                                       gate_.hash(kPassword));
                              });
    };
    const Link stale = make_setup_link(journal_);
    const Link link = make_setup_link(journal_);
    EXPECT_EQ(refusal([&] { set_up_with(stale.secret); }), "link.invalid");
    EXPECT_EQ(refusal([&] { set_up_with("no secret"); }), "link.invalid");
    set_up_with(link.secret);
    EXPECT_TRUE(is_set_up(journal_));
    EXPECT_EQ(sign_in("hanako").account.role, "owner");
    EXPECT_EQ(refusal([&] { set_up_with(link.secret); }), "setup.done");
    EXPECT_EQ(refusal([&] { make_setup_link(journal_); }), "setup.done");
}

TEST_P(StaffAccounts, ASetupLinkEndsAfterADay) {
    const Link link = make_setup_link(journal_);
    pass(hours{24});
    EXPECT_EQ(refusal([&] {
                  journal_.write({.actor = core::system_actor("setup"), .kind = "shop.set_up"},
                                 [&](core::Writer& writer) {
                                     return staff::set_up(writer, {link.secret, "hanako", "青木", kPassword},
                                                          "hash");
                                 });
              }),
              "link.invalid");
}

TEST_P(StaffAccounts, RoleAndDisablingHoldFromTheNextRequestAndEndSessions) {
    const Account jiro = add("jiro", Role::admin);
    const auto before = sign_in("jiro");
    change_account(journal_, shell(), jiro.id, {}, {.role = "viewer"});
    EXPECT_FALSE(authenticator_.by_session(before.secret));
    const auto after = sign_in("jiro");
    EXPECT_FALSE(authenticator_.by_session(after.secret)->grant.rights->contains("import"));
    change_account(journal_, shell(), jiro.id, {}, {.name = "鈴木 次郎"});
    EXPECT_TRUE(authenticator_.by_session(after.secret));
    change_account(journal_, shell(), jiro.id, {}, {.is_disabled = true});
    EXPECT_FALSE(authenticator_.by_session(after.secret));
}

TEST_P(StaffAccounts, TheLastOwnerCannotGoNorBeUndoneAway) {
    const Account hanako = add("hanako", Role::owner), jiro = add("jiro", Role::viewer);
    const auto as_hanako = acting(hanako);
    EXPECT_EQ(refusal([&] { change_account(journal_, as_hanako, hanako.id, {}, {.role = "admin"}); }),
              "staff.last_owner");
    EXPECT_EQ(refusal([&] { change_account(journal_, as_hanako, hanako.id, {}, {.is_disabled = true}); }),
              "staff.last_owner");
    change_account(journal_, as_hanako, jiro.id, {}, {.role = "owner"});
    const OperationId promotion{count("SELECT max(id) FROM operation")};
    change_account(journal_, as_hanako, hanako.id, {}, {.role = "viewer"});
    EXPECT_EQ(refusal([&] { core::undo(journal_, shell(), promotion); }), "staff.last_owner");
}

TEST_P(StaffAccounts, TwoOwnersCannotGoAtOnce) {
    for (int round = 0; round < 5; ++round) {
        const std::string suffix = std::to_string(round);
        const Account first = add("first" + suffix, Role::owner),
                      second = add("second" + suffix, Role::owner);
        if (round > 0)
            for (const char* name : {"first", "second"}) disable_if_active(name + std::to_string(round - 1));
        std::atomic<int> gone = 0;
        {
            std::vector<std::jthread> leaving;
            for (const StaffId id : {first.id, second.id})
                leaving.emplace_back([&, id] {
                    gone += refusal([&] {
                                change_account(journal_, shell(), id, {}, {.is_disabled = true});
                            }) == "";
                });
        }
        EXPECT_EQ(gone, 1);
        EXPECT_EQ(count("SELECT count(*) FROM staff WHERE role = 'owner' AND disabled = 0"), 1);
    }
}

TEST_P(StaffAccounts, OnlyOwnersTouchOwners) {
    const Account hanako = add("hanako", Role::owner), admin = add("admin", Role::admin);
    const Account jiro = add("jiro", Role::viewer);
    const auto as_admin = acting(admin);
    const auto refused = [&](const std::function<void()>& act) { return refusal(act) == "staff.owner_only"; };
    EXPECT_TRUE(refused([&] { add_account(context_, as_admin, {"new", "New", "owner"}); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, as_admin, hanako.id, {}, {.name = "x"}); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, as_admin, jiro.id, {}, {.role = "owner"}); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, as_admin, admin.id, {}, {.role = "owner"}); }));
    EXPECT_TRUE(refused([&] { make_password_link(context_, as_admin, hanako.id); }));
    EXPECT_TRUE(refused([&] { end_sessions(journal_, as_admin, hanako.id, {}); }));
    EXPECT_EQ(change_account(journal_, as_admin, jiro.id, {}, {.role = "admin"}).account.role, "admin");
}

TEST_P(StaffAccounts, WithoutTheRightNothingIsChanged) {
    const Account jiro = add("jiro", Role::operator_), saburo = add("saburo", Role::viewer);
    const auto as_jiro = acting(jiro);
    EXPECT_EQ(refusal([&] { add_account(context_, as_jiro, {"new", "New", "viewer"}); }), "forbidden");
    EXPECT_EQ(refusal([&] { change_account(journal_, as_jiro, saburo.id, {}, {.name = "x"}); }), "forbidden");
    EXPECT_EQ(refusal([&] { make_password_link(context_, as_jiro, saburo.id); }), "forbidden");
    EXPECT_EQ(refusal([&] { list_sessions(journal_, as_jiro, saburo.id, 0, 10); }), "forbidden");
    EXPECT_EQ(refusal([&] { make_token(journal_, as_jiro, {jiro.id, "x"}); }), "forbidden");
}

TEST_P(StaffAccounts, ALinkSetsAPasswordOnce) {
    const auto added = add_account(context_, shell(), {"jiro", "次郎", "operator"});
    ASSERT_TRUE(added.link);
    EXPECT_FALSE(added.account.has_password);
    EXPECT_EQ(refused_sign_in("jiro", ""), "session.refused");
    EXPECT_EQ(refusal([&] { set_password_by_link(context_, added.link->secret, "short", ""); }),
              "staff.invalid");
    EXPECT_EQ(set_password_by_link(context_, added.link->secret, kPassword, ""), "jiro");
    EXPECT_TRUE(sign_in("jiro").account.has_password);
    EXPECT_EQ(refusal([&] { set_password_by_link(context_, added.link->secret, kOther, ""); }),
              "link.invalid");
}

TEST_P(StaffAccounts, AResetLinkEndsAfterFifteenMinutesAndEndsSessionsWhenUsed) {
    const Account jiro = add("jiro", Role::operator_);
    const auto opened = sign_in("jiro");
    const Link late = make_password_link(context_, shell(), jiro.id).link;
    pass(minutes{15});
    EXPECT_EQ(refusal([&] { set_password_by_link(context_, late.secret, kOther, ""); }), "link.invalid");
    EXPECT_TRUE(authenticator_.by_session(opened.secret));
    const Link link = make_password_link(context_, shell(), jiro.id).link;
    set_password_by_link(context_, link.secret, kOther, "");
    EXPECT_FALSE(authenticator_.by_session(opened.secret));
    EXPECT_EQ(refused_sign_in("jiro", kPassword), "session.refused");
    sign_in("jiro", kOther);
}

TEST_P(StaffAccounts, ATakenLoginAndWrongFieldsAreTold) {
    add("hanako", Role::owner);
    EXPECT_EQ(refusal([&] { add("hanako", Role::viewer); }), "staff.login_taken");
    EXPECT_EQ(refusal([&] { add("Hanako", Role::viewer); }), "staff.invalid");
}

TEST_P(StaffAccounts, AStaleChangeIsRefusedWithBothValues) {
    const Account jiro = add("jiro", Role::viewer);
    const auto first = change_account(journal_, shell(), jiro.id, jiro.version, {.name = "次郎 A"}).account;
    EXPECT_EQ(first.version, jiro.version + 1);
    try {
        change_account(journal_, shell(), jiro.id, jiro.version, {.name = "次郎 B"});
        FAIL() << "not refused";
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().kind, ProblemKind::stale);
        EXPECT_EQ(refused.problem().extra.at("current").at("name").as_string(), "次郎 A");
        EXPECT_EQ(refused.problem().extra.at("current").at("version").as_int64(), first.version);
        EXPECT_EQ(json::to_text(refused.problem().extra.at("sent")), R"({"name":"次郎 B"})");
    }
}

TEST_P(StaffAccounts, KeepKanaInFullWidthAndMailInLowerCase) {
    const auto added =
        add_account(context_, shell(), {"jiro", "次郎", "viewer", " ｽｽﾞｷ じろう ", "Jiro@Example.JP"})
            .account;
    EXPECT_EQ(added.kana, "スズキ ジロウ");
    EXPECT_EQ(added.email, "jiro@example.jp");
    EXPECT_EQ(refusal([&] { change_account(journal_, shell(), added.id, {}, {.kana = "鈴木"}); }),
              "staff.invalid");
    EXPECT_EQ(refusal([&] { change_account(journal_, shell(), added.id, {}, {.email = "jiro"}); }),
              "staff.invalid");
    EXPECT_EQ(change_account(journal_, shell(), added.id, {}, {.email = ""}).account.email, "");
}

TEST_P(StaffAccounts, DeletedAreGoneFromListsButNotFromHistoriesAndTheirLoginIsFree) {
    const Account hanako = add("hanako", Role::owner), jiro = add("jiro", Role::operator_);
    const auto session = sign_in("jiro");
    const auto token = make_token(journal_, acting(hanako), {jiro.id, "x"});
    delete_account(journal_, acting(hanako), jiro.id, jiro.version);
    EXPECT_EQ(refusal([&] { get_account(journal_, jiro.id); }), "staff.not_found");
    EXPECT_EQ(list_accounts(journal_, 0, 10).size(), 1U);
    EXPECT_TRUE(list_tokens(journal_, acting(hanako), 0, 10).empty());
    EXPECT_FALSE(authenticator_.by_session(session.secret));
    EXPECT_FALSE(authenticator_.by_token(token.secret));
    EXPECT_EQ(refused_sign_in("jiro", kPassword), "session.refused");
    EXPECT_EQ(refused_sign_in("#" + std::to_string(jiro.id.value), kPassword), "session.refused");
    EXPECT_EQ(count("SELECT count(*) FROM staff WHERE name = '青木 花子' AND deleted_at IS NOT NULL"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM operation WHERE kind = 'session.sign_in' AND actor = '青木 花子'"),
              1);
    EXPECT_NE(add("jiro", Role::viewer).id, jiro.id);
    EXPECT_EQ(refusal([&] { delete_account(journal_, acting(hanako), jiro.id, {}); }), "staff.not_found");
}

TEST_P(StaffAccounts, TheLastOwnerIsNotDeleted) {
    const Account hanako = add("hanako", Role::owner);
    EXPECT_EQ(refusal([&] { delete_account(journal_, acting(hanako), hanako.id, {}); }), "staff.last_owner");
    EXPECT_EQ(refusal([&] { delete_account(journal_, shell(), hanako.id, hanako.version + 1); }),
              "staff.stale");
}

TEST_P(StaffAccounts, ALinkThatGoesOutByMailIsTold) {
    const Account jiro = add("jiro", Role::operator_);
    const auto url = [](const std::string& secret) { return "https://desk.example.jp/password#" + secret; };
    EXPECT_FALSE(make_password_link(context_, shell(), jiro.id, url).is_mailed);
    std::string mailed;
    context_.notices.password_link = [&](core::Writer&, const Account&, const std::string& link, Moment) {
        mailed = link;
        return true;
    };
    const auto made = make_password_link(context_, shell(), jiro.id, url);
    EXPECT_TRUE(made.is_mailed);
    EXPECT_EQ(mailed, url(made.link.secret));
    EXPECT_TRUE(add_account(context_, shell(), {"saburo", "三郎", "viewer"}, url).is_mailed);
}

}  // namespace
}  // namespace otokui::staff
