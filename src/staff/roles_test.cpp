#include "staff/roles.hpp"

#include "staff/staff_fixture.hpp"

namespace otokui::staff {
namespace {

class StaffRoles : public Staff {
protected:
    std::string make(const std::string& name, core::Rights rights, std::optional<std::int64_t> ceiling = {}) {
        return add_role(journal_, shell(), {name, std::move(rights), ceiling}).role.id;
    }
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, StaffRoles, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(StaffRoles, GiveTheirRightsAndCeilingToWhoeverHasThem) {
    const auto id = make("受付", {"customer.read", "points.edit"}, 300);
    add("jiro", id);
    const auto identity = authenticator_.by_session(sign_in("jiro").secret);
    ASSERT_TRUE(identity);
    EXPECT_EQ(*identity->grant.rights, (core::Rights{"customer.read", "points.edit"}));
    EXPECT_EQ(identity->grant.points_ceiling, 300);
    EXPECT_EQ(identity->account.role, id);
    EXPECT_EQ(identity->account.role_label.ja, "受付");
}

TEST_P(StaffRoles, AsShippedKeepTheirCeilingAndStayAsTheyAre) {
    EXPECT_EQ(get_role(journal_, "operator").grant.points_ceiling, 1'000);
    EXPECT_EQ(get_role(journal_, "admin").grant.points_ceiling, std::nullopt);
    for (const char* id : {"viewer", "operator", "admin", "owner"}) {
        EXPECT_EQ(refusal([&] { change_role(journal_, shell(), id, {}, {"x", {"customer.read"}}); }),
                  "role.built_in");
        EXPECT_EQ(refusal([&] { delete_role(journal_, shell(), id, {}); }), "role.built_in");
    }
}

TEST_P(StaffRoles, AreListedAfterTheShippedOnesWithHowManyHaveThem) {
    const auto id = make("受付", {"customer.read"});
    add("jiro", id);
    add("hanako", Role::owner);
    const auto roles = list_roles(journal_);
    ASSERT_EQ(roles.size(), 5U);
    EXPECT_EQ(roles[3].id, "owner");
    EXPECT_EQ(roles[3].members, 1);
    EXPECT_EQ(roles[4].id, id);
    EXPECT_EQ(roles[4].members, 1);
    EXPECT_FALSE(roles[4].is_built_in);
}

TEST_P(StaffRoles, ChangedRightsHoldFromTheNextRequestAndEndSessions) {
    const auto id = make("受付", {"customer.read", "import"});
    add("jiro", id);
    const auto before = sign_in("jiro");
    change_role(journal_, shell(), id, {}, {"受付係", {"customer.read", "import"}});
    EXPECT_TRUE(authenticator_.by_session(before.secret));  // a name is no right
    change_role(journal_, shell(), id, {}, {"受付係", {"customer.read"}});
    EXPECT_FALSE(authenticator_.by_session(before.secret));
    EXPECT_FALSE(authenticator_.by_session(sign_in("jiro").secret)->grant.rights->contains("import"));
}

TEST_P(StaffRoles, NobodyGivesMoreThanHeHas) {
    const auto manager_role = make("主任", {"staff.read", "staff.edit", "customer.read", "points.edit"}, 500);
    const auto manager = acting(add("manager", manager_role));
    const auto more = make("監査", {"customer.read", "export"}), less = make("受付", {"customer.read"});
    const auto refused = [&](const std::function<void()>& act) {
        return refusal(act) == "staff.more_rights";
    };
    EXPECT_TRUE(refused([&] { add_role(journal_, manager, {"x", {"customer.read", "export"}}); }));
    EXPECT_TRUE(refused([&] { add_role(journal_, manager, {"x", {"points.edit"}, 501}); }));
    EXPECT_TRUE(refused([&] { add_role(journal_, manager, {"x", {"points.edit"}}); }));
    EXPECT_EQ(refusal([&] { add_role(journal_, manager, {"x", {"points.edit"}, 500}); }), "");
    EXPECT_TRUE(refused([&] { add_account(context_, manager, {"new", "New", "viewer"}); }));
    EXPECT_TRUE(refused([&] { add_account(context_, manager, {"new", "New", more}); }));
    EXPECT_EQ(refusal([&] { add_account(context_, manager, {"new", "New", less}); }), "");
    EXPECT_TRUE(
        refused([&] { change_role(journal_, manager, less, {}, {"受付", {"customer.read", "export"}}); }));
    EXPECT_TRUE(refused([&] { change_role(journal_, manager, more, {}, {"監査", {"customer.read"}}); }));
    EXPECT_TRUE(refused([&] { delete_role(journal_, manager, more, {}); }));
}

TEST_P(StaffRoles, NobodyActsOnSomebodyAboveHim) {
    const auto manager = acting(add("manager", make("主任", {"staff.read", "staff.edit", "customer.read"})));
    const Account admin = add("admin", Role::admin);
    const auto refused = [&](const std::function<void()>& act) {
        return refusal(act) == "staff.more_rights";
    };
    EXPECT_TRUE(refused([&] { make_password_link(context_, manager, admin.id); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, manager, admin.id, {}, {.is_disabled = true}); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, manager, admin.id, {}, {.email = "x@example.jp"}); }));
    EXPECT_TRUE(refused([&] { delete_account(journal_, manager, admin.id, {}); }));
    EXPECT_TRUE(refused([&] { end_sessions(journal_, manager, admin.id, {}); }));
    EXPECT_TRUE(refused([&] { change_account(journal_, manager, manager.staff, {}, {.role = "admin"}); }));
}

TEST_P(StaffRoles, AnOwnerGivesAnyRightButToChangeOwners) {
    const auto owner = acting(add("hanako", Role::owner));
    EXPECT_EQ(refusal([&] { add_role(journal_, owner, {"全部", {"customer.erase", "token.edit"}}); }), "");
    EXPECT_EQ(refusal([&] { add_role(journal_, owner, {"x", {"owner.edit"}}); }), "role.invalid");
}

TEST_P(StaffRoles, InUseIsNotDeletedAndTheNamesAreTold) {
    const auto id = make("受付", {"customer.read"});
    const auto jiro = add("jiro", id);
    try {
        delete_role(journal_, shell(), id, {});
        FAIL() << "not refused";
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "role.in_use");
        EXPECT_EQ(json::to_text(refused.problem().extra.at("staff")), R"(["青木 花子"])");
    }
    delete_account(journal_, shell(), jiro.id, {});
    EXPECT_EQ(refusal([&] { delete_role(journal_, shell(), id, {}); }), "");
    EXPECT_EQ(refusal([&] { get_role(journal_, id); }), "role.not_found");
}

TEST_P(StaffRoles, UndoingTheCreationOfARoleInUseIsRefused) {
    const auto made = add_role(journal_, shell(), {"受付", {"customer.read"}});
    add("jiro", made.role.id);
    EXPECT_EQ(refusal([&] { core::undo(journal_, shell(), made.operation); }), "role.in_use");
}

TEST_P(StaffRoles, ThatDoNotExistAreGivenToNobody) {
    for (const char* role : {"king", "4711", "", "01", "Owner"})
        EXPECT_EQ(refusal([&] { add("jiro", std::string(role)); }), "staff.invalid") << role;
}

TEST_P(StaffRoles, AreRefusedWithEveryWrongFieldAndATakenName) {
    make("受付", {"customer.read"});
    EXPECT_EQ(refusal([&] { make("受付", {"order.read"}); }), "role.name_taken");
    EXPECT_EQ(refusal([&] { make("オーナー", {"order.read"}); }), "role.name_taken");
    EXPECT_EQ(refusal([&] { make("owner", {"order.read"}); }), "role.name_taken");
    const auto codes = [](const RoleDraft& draft) {
        std::string all;
        for (const auto& error : check(draft)) all += error.pointer + " " + error.code + ";";
        return all;
    };
    EXPECT_EQ(codes({"", {}, -1}), "/name required;/rights required;/points_ceiling out_of_range;");
    EXPECT_EQ(codes({"x", {"customer.fly"}}), "/rights not_a_choice;");
}

TEST_P(StaffRoles, AStaleChangeIsRefusedWithBothValues) {
    const auto id = make("受付", {"customer.read"});
    change_role(journal_, shell(), id, 1, {"窓口", {"customer.read"}});
    try {
        change_role(journal_, shell(), id, 1, {"電話", {"customer.read"}});
        FAIL() << "not refused";
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "role.stale");
        EXPECT_EQ(refused.problem().extra.at("current").at("name").at("ja").as_string(), "窓口");
        EXPECT_EQ(refused.problem().extra.at("sent").at("name").as_string(), "電話");
    }
}

TEST_P(StaffRoles, NeedTheRightToChangeStaff) {
    const auto jiro = acting(add("jiro", Role::operator_));
    const auto id = make("受付", {"customer.read"});
    EXPECT_EQ(refusal([&] { add_role(journal_, jiro, {"x", {"customer.read"}}); }), "forbidden");
    EXPECT_EQ(refusal([&] { change_role(journal_, jiro, id, {}, {"x", {"customer.read"}}); }), "forbidden");
    EXPECT_EQ(refusal([&] { delete_role(journal_, jiro, id, {}); }), "forbidden");
}

}  // namespace
}  // namespace otokui::staff
