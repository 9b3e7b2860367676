#include "saved_search/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/problem.hpp"
#include "core/undo.hpp"
#include "customer/fields.hpp"
#include "saved_search/tables.hpp"
#include "search/stored.hpp"
#include "search/tables.hpp"
#include "staff/accounts.hpp"
#include "staff/rights.hpp"
#include "staff/tables.hpp"
#include "support/database.hpp"

namespace otokui::saved_search {
namespace {

using staff::MemberGroupId;
using staff::Role;
using testing::ElementsAre;
using testing::IsEmpty;
using Names = std::vector<std::string>;

std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const Refused& refused) {
        std::string told = refused.problem().code;
        for (const auto& error : refused.problem().fields) told += " " + error.pointer + ":" + error.code;
        return told;
    }
    return "";
}

json::Object content(std::string_view text) { return json::parse(text).as_object(); }

class SavedSearches : public testing::TestWithParam<test::Backend> {
protected:
    SavedSearches() {
        customer::declare_fields(catalogue_);
        staff::register_tables(registry_);
        search::register_tables(registry_);
        register_tables(registry_);
        registry_.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
    }

    core::Actor person(const std::string& login, Role role = Role::operator_) {
        const auto account =
            staff::add_account(staff_, kShell, {login, "青木 " + login, std::string(staff::name_of(role))})
                .account;
        return {
            .staff = account.id, .name = account.name, .screen = "test", .rights = staff::rights_of(role)};
    }
    MemberGroupId group(const std::string& name, std::vector<StaffId> members) {
        return staff::add_member_group(journal_, kShell, {name, "", std::move(members)}).group.id;
    }
    void set_members(MemberGroupId id, std::vector<StaffId> members) {
        staff::change_member_group(journal_, kShell, id, {}, {.members = std::move(members)});
    }
    Written save(const core::Actor& actor, const Scope& scope, const std::string& name,
                 std::string_view what = R"({"text":"田中"})") {
        return create(context_, actor, {scope, name, content(what)});
    }
    Names names(const core::Actor& actor, const std::optional<Scope>& scope = {}) {
        Names all;
        for (const auto& saved : list(context_, actor, scope, "", 200).items) all.push_back(saved.name);
        return all;
    }
    static Scope own(const core::Actor& actor) { return {actor.staff, {}}; }
    static Scope of(MemberGroupId group) { return {{}, group}; }
    Names warnings(const core::Actor& actor, SavedSearchId id) {
        Names all;
        const auto shown = to_json(context_, actor, get(context_, actor, id));
        for (const auto& warning : shown.at("warnings").as_array())
            all.push_back(std::string(warning.at("pointer").as_string()) + ":" +
                          std::string(warning.at("code").as_string()));
        return all;
    }
    void run_sql(const std::string& sql) {
        db_.storage().write([&](storage::Transaction& tx) { tx.execute(sql); });
    }

    const core::Actor kShell = core::shell_actor("test");
    test::Database db_{GetParam()};
    Moment now_{1'800'000'000'000};
    core::Catalogue catalogue_;
    core::Registry registry_;
    core::Journal journal_{db_.storage(), registry_, [this] { return now_; }};
    staff::PasswordGate gate_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    const staff::Context staff_{journal_, gate_, keys_};
    const Context context_{journal_, catalogue_};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, SavedSearches, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(SavedSearches, TheRegistryKnowsEveryColumn) {
    for (const auto& difference : core::schema_differences(registry_, db_.storage()))
        EXPECT_EQ(difference.find("saved_search"), std::string::npos) << difference;
}

TEST_P(SavedSearches, APersonalOneIsNothingToAnybodyElse) {
    const auto hanako = person("hanako"), jiro = person("jiro");
    const auto saved = save(hanako, own(hanako), " 休眠 ").saved;
    EXPECT_EQ(saved.name, "休眠");
    EXPECT_EQ(saved.created_by, hanako.staff);
    EXPECT_EQ(saved.updated_by, hanako.staff);
    EXPECT_THAT(names(hanako), ElementsAre("休眠"));
    EXPECT_THAT(names(jiro), IsEmpty());
    EXPECT_EQ(refusal([&] { get(context_, jiro, saved.id); }), "saved_search.not_found");
    EXPECT_EQ(refusal([&] { run(context_, jiro, saved.id); }), "saved_search.not_found");
    EXPECT_EQ(refusal([&] { change(context_, jiro, saved.id, {}, {.name = "x"}); }),
              "saved_search.not_found");
    EXPECT_EQ(refusal([&] { remove(context_, jiro, saved.id, {}); }), "saved_search.not_found");
    const auto operation = remove(context_, hanako, saved.id, {});
    EXPECT_EQ(refusal([&] { core::undo(journal_, jiro, operation); }), "saved_search.not_found");
    EXPECT_THAT(names(hanako), IsEmpty());
    core::undo(journal_, hanako, operation);
    EXPECT_THAT(names(hanako), ElementsAre("休眠"));
}

TEST_P(SavedSearches, AGroupsAreSharedUntilTheMembershipEnds) {
    const auto hanako = person("hanako"), jiro = person("jiro");
    const auto orders = group("受注", {hanako.staff, jiro.staff});
    const auto saved = save(hanako, of(orders), "休眠").saved;
    EXPECT_EQ(saved.scope_name, "受注");
    const auto renamed = change(context_, jiro, saved.id, saved.version, {.name = "休眠90日"}).saved;
    EXPECT_THAT(names(hanako, of(orders)), ElementsAre("休眠90日"));
    EXPECT_EQ(renamed.updated_by, jiro.staff);
    EXPECT_EQ(renamed.created_by, hanako.staff);
    set_members(orders, {hanako.staff});
    EXPECT_THAT(names(jiro), IsEmpty());
    EXPECT_EQ(refusal([&] { get(context_, jiro, saved.id); }), "saved_search.not_found");
    EXPECT_EQ(refusal([&] { names(jiro, of(orders)); }), "member_group.not_found");
    EXPECT_EQ(refusal([&] { save(jiro, of(orders), "x"); }), "member_group.not_found");
    EXPECT_EQ(refusal([&] { reorder(context_, jiro, of(orders), {saved.id}); }), "member_group.not_found");
}

TEST_P(SavedSearches, NamesAreUniqueWithinOneOwnerOnly) {
    const auto hanako = person("hanako"), jiro = person("jiro");
    const auto orders = group("受注", {hanako.staff});
    const auto mails = group("メール", {hanako.staff});
    save(hanako, own(hanako), "休眠");
    save(hanako, of(orders), "休眠");
    save(hanako, of(mails), "休眠");
    save(jiro, own(jiro), "休眠");
    EXPECT_EQ(refusal([&] { save(hanako, own(hanako), "休眠 "); }), "saved_search.name_taken /name:taken");
    EXPECT_EQ(refusal([&] { save(hanako, of(orders), "休眠"); }), "saved_search.name_taken /name:taken");
    const auto other = save(hanako, own(hanako), "別").saved;
    EXPECT_EQ(refusal([&] { change(context_, hanako, other.id, {}, {.name = "休眠"}); }),
              "saved_search.name_taken /name:taken");
}

TEST_P(SavedSearches, RefusesWhatIsWrongAllAtOnce) {
    const auto hanako = person("hanako");
    EXPECT_EQ(
        refusal([&] {
            save(hanako, own(hanako), "",
                 R"({"condition":{"all":[{"field":"nonsense","op":"is","value":"x"}]},"sort":[{"field":"x",
                           "direction":"asc"}],"columns":["y"],"density":"huge","limit":7})");
        }),
        "saved_search.invalid /name:required /content/limit:unknown_field /content/density:not_a_choice"
        " /content/condition/all/0/field:unknown_field /content/sort/0/field:unknown_field"
        " /content/columns/0:unknown_field");
    EXPECT_EQ(refusal([&] { save(hanako, own(hanako), std::string(101, 'x')); }),
              "saved_search.invalid /name:too_long");
    EXPECT_EQ(refusal([&] { save(hanako, own(hanako), "a\tb"); }),
              "saved_search.invalid /name:bad_character");
}

TEST_P(SavedSearches, AStaleChangeIsRefused) {
    const auto hanako = person("hanako");
    const auto saved = save(hanako, own(hanako), "休眠").saved;
    const auto now = change(context_, hanako, saved.id, saved.version, {.name = "休眠2"});
    EXPECT_EQ(refusal([&] { change(context_, hanako, saved.id, saved.version, {.name = "休眠3"}); }),
              "saved_search.stale");
    EXPECT_EQ(refusal([&] { remove(context_, hanako, saved.id, saved.version); }), "saved_search.stale");
    core::undo(journal_, hanako, now.operation);
    EXPECT_THAT(names(hanako), ElementsAre("休眠"));
}

TEST_P(SavedSearches, AnOverwrittenContentIsInTheJournalAndComesBackByUndo) {
    const auto hanako = person("hanako");
    const auto saved = save(hanako, own(hanako), "休眠", R"({"text":"田中"})").saved;
    const auto over = change(context_, hanako, saved.id, {}, {.content = content(R"({"text":"鈴木"})")});
    EXPECT_EQ(json::to_text(over.saved.content), R"({"text":"鈴木"})");
    const auto old = db_.storage().read([&](storage::Transaction& tx) {
        return tx.find_text("SELECT old_values FROM change WHERE operation_id = ?", {over.operation.value});
    });
    EXPECT_NE(old.value_or("").find("田中"), std::string::npos);
    core::undo(journal_, hanako, over.operation);
    EXPECT_EQ(json::to_text(get(context_, hanako, saved.id).content), R"({"text":"田中"})");
}

TEST_P(SavedSearches, AreListedInTheOrderGivenToThem) {
    const auto hanako = person("hanako");
    const auto orders = group("受注", {hanako.staff});
    std::vector<SavedSearchId> ids;
    for (const char* name : {"い", "ろ", "は"}) ids.push_back(save(hanako, own(hanako), name).saved.id);
    save(hanako, of(orders), "共有");
    const auto operation = reorder(context_, hanako, own(hanako), {ids[2], ids[0], ids[1]});
    EXPECT_THAT(names(hanako), ElementsAre("は", "い", "ろ", "共有"));
    Names paged;
    for (std::string cursor;;) {
        const auto page = list(context_, hanako, {}, cursor, 1);
        for (const auto& saved : page.items) paged.push_back(saved.name);
        cursor = page.next_cursor;
        if (cursor.empty()) break;
    }
    EXPECT_EQ(paged, names(hanako));
    EXPECT_EQ(refusal([&] { reorder(context_, hanako, own(hanako), {ids[2], ids[0]}); }),
              "saved_search.order_changed");
    EXPECT_EQ(refusal([&] { reorder(context_, hanako, own(hanako), {ids[2], ids[0], ids[0]}); }),
              "saved_search.order_changed");
    core::undo(journal_, hanako, operation);
    EXPECT_THAT(names(hanako, own(hanako)), ElementsAre("い", "ろ", "は"));
    for (const char* cursor : {"x", "1-", "1-2", "1-2-3-", "1-2-3x", "-1-2-3", "99999999999999999999-1-1"})
        EXPECT_EQ(refusal([&] { list(context_, hanako, {}, cursor, 1); }), "cursor.invalid") << cursor;
}

TEST_P(SavedSearches, AScopeHoldsTwoHundred) {
    const auto hanako = person("hanako");
    for (int i = 0; i < 200; ++i) save(hanako, own(hanako), "検索" + std::to_string(i));
    EXPECT_EQ(refusal([&] { save(hanako, own(hanako), "もう1つ"); }), "saved_search.too_many");
}

TEST_P(SavedSearches, GoWithTheirGroupAndComeBackWithIt) {
    const auto hanako = person("hanako"), chief = person("chief", Role::admin);
    const auto orders = group("受注", {hanako.staff});
    save(hanako, of(orders), "休眠");
    save(hanako, of(orders), "常連");
    save(hanako, own(hanako), "自分");
    const auto belongings = belongings_of_groups();
    EXPECT_THAT(db_.storage().read([&](storage::Transaction& tx) { return belongings.names(tx, orders); }),
                ElementsAre("休眠", "常連"));
    const auto operation = staff::remove_member_group(journal_, chief, orders, {}, belongings);
    EXPECT_THAT(names(hanako), ElementsAre("自分"));
    core::undo(journal_, chief, operation);
    EXPECT_THAT(names(hanako), ElementsAre("自分", "休眠", "常連"));
}

TEST_P(SavedSearches, AGroupWithSavedSearchesIsNotTakenBackByUndo) {
    const auto hanako = person("hanako");
    const auto made = staff::add_member_group(journal_, kShell, {"受注", "", {hanako.staff}});
    save(hanako, of(made.group.id), "休眠");
    EXPECT_EQ(refusal([&] { core::undo(journal_, kShell, made.operation); }), "operation.changed_since");
    EXPECT_THAT(names(hanako), ElementsAre("休眠"));
}

TEST_P(SavedSearches, ARestoredOneWhoseNameWasTakenIsRefusedNotBroken) {
    const auto hanako = person("hanako");
    const auto saved = save(hanako, own(hanako), "休眠").saved;
    const auto operation = remove(context_, hanako, saved.id, {});
    save(hanako, own(hanako), "休眠");
    EXPECT_EQ(refusal([&] { core::undo(journal_, hanako, operation); }), "operation.changed_since");
}

TEST_P(SavedSearches, AMasterThatWasDeletedIsNamed) {
    const auto hanako = person("hanako");
    run_sql("INSERT INTO label (id, name, position, color) VALUES (7, '常連', 1, '')");
    const auto saved =
        save(hanako, own(hanako), "常連",
             R"({"condition":{"all":[{"any":[{"field":"labels","op":"any_of","value":["7"]}]}]}})")
            .saved;
    EXPECT_THAT(warnings(hanako, saved.id), IsEmpty());
    run_sql("DELETE FROM label WHERE id = 7");
    EXPECT_THAT(warnings(hanako, saved.id),
                ElementsAre("/content/condition/all/0/any/0/value/0:master_deleted"));
    EXPECT_NE(run(context_, hanako, saved.id), "") << "it runs, and the deleted label finds nobody";
}

TEST_P(SavedSearches, WhatAnotherVersionWroteLoadsAndSaysWhatIsNotKnown) {
    const auto hanako = person("hanako");
    const auto saved = save(hanako, own(hanako), "未来").saved;
    const std::pair<const char*, const char*> cases[]{
        {R"({"condition":{"all":[{"field":"aura","op":"is","value":"x"},{"field":"name","op":"rhymes","value":"x"}]}})",
         "/content/condition/all/0/field:unknown_field /content/condition/all/1/op:unknown_operator"},
        {R"({"condition":{"has":"spaceship"}})", ""},
        {R"({"condition":{"xor":[]},"columns":["aura"],"sort":7,"density":3,"colour":"red"})", ""},
        {R"({"condition":[],"text":{"a":1}})", ""},
        {R"({"condition":{"field":"labels","op":"any_of","value":[{},null,"x",1e300]}})", ""}};
    for (const auto& [stored, expected] : cases) {
        db_.storage().write([&](storage::Transaction& tx) {
            tx.execute("UPDATE saved_search SET content = ? WHERE id = ?",
                       {std::string(stored), saved.id.value});
        });
        std::string told;
        for (const auto& warning : warnings(hanako, saved.id)) told += (told.empty() ? "" : " ") + warning;
        EXPECT_NE(told, "") << stored;
        if (*expected != '\0') EXPECT_EQ(told, expected);
        EXPECT_NE(refusal([&] { run(context_, hanako, saved.id); }), "") << stored;
        EXPECT_THAT(names(hanako), ElementsAre("未来"));
    }
}

TEST_P(SavedSearches, RelativeDaysStayRelative) {
    const auto hanako = person("hanako");
    const char* const what =
        R"({"condition":{"all":[{"field":"last_purchase_at","op":"at_most","value":{"ago":90,"unit":"day"}}]}})";
    const auto saved = save(hanako, own(hanako), "休眠", what).saved;
    now_ = now_ + std::chrono::hours(72);
    const auto search = search::get_stored(journal_, hanako, run(context_, hanako, saved.id));
    EXPECT_EQ(json::to_text(search), what);
}

TEST_P(SavedSearches, WhoeverMayNotSeeContactDataSeesThemMaskedAndCannotRunThem) {
    const auto hanako = person("hanako"), viewer = person("viewer", Role::viewer);
    const auto all = group("全員", {hanako.staff, viewer.staff});
    const auto phone =
        save(hanako, of(all), "電話",
             R"({"condition":{"any":[{"none":[{"field":"phone","op":"is","value":"09012345678"}]},)"
             R"({"text":"渋谷 hanako@example.jp"}]},"text":"田中 ０９０12"})")
            .saved.id;
    const auto name = save(hanako, of(all), "名前", R"({"text":"田中 4-8"})").saved.id;
    const auto by_mail =
        save(hanako, of(all), "順", R"({"sort":[{"field":"email","direction":"asc"}]})").saved.id;
    EXPECT_THAT(names(viewer), ElementsAre("電話", "名前", "順"));
    const auto shown = to_json(context_, viewer, get(context_, viewer, phone));
    EXPECT_EQ(json::to_text(shown.at("content")),
              R"({"condition":{"any":[{"none":[{"field":"phone","op":"is","value":"*****"}]},)"
              R"({"text":"渋谷 *****"}]},"text":"田中 *****"})");
    EXPECT_TRUE(shown.at("masked").as_bool());
    EXPECT_EQ(refusal([&] { run(context_, viewer, phone); }), "field.forbidden");
    EXPECT_EQ(refusal([&] { run(context_, viewer, by_mail); }), "field.forbidden");
    EXPECT_EQ(refusal([&] { run(context_, viewer, name); }), "");
    EXPECT_FALSE(to_json(context_, hanako, get(context_, hanako, phone)).at("masked").as_bool());
    EXPECT_EQ(refusal([&] {
                  save(viewer, own(viewer), "x", R"({"condition":{"field":"email","op":"not_empty"}})");
              }),
              "field.forbidden");
}

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

TEST_P(SavedSearches, AnySequenceOfActsLeavesEachScopeInItsOrderAndToItsPeople) {
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
