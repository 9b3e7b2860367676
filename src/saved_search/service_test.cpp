#include "saved_search/service.hpp"

#include <gmock/gmock.h>

#include "saved_search/saved_search_fixture.hpp"

namespace otokui::saved_search {
namespace {

using staff::Role;
using testing::ElementsAre;
using testing::IsEmpty;

class SavedSearches : public SavedSearchShop {};
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
        EXPECT_EQ(refusal([&] { list(context_, hanako, {}, cursor, 1); }),
                  "cursor.invalid /cursor:bad_cursor")
            << cursor;
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

}  // namespace
}  // namespace otokui::saved_search
