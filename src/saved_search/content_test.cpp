#include "saved_search/content.hpp"

#include <gmock/gmock.h>

#include "saved_search/saved_search_fixture.hpp"

namespace otokui::saved_search {
namespace {

using staff::Role;
using testing::ElementsAre;
using testing::IsEmpty;

class SavedSearchContents : public SavedSearchShop {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, SavedSearchContents, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(SavedSearchContents, AMasterThatWasDeletedIsNamed) {
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

TEST_P(SavedSearchContents, WhatAnotherVersionWroteLoadsAndSaysWhatIsNotKnown) {
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

TEST_P(SavedSearchContents, WidthsOfColumnsAreKeptAndNotSearchedFor) {
    const auto hanako = person("hanako");
    const auto saved = save(hanako, own(hanako), "幅", R"({"text":"田中","widths":{"name":240}})").saved;
    EXPECT_THAT(warnings(hanako, saved.id), IsEmpty());
    EXPECT_EQ(json::to_text(search::get_stored(journal_, hanako, run(context_, hanako, saved.id))),
              R"({"text":"田中"})");
    for (const auto* wrong : {R"({"widths":7})", R"({"widths":{"name":"wide"}})", R"({"widths":{"name":3}})"})
        EXPECT_NE(refusal([&] { save(hanako, own(hanako), "x", wrong); }), "") << wrong;
}

TEST_P(SavedSearchContents, RelativeDaysStayRelative) {
    const auto hanako = person("hanako");
    const char* const what =
        R"({"condition":{"all":[{"field":"last_purchase_at","op":"at_most","value":{"ago":90,"unit":"day"}}]}})";
    const auto saved = save(hanako, own(hanako), "休眠", what).saved;
    now_ = now_ + std::chrono::hours(72);
    const auto search = search::get_stored(journal_, hanako, run(context_, hanako, saved.id));
    EXPECT_EQ(json::to_text(search), what);
}

TEST_P(SavedSearchContents, WhoeverMayNotSeeContactDataSeesThemMaskedAndCannotRunThem) {
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

}  // namespace
}  // namespace otokui::saved_search
