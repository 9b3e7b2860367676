#include "saved_search/service.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "saved_search/saved_search_fixture.hpp"

namespace otokui::saved_search {
namespace {

using staff::MemberGroupId;

// What people should see after any sequence of acts: per scope the names in order, per group its members.
struct Model {
    std::map<int, Names> scopes;           // 0..2: people, 3..4: groups
    std::map<int, std::set<int>> members;  // group (3, 4) -> people
    bool may(int who, int scope) const { return scope < 3 ? who == scope : members.at(scope).contains(who); }
    Names seen_by(int who) const {
        Names all;
        for (const auto& [scope, names] : scopes)
            if (may(who, scope)) all.insert(all.end(), names.begin(), names.end());
        return all;
    }
};

class RandomSavedSearches : public SavedSearchShop {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, RandomSavedSearches, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(RandomSavedSearches, AnySequenceOfActsLeavesEachScopeInItsOrderAndToItsPeople) {
    const std::array people{person("a"), person("b"), person("c")};
    const auto ok = rc::check("orders, scopes and access", [&] {
        run_sql("DELETE FROM saved_search");
        run_sql("DELETE FROM member_group_member");
        run_sql("DELETE FROM member_group");
        Model model;
        std::map<int, MemberGroupId> groups{{3, group("三", {})}, {4, group("四", {})}};
        model.members = {{3, {}}, {4, {}}};
        const auto scope_of = [&](int at) {
            return at < 3 ? own(people[static_cast<std::size_t>(at)]) : of(groups.at(at));
        };
        const auto find_id = [&](int scope, std::size_t at) {
            return db_.storage().read([&](storage::Transaction& tx) {
                const auto where = scope_of(scope);
                return SavedSearchId{
                    tx.find_integer("SELECT id FROM saved_search WHERE name = ? AND (staff_id = ? OR "
                                    "group_id = ?)",
                                    {model.scopes[scope][at], where.staff.value, where.group.value})
                        .value_or(0)};
            });
        };
        const auto steps = *rc::gen::inRange(1, 15);
        for (int step = 0; step < steps; ++step) {
            const int who = *rc::gen::inRange(0, 3), scope = *rc::gen::inRange(0, 5),
                      act = *rc::gen::inRange(0, 6);
            const auto& actor = people[static_cast<std::size_t>(who)];
            auto& names_there = model.scopes[scope];
            const std::string fresh = "名" + std::to_string(*rc::gen::inRange(0, 6));
            const bool taken = std::ranges::find(names_there, fresh) != names_there.end();
            if (act == 0) {  // joins or leaves
                if (scope < 3) continue;
                auto& members = model.members[scope];
                if (!members.erase(who)) members.insert(who);
                std::vector<StaffId> ids;
                for (const int member : members)
                    ids.push_back(people[static_cast<std::size_t>(member)].staff);
                set_members(groups.at(scope), ids);
            } else if (act == 1 || act == 2) {
                const auto told = refusal([&] { save(actor, scope_of(scope), fresh); });
                RC_ASSERT(told == (!model.may(who, scope) ? "member_group.not_found"
                                   : taken                ? "saved_search.name_taken /name:taken"
                                                          : ""));
                if (told.empty()) names_there.push_back(fresh);
            } else if (!names_there.empty()) {
                const auto at =
                    static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(names_there.size())));
                const auto id = find_id(scope, at);
                if (act == 3) {
                    const auto told = refusal([&] { change(context_, actor, id, {}, {.name = fresh}); });
                    RC_ASSERT(told == (!model.may(who, scope) ? "saved_search.not_found"
                                       : taken && names_there[at] != fresh
                                           ? "saved_search.name_taken /name:taken"
                                           : ""));
                    if (told.empty()) names_there[at] = fresh;
                } else if (act == 4) {
                    OperationId operation;
                    const auto told = refusal([&] { operation = remove(context_, actor, id, {}); });
                    RC_ASSERT(told == (model.may(who, scope) ? "" : "saved_search.not_found"));
                    if (told.empty() && *rc::gen::arbitrary<bool>())
                        core::undo(journal_, actor, operation);
                    else if (told.empty())
                        names_there.erase(names_there.begin() + static_cast<std::ptrdiff_t>(at));
                } else if (model.may(who, scope)) {
                    auto order = names_there;
                    std::ranges::rotate(order, order.begin() + static_cast<std::ptrdiff_t>(at));
                    std::vector<SavedSearchId> ids;
                    for (const auto& name : order)
                        ids.push_back(
                            find_id(scope, static_cast<std::size_t>(std::ranges::find(names_there, name) -
                                                                    names_there.begin())));
                    reorder(context_, actor, scope_of(scope), ids);
                    names_there = order;
                }
            }
            for (int reader = 0; reader < 3; ++reader)
                RC_ASSERT(names(people[static_cast<std::size_t>(reader)]) == model.seen_by(reader));
        }
    });
    EXPECT_TRUE(ok);
}

}  // namespace
}  // namespace otokui::saved_search
