#include "staff/member_groups.hpp"

#include "staff/staff_fixture.hpp"

namespace otokui::staff {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string told(const std::function<void()>& act) {
    try {
        act();
    } catch (const Refused& refused) {
        std::string all = refused.problem().code;
        for (const auto& error : refused.problem().fields) all += " " + error.pointer + ":" + error.code;
        return all;
    }
    return "";
}

class MemberGroups : public Staff {
protected:
    StaffId person(const std::string& login) {
        return add_account(context_, kShell, {login, "青木 " + login, "operator"}).account.id;
    }
    WrittenMemberGroup add_group(const std::string& name, std::vector<StaffId> members = {}) {
        return add_member_group(journal_, kShell, {name, "", std::move(members)});
    }
    std::vector<std::string> groups(StaffId staff) {
        std::vector<std::string> names;
        for (const auto& group :
             db_.storage().read([&](storage::Transaction& tx) { return groups_of(tx, staff); }))
            names.push_back(group.name);
        return names;
    }
    std::vector<std::string> differences() {
        std::vector<std::string> all;
        for (const auto& verification : registry_.verifications())
            for (auto& one : db_.storage().read(verification.run)) all.push_back(std::move(one));
        return all;
    }

    const core::Actor kShell = core::shell_actor("test");
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, MemberGroups, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(MemberGroups, APersonMayBeInSeveralAndLeavesThemAtOnce) {
    const auto hanako = person("hanako"), jiro = person("jiro");
    const auto orders = add_group(" 受注 ", {jiro, hanako}).group;
    const auto mails = add_group("メール", {hanako}).group;
    EXPECT_EQ(orders.name, "受注");
    EXPECT_THAT(orders.members, ElementsAre(hanako, jiro));
    EXPECT_THAT(orders.member_names, ElementsAre("青木 hanako", "青木 jiro"));
    EXPECT_THAT(groups(hanako), ElementsAre("メール", "受注"));
    change_member_group(journal_, kShell, orders.id, orders.version, {.members = std::vector{jiro}});
    EXPECT_THAT(groups(hanako), ElementsAre("メール"));
    EXPECT_THAT(groups(jiro), ElementsAre("受注"));
    db_.storage().read([&](storage::Transaction& tx) {
        EXPECT_TRUE(is_in_group(tx, hanako, mails.id));
        EXPECT_FALSE(is_in_group(tx, hanako, orders.id));
    });
    EXPECT_THAT(differences(), IsEmpty());
}

TEST_P(MemberGroups, RefusesWhatIsWrongAllAtOnce) {
    const auto hanako = person("hanako");
    add_group("受注");
    EXPECT_EQ(told([&] { add_group("受注"); }), "member_group.name_taken /name:taken");
    EXPECT_EQ(told([&] { add_group(" ", {hanako, hanako}); }),
              "member_group.invalid /name:required /members:duplicate");
    EXPECT_EQ(told([&] { add_group("新規", {hanako, {99}}); }), "member_group.invalid /members/1:not_found");
    EXPECT_EQ(told([&] { add_member_group(journal_, kShell, {"長い", std::string(1001, 'x'), {}}); }),
              "member_group.invalid /description:too_long");
    const auto viewer = core::Actor{.staff = hanako, .name = "x", .rights = rights_of(Role::operator_)};
    EXPECT_EQ(told([&] { add_member_group(journal_, viewer, {"x", "", {}}); }), "forbidden");
    EXPECT_EQ(told([&] { get_member_group(journal_, {99}); }), "member_group.not_found");
}

TEST_P(MemberGroups, AStaleChangeIsRefusedWithWhatItIsNow) {
    const auto group = add_group("受注").group;
    const auto changed = change_member_group(journal_, kShell, group.id, group.version, {.name = "受注2"});
    EXPECT_EQ(changed.group.version, group.version + 1);
    EXPECT_EQ(
        told([&] { change_member_group(journal_, kShell, group.id, group.version, {.name = "受注3"}); }),
        "member_group.stale");
    EXPECT_EQ(told([&] { remove_member_group(journal_, kShell, group.id, group.version, {}); }),
              "member_group.stale");
    EXPECT_EQ(change_member_group(journal_, kShell, group.id, {}, {.name = "受注2"}).operation.value, 0);
}

TEST_P(MemberGroups, ADeletedGroupComesBackWithItsMembers) {
    const auto hanako = person("hanako");
    const auto group = add_group("受注", {hanako}).group;
    const auto operation = remove_member_group(journal_, kShell, group.id, {}, {});
    EXPECT_THAT(groups(hanako), IsEmpty());
    EXPECT_THAT(differences(), IsEmpty());
    core::undo(journal_, kShell, operation);
    EXPECT_THAT(groups(hanako), ElementsAre("受注"));
    EXPECT_EQ(get_member_group(journal_, group.id).name, "受注");
    EXPECT_THAT(differences(), IsEmpty());
}

TEST_P(MemberGroups, UndoIsRefusedWhenTheNameHasBeenTakenSince) {
    const auto group = add_group("受注").group;
    const auto operation = remove_member_group(journal_, kShell, group.id, {}, {});
    add_group("受注");
    EXPECT_EQ(told([&] { core::undo(journal_, kShell, operation); }), "operation.changed_since");
}

TEST_P(MemberGroups, BelongingsGoInTheSameOperation) {
    const auto group = add_group("受注").group;
    const GroupBelongings failing{.remove = [](core::Writer&, MemberGroupId) {
        throw Refused({ProblemKind::conflict, "test.refused", {"x", "x"}});
    }};
    EXPECT_EQ(told([&] { remove_member_group(journal_, kShell, group.id, {}, failing); }), "test.refused");
    EXPECT_EQ(get_member_group(journal_, group.id).name, "受注");
}

}  // namespace
}  // namespace otokui::staff
