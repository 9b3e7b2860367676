#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/id_set.hpp"
#include "group/service.hpp"
#include "group/shop_fixture.hpp"

namespace otokui::group {
namespace {

using otokui::test::field_errors;
using otokui::test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

using Ids = std::vector<std::int64_t>;

json::Value parse(const std::string& text) { return boost::json::parse(text); }

json::Array ids_json(const Ids& ids) {
    json::Array array;
    for (const auto id : ids) array.emplace_back(std::to_string(id));
    return array;
}

class GroupMembers : public testing::TestWithParam<otokui::test::Backend> {
protected:
    Changed change(const Ids& add, const Ids& remove) {
        return change_members(shop_.context, shop_.actor, group_,
                              json::Object{{"add", ids_json(add)}, {"remove", ids_json(remove)}});
    }
    core::Job run(const std::string& body) {
        return shop_.run(start_change(shop_.context, shop_.actor, group_, parse(body)));
    }
    std::int64_t members() { return shop_.members(master::kGroups, group_); }

    test::Shop shop_{GetParam()};
    std::int64_t other_ = shop_.add(master::kGroups, R"({"name":"一般"})");
    std::int64_t group_ = shop_.add(master::kGroups, R"({"name":"友の会"})");
};

TEST_P(GroupMembers, ComeAndGoInOneOperationThatCanBeTakenBack) {
    const auto a = shop_.customer(), b = shop_.customer({{"customer_groups", core::format_set({other_})}}),
               c = shop_.customer({{"customer_groups", core::format_set({other_, group_})}});
    const auto changed = change({b, a}, {c});
    EXPECT_EQ(changed.added, 2);
    EXPECT_EQ(changed.removed, 1);
    EXPECT_EQ(changed.members, 2);
    EXPECT_EQ(shop_.held(b, "customer_groups"), core::format_set({other_, group_}));
    EXPECT_EQ(shop_.held(c, "customer_groups"), core::format_set({other_}));
    EXPECT_EQ(change({a}, {}).operation, OperationId{});
    core::undo(shop_.journal, shop_.actor, changed.operation);
    EXPECT_EQ(shop_.held(a, "customer_groups"), "");
    EXPECT_EQ(shop_.held(c, "customer_groups"), core::format_set({other_, group_}));
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(GroupMembers, EveryWrongIdIsNamedAndNothingChanges) {
    const auto a = shop_.customer(), gone = shop_.customer({{"deleted_at", shop_.now}});
    EXPECT_THAT(field_errors([&] { change({gone, a, 999'999}, {}); }),
                testing::UnorderedElementsAre("/add/0 deleted", "/add/2 not_found"));
    EXPECT_THAT(field_errors([&] { change({a, a}, {a}); }),
                testing::UnorderedElementsAre("/add/1 duplicate", "/remove/0 duplicate"));
    EXPECT_THAT(field_errors([&] { change({}, {}); }), ElementsAre("/add required"));
    EXPECT_THAT(field_errors([&] { change(Ids(1'001, a), {}); }), testing::Contains("/add too_many"));
    EXPECT_EQ(members(), 0);
    EXPECT_EQ(refusal([&] { change_members(shop_.context, shop_.actor, 99, parse(R"({"add":["1"]})")); }),
              "master.not_found");
}

TEST_P(GroupMembers, AConditionIsAJobThatCanBeTakenBack) {
    for (int i = 0; i < 250; ++i) shop_.customer({{"prefecture", std::int64_t{i % 2 ? 13 : 27}}});
    const auto job = run(R"({"add":{"condition":{"field":"prefecture","op":"in","value":[13]}}})");
    EXPECT_EQ(job.status, core::JobStatus::done);
    EXPECT_EQ(job.counts.ok, 125);
    EXPECT_EQ(members(), 125);
    const auto out = run(R"({"remove":{"condition":{"field":"prefecture","op":"in","value":[13,27]}}})");
    EXPECT_EQ(out.counts.ok, 125);
    EXPECT_EQ(out.counts.skipped, 125);
    EXPECT_EQ(members(), 0);
    EXPECT_THAT(shop_.undo(out.operation), IsEmpty());
    EXPECT_EQ(members(), 125);
    EXPECT_THAT(shop_.undo(job.operation), IsEmpty());
    EXPECT_EQ(members(), 0);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(GroupMembers, AConditionIsCheckedBeforeTheJobBegins) {
    const auto start = [&](const std::string& body) {
        return [&, body] { start_change(shop_.context, shop_.actor, group_, parse(body)); };
    };
    EXPECT_EQ(refusal(start(R"({"add":{"condition":{"field":"nothing","op":"is","value":1}}})")),
              "condition.invalid");
    EXPECT_THAT(field_errors(start(R"({"add":{}})")), ElementsAre("/add/condition required"));
    EXPECT_EQ(refusal(start(R"({"add":{"text":"x"},"remove":{"text":"x"}})")), "group_members.invalid");
    shop_.actor.rights = std::make_shared<core::Rights>(core::Rights{"customer.read", "master.edit"});
    EXPECT_EQ(refusal(start(R"({"add":{"condition":{"field":"phone","op":"starts_with","value":"090"}}})")),
              "field.forbidden");
    shop_.actor.rights = std::make_shared<core::Rights>(core::Rights{"customer.read"});
    EXPECT_EQ(refusal(start(R"({"add":{"text":"x"}})")), "forbidden");
}

// Whatever is asked, the members are what a set of ids would hold, and the counts agree.
TEST_P(GroupMembers, AreWhatASetWouldHold) {
    Ids customers;
    for (int i = 0; i < 12; ++i) customers.push_back(shop_.customer());
    std::set<std::int64_t> reference;
    rc::check("members", [&] {
        Ids add, remove;
        for (const auto customer : customers) {
            const auto choice = *rc::gen::inRange(0, 4);
            if (choice == 0) add.push_back(customer);
            if (choice == 1) remove.push_back(customer);
        }
        if (add.empty() && remove.empty()) return;
        auto before = reference;
        for (const auto id : add) reference.insert(id);
        for (const auto id : remove) reference.erase(id);
        const auto changed = change(add, remove);
        RC_ASSERT(changed.members == std::ssize(reference));
        RC_ASSERT(changed.added - changed.removed == std::ssize(reference) - std::ssize(before));
        if (*rc::gen::inRange(0, 3) == 0 && changed.operation) {
            RC_ASSERT(shop_.undo(changed.operation).empty());
            reference = std::move(before);
            RC_ASSERT(members() == std::ssize(reference));
        }
    });
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(EachDatabase, GroupMembers, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

}  // namespace
}  // namespace otokui::group
