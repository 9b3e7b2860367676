#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "core/undo.hpp"
#include "staff/accounts.hpp"
#include "staff/rules.hpp"
#include "staff/sign_in.hpp"
#include "staff/tables.hpp"
#include "staff/tokens.hpp"
#include "support/database.hpp"

namespace otokui::staff {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const std::string kPassword = "桜の下でおにぎりを食べる";
const std::string kOther = "雪の朝にみそ汁をあたためる";
const Origin kDesk{"192.0.2.7", "Firefox"};
const Origin kElsewhere{"198.51.100.9", "curl"};

std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const Refused& refused) {
        return refused.problem().code;
    }
    return "";
}

class Staff : public testing::TestWithParam<test::Backend> {
protected:
    Staff() {
        register_tables(registry_);
        registry_.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
    }

    core::Actor shell() { return core::shell_actor("test"); }
    core::Actor acting(const Account& account) {
        return {.staff = account.id,
                .name = account.name,
                .ip = kDesk.ip,
                .screen = "test",
                .rights = rights_of(account.role)};
    }
    Account add(const std::string& login, Role role) {
        return add_account(journal_, gate_, shell(), {login, "青木 花子", role}, kPassword).account;
    }
    OpenedSession sign_in(const std::string& login, const std::string& password = kPassword,
                          const Origin& origin = kDesk) {
        return staff::sign_in(journal_, gate_, origin, login, password);
    }
    std::string refused_sign_in(const std::string& login, const std::string& password,
                                const Origin& origin = kDesk) {
        return refusal([&] { sign_in(login, password, origin); });
    }
    void disable_if_active(const std::string& login) {
        const auto id = count("SELECT id FROM staff WHERE disabled = 0 AND login = '" + login + "'");
        if (id != 0) change_account(journal_, shell(), {id}, {}, {.is_disabled = true});
    }
    void pass(std::chrono::milliseconds time) { now_ = now_ + time; }
    std::int64_t count(const std::string& sql) {
        return db_.storage().read([&](storage::Transaction& tx) { return tx.find_integer(sql).value_or(0); });
    }

    test::Database db_{GetParam()};
    Moment now_{1'800'000'000'000};
    core::Registry registry_;
    core::Journal journal_{db_.storage(), registry_, [this] { return now_; }};
    PasswordGate gate_;
    Authenticator authenticator_{journal_};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Staff, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Staff, TheRegistryKnowsEveryTableAndColumn) {
    for (const auto& difference : core::schema_differences(registry_, db_.storage()))
        EXPECT_EQ(difference.find("staff"), std::string::npos) << difference;
}

TEST_P(Staff, SetUpMakesTheFirstOwnerByALinkThatWorksOnce) {
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
    EXPECT_EQ(sign_in("hanako").account.role, Role::owner);
    EXPECT_EQ(refusal([&] { set_up_with(link.secret); }), "setup.done");
    EXPECT_EQ(refusal([&] { make_setup_link(journal_); }), "setup.done");
}

TEST_P(Staff, ASetupLinkEndsAfterADay) {
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

TEST_P(Staff, SignInOpensASessionThatIsFoundByItsSecretOnly) {
    add("hanako", Role::operator_);
    const auto opened = sign_in("hanako");
    const auto identity = authenticator_.by_session(opened.secret);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->account.login, "hanako");
    EXPECT_TRUE(identity->rights->contains("customer.edit"));
    EXPECT_FALSE(identity->rights->contains("import"));
    EXPECT_FALSE(authenticator_.by_session(opened.secret + "x"));
    EXPECT_FALSE(authenticator_.by_session(""));
    EXPECT_FALSE(authenticator_.by_token(opened.secret));
    EXPECT_NE(sign_in("hanako").secret, opened.secret);
}

TEST_P(Staff, UnknownWrongAndDisabledAreOneAnswer) {
    const Account jiro = add("jiro", Role::operator_);
    add("hanako", Role::owner);
    change_account(journal_, shell(), jiro.id, {}, {.is_disabled = true});
    EXPECT_EQ(refused_sign_in("nobody", kPassword), "session.refused");
    EXPECT_EQ(refused_sign_in("hanako", kOther), "session.refused");
    EXPECT_EQ(refused_sign_in("jiro", kPassword), "session.refused");
    EXPECT_EQ(refused_sign_in("hanako", ""), "session.refused");
}

TEST_P(Staff, FailuresDelayThatAccountFromThatAddressOnly) {
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

TEST_P(Staff, UnknownLoginsAreDelayedAlike) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refused_sign_in("nobody", kOther), "session.refused");
    EXPECT_EQ(refused_sign_in("nobody", kOther), "session.delayed");
}

TEST_P(Staff, FailuresAreForgottenAfterFifteenMinutes) {
    add("hanako", Role::owner);
    for (int i = 0; i < 5; ++i) refused_sign_in("hanako", kOther);
    pass(minutes{15});
    EXPECT_EQ(refused_sign_in("hanako", kOther), "session.refused");
    EXPECT_EQ(count("SELECT count(*) FROM staff_failure"), 1);
}

TEST_P(Staff, ASessionEndsWhenIdleAndAClockSetBackDoesNotReviveIt) {
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

TEST_P(Staff, ASessionNobodyLookedAtStaysOverWhenTheClockIsSetBack) {
    add("hanako", Role::owner);
    const auto opened = sign_in("hanako");
    pass(minutes{31});
    authenticator_.by_session("some other request tells the server the time");
    pass(-minutes{30});
    EXPECT_FALSE(authenticator_.by_session(opened.secret));
}

TEST_P(Staff, ASessionEndsAfterTwelveHoursHoweverBusy) {
    add("hanako", Role::owner);
    const auto opened = sign_in("hanako");
    for (int i = 0; i < 71; ++i) {
        pass(minutes{10});
        ASSERT_TRUE(authenticator_.by_session(opened.secret)) << i;
    }
    pass(minutes{10});
    EXPECT_FALSE(authenticator_.by_session(opened.secret));
}

TEST_P(Staff, RoleAndDisablingHoldFromTheNextRequestAndEndSessions) {
    const Account jiro = add("jiro", Role::admin);
    const auto before = sign_in("jiro");
    change_account(journal_, shell(), jiro.id, {}, {.role = Role::viewer});
    EXPECT_FALSE(authenticator_.by_session(before.secret));
    const auto after = sign_in("jiro");
    EXPECT_FALSE(authenticator_.by_session(after.secret)->rights->contains("import"));
    change_account(journal_, shell(), jiro.id, {}, {.name = "鈴木 次郎"});
    EXPECT_TRUE(authenticator_.by_session(after.secret));
    change_account(journal_, shell(), jiro.id, {}, {.is_disabled = true});
    EXPECT_FALSE(authenticator_.by_session(after.secret));
}

TEST_P(Staff, TheLastOwnerCannotGoNorBeUndoneAway) {
    const Account hanako = add("hanako", Role::owner), jiro = add("jiro", Role::viewer);
    const auto as_hanako = acting(hanako);
    EXPECT_EQ(refusal([&] { change_account(journal_, as_hanako, hanako.id, {}, {.role = Role::admin}); }),
              "staff.last_owner");
    EXPECT_EQ(refusal([&] { change_account(journal_, as_hanako, hanako.id, {}, {.is_disabled = true}); }),
              "staff.last_owner");
    change_account(journal_, as_hanako, jiro.id, {}, {.role = Role::owner});
    const OperationId promotion{count("SELECT max(id) FROM operation")};
    change_account(journal_, as_hanako, hanako.id, {}, {.role = Role::viewer});
    EXPECT_EQ(refusal([&] { core::undo(journal_, shell(), promotion); }), "staff.last_owner");
}

TEST_P(Staff, TwoOwnersCannotGoAtOnce) {
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

TEST_P(Staff, OnlyOwnersTouchOwners) {
    const Account hanako = add("hanako", Role::owner), admin = add("admin", Role::admin);
    const Account jiro = add("jiro", Role::viewer);
    const auto as_admin = acting(admin);
    const auto refused = [&](const std::function<void()>& act) { return refusal(act) == "staff.owner_only"; };
    EXPECT_TRUE(refused([&] { add_account(journal_, as_admin, {"new", "New", Role::owner}); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, as_admin, hanako.id, {}, {.name = "x"}); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, as_admin, jiro.id, {}, {.role = Role::owner}); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, as_admin, admin.id, {}, {.role = Role::owner}); }));
    EXPECT_TRUE(refused([&] { make_password_link(journal_, as_admin, hanako.id); }));
    EXPECT_TRUE(refused([&] { end_sessions(journal_, as_admin, hanako.id, {}); }));
    EXPECT_EQ(change_account(journal_, as_admin, jiro.id, {}, {.role = Role::admin}).account.role,
              Role::admin);
}

TEST_P(Staff, WithoutTheRightNothingIsChanged) {
    const Account jiro = add("jiro", Role::operator_), saburo = add("saburo", Role::viewer);
    const auto as_jiro = acting(jiro);
    EXPECT_EQ(refusal([&] { add_account(journal_, as_jiro, {"new", "New", Role::viewer}); }), "forbidden");
    EXPECT_EQ(refusal([&] { change_account(journal_, as_jiro, saburo.id, {}, {.name = "x"}); }), "forbidden");
    EXPECT_EQ(refusal([&] { make_password_link(journal_, as_jiro, saburo.id); }), "forbidden");
    EXPECT_EQ(refusal([&] { list_sessions(journal_, as_jiro, saburo.id, 0, 10); }), "forbidden");
    EXPECT_EQ(refusal([&] { make_token(journal_, as_jiro, {jiro.id, "x"}); }), "forbidden");
}

TEST_P(Staff, ALinkSetsAPasswordOnce) {
    const auto added = add_account(journal_, shell(), {"jiro", "次郎", Role::operator_});
    ASSERT_TRUE(added.link);
    EXPECT_FALSE(added.account.has_password);
    EXPECT_EQ(refused_sign_in("jiro", ""), "session.refused");
    EXPECT_EQ(refusal([&] { set_password_by_link(journal_, gate_, added.link->secret, "short", ""); }),
              "staff.invalid");
    EXPECT_EQ(set_password_by_link(journal_, gate_, added.link->secret, kPassword, ""), "jiro");
    EXPECT_TRUE(sign_in("jiro").account.has_password);
    EXPECT_EQ(refusal([&] { set_password_by_link(journal_, gate_, added.link->secret, kOther, ""); }),
              "link.invalid");
}

TEST_P(Staff, AResetLinkEndsAfterFifteenMinutesAndEndsSessionsWhenUsed) {
    const Account jiro = add("jiro", Role::operator_);
    const auto opened = sign_in("jiro");
    const Link late = make_password_link(journal_, shell(), jiro.id);
    pass(minutes{15});
    EXPECT_EQ(refusal([&] { set_password_by_link(journal_, gate_, late.secret, kOther, ""); }),
              "link.invalid");
    EXPECT_TRUE(authenticator_.by_session(opened.secret));
    const Link link = make_password_link(journal_, shell(), jiro.id);
    set_password_by_link(journal_, gate_, link.secret, kOther, "");
    EXPECT_FALSE(authenticator_.by_session(opened.secret));
    EXPECT_EQ(refused_sign_in("jiro", kPassword), "session.refused");
    sign_in("jiro", kOther);
}

TEST_P(Staff, ChangingThePasswordEndsEverySessionAndOpensAnother) {
    const Account jiro = add("jiro", Role::operator_);
    const auto here = sign_in("jiro"), there = sign_in("jiro", kPassword, kElsewhere);
    const auto change = [&](const std::string& old, const std::string& fresh) {
        return change_password(journal_, gate_, acting(jiro), kDesk, old, fresh);
    };
    EXPECT_EQ(refusal([&] { change(kOther, kOther); }), "session.refused");
    EXPECT_EQ(refusal([&] { change(kPassword, "qwerty123456"); }), "staff.invalid");
    const auto opened = change(kPassword, kOther);
    EXPECT_FALSE(authenticator_.by_session(here.secret));
    EXPECT_FALSE(authenticator_.by_session(there.secret));
    EXPECT_TRUE(authenticator_.by_session(opened.secret));
}

TEST_P(Staff, AFactorIsFreshForTenMinutes) {
    const Account hanako = add("hanako", Role::owner);
    const auto opened = sign_in("hanako");
    pass(minutes{10});
    const auto session = [&] { return *authenticator_.by_session(opened.secret)->session; };
    EXPECT_EQ(refusal([&] { require_fresh(session(), now_); }), "session.not_fresh");
    EXPECT_EQ(refusal([&] { confirm(journal_, gate_, acting(hanako), opened.session.id, kOther); }),
              "session.refused");
    EXPECT_EQ(confirm(journal_, gate_, acting(hanako), opened.session.id, kPassword), now_ + kFreshTime);
    EXPECT_EQ(refusal([&] { require_fresh(session(), now_); }), "");
}

TEST_P(Staff, SeesAndEndsItsOwnSessions) {
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

TEST_P(Staff, ATakenLoginAndWrongFieldsAreTold) {
    add("hanako", Role::owner);
    EXPECT_EQ(refusal([&] { add("hanako", Role::viewer); }), "staff.login_taken");
    EXPECT_EQ(refusal([&] { add("Hanako", Role::viewer); }), "staff.invalid");
}

TEST_P(Staff, AStaleChangeIsRefusedWithBothValues) {
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

TEST_P(Staff, ATokenActsForItsPersonWithinItsScopesUntilItEnds) {
    const Account hanako = add("hanako", Role::owner), jiro = add("jiro", Role::operator_);
    const auto as_hanako = acting(hanako);
    const auto made = make_token(journal_, as_hanako,
                                 {jiro.id, "倉庫", core::Rights{"customer.read", "import"}, now_ + hours{1}});
    EXPECT_EQ(made.secret.substr(0, 4), "otk_");
    const auto identity = authenticator_.by_token(made.secret);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->account.id, jiro.id);
    EXPECT_THAT(*identity->rights, ElementsAre("customer.read"));
    EXPECT_EQ(list_tokens(journal_, as_hanako, 0, 10).front().scopes,
              (core::Rights{"customer.read", "import"}));
    EXPECT_FALSE(authenticator_.by_token("otk_" + std::string(43, 'A')));
    EXPECT_FALSE(authenticator_.by_session(made.secret));
    pass(hours{1});
    EXPECT_FALSE(authenticator_.by_token(made.secret));
}

TEST_P(Staff, ARevokedTokenAndATokenOfADisabledPersonAreNobody) {
    const Account hanako = add("hanako", Role::owner), jiro = add("jiro", Role::operator_);
    const auto first = make_token(journal_, acting(hanako), {jiro.id, "one"});
    const auto second = make_token(journal_, acting(hanako), {jiro.id, "two"});
    revoke_token(journal_, acting(hanako), first.token.id);
    EXPECT_FALSE(authenticator_.by_token(first.secret));
    EXPECT_EQ(refusal([&] { revoke_token(journal_, acting(hanako), first.token.id); }), "token.not_found");
    change_account(journal_, shell(), jiro.id, {}, {.is_disabled = true});
    EXPECT_FALSE(authenticator_.by_token(second.secret));
    EXPECT_EQ(refusal([&] { make_token(journal_, acting(hanako), {jiro.id, "three"}); }), "staff.disabled");
}

TEST_P(Staff, ATokenNeedsKnownScopesAndAnEndInTheFuture) {
    const Account hanako = add("hanako", Role::owner);
    const auto make = [&](const NewApiToken& input) {
        return refusal([&] { make_token(journal_, acting(hanako), input); });
    };
    EXPECT_EQ(make({hanako.id, "x", core::Rights{"customer.fly"}}), "token.invalid");
    EXPECT_EQ(make({hanako.id, "x", core::Rights{}}), "token.invalid");
    EXPECT_EQ(make({hanako.id, "x", {}, now_}), "token.invalid");
    EXPECT_EQ(make({hanako.id, ""}), "token.invalid");
    EXPECT_EQ(make({StaffId{4711}, "x"}), "staff.not_found");
}

TEST_P(Staff, NoSecretStandsInDatabaseOrJournalAsItWasGiven) {
    const Account hanako = add("hanako", Role::owner);
    const auto opened = sign_in("hanako");
    const auto token = make_token(journal_, acting(hanako), {hanako.id, "x"});
    const Link link = make_password_link(journal_, acting(hanako), hanako.id);
    for (const std::string& secret : {kPassword, opened.secret, token.secret, link.secret})
        EXPECT_EQ(count("SELECT count(*) FROM change WHERE old_values LIKE '%" + secret +
                        "%' OR new_values LIKE '%" + secret + "%'"),
                  0);
    EXPECT_EQ(count("SELECT count(*) FROM change WHERE new_values LIKE '%argon2%'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM staff_password WHERE hash LIKE '$argon2id$%'"), 1);
}

TEST_P(Staff, SignInsBothWaysAreInTheJournal) {
    add("hanako", Role::owner);
    sign_in("hanako");
    refused_sign_in("hanako", kOther);
    EXPECT_EQ(count("SELECT count(*) FROM operation WHERE kind = 'session.sign_in' AND ip = '192.0.2.7'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM operation WHERE kind = 'session.refused' AND ip = '192.0.2.7'"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM staff_event WHERE event = 'refused' AND staff_id IS NOT NULL"), 1);
}

}  // namespace
}  // namespace otokui::staff
