#include "setting/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/settings.hpp"
#include "support/customers.hpp"

namespace otokui::setting {
namespace {

using core::SettingField;
using testing::ElementsAre;

class Settings : public testing::TestWithParam<test::Backend> {
protected:
    Settings()
        : shop_(GetParam(), [this](core::Registry& registry) {
              registry.add_kind({"settings.update", {"設定", "Settings"}, "settings.edit"});
              registry.add_feature({.key = "points", .label = {"ポイント", "Points"}, .initial = 1});
              registry.add_settings(
                  {.name = "points",
                   .label = {"ポイント", "Points"},
                   .fields = {{.key = "days",
                               .label = {"日数", "Days"},
                               .type = SettingField::Type::integer,
                               .initial = 365,
                               .minimum = 1,
                               .maximum = 3650},
                              {.key = "mode",
                               .label = {"方式", "Mode"},
                               .type = SettingField::Type::choice,
                               .choices = {{"one", {"一つ", "One"}}, {"lots", {"別々", "Lots"}}}}},
                   .changed = [this](core::Writer&, const core::SettingValues& before,
                                     const core::SettingValues& after) {
                       told_.push_back(before.choice("mode") + ">" + after.choice("mode"));
                   }});
          }) {}

    Document change(std::string_view name, std::optional<std::int64_t> version, const std::string& body) {
        return setting::change(shop_.journal, shop_.actor, name, version, shop_.json(body));
    }
    // The fields that stand in the way of taking a change back; empty when it was taken back.
    std::vector<std::string> undo(const Document& changed) {
        std::vector<std::string> fields;
        try {
            core::undo(shop_.journal, shop_.actor, changed.operation);
        } catch (const Refused& refused) {
            for (const auto& conflict : refused.problem().extra.at("conflicts").as_array())
                fields.emplace_back(conflict.at("field").as_string());
        }
        return fields;
    }
    bool is_on(std::string_view feature) {
        return shop_.journal.database().read(
            [&](storage::Transaction& tx) { return core::settings::is_on(tx, shop_.registry, feature); });
    }

    std::vector<std::string> told_;
    test::Customers shop_;
};

TEST_P(Settings, AreAsShippedUntilSomebodyChangesThem) {
    const auto content = get(shop_.journal, shop_.actor, "points").content;
    EXPECT_EQ(content.at("days"), 365);
    EXPECT_EQ(content.at("mode"), "one");
    EXPECT_TRUE(is_on("points"));
}

TEST_P(Settings, AChangeLeavesWhatItDoesNotName) {
    change("points", 1, R"({"days":30})");
    const auto after = change("points", std::nullopt, R"({"mode":"lots"})").content;
    EXPECT_EQ(after.at("days"), 30);
    EXPECT_EQ(after.at("mode"), "lots");
    EXPECT_THAT(told_, ElementsAre("one>one", "one>lots"));
}

TEST_P(Settings, WhatIsTheSameWritesNothing) {
    EXPECT_EQ(change("points", 1, R"({"days":365})").operation, OperationId{});
    EXPECT_TRUE(told_.empty());
}

TEST_P(Settings, EveryErrorIsToldAtOnceAndNothingChanges) {
    EXPECT_THAT(test::field_errors([&] { change("points", 1, R"({"days":0,"mode":"none","other":1})"); }),
                ElementsAre("/days out_of_range", "/mode not_a_choice", "/other unknown_field"));
    EXPECT_EQ(get(shop_.journal, shop_.actor, "points").content.at("days"), 365);
}

TEST_P(Settings, AStaleChangeIsRefused) {
    change("points", 1, R"({"days":30})");
    const auto version = get(shop_.journal, shop_.actor, "points").content.at("version").as_int64();
    change("points", version, R"({"days":31})");
    EXPECT_EQ(test::refusal([&] { change("points", version, R"({"days":32})"); }), "settings.stale");
}

TEST_P(Settings, TheFirstToSaveIsNoticedByTheSecond) {
    change("points", 1, R"({"days":30})");
    EXPECT_EQ(test::refusal([&] { change("points", 1, R"({"days":31})"); }), "settings.stale");
}

TEST_P(Settings, AnUndoTakesBackWhatTheChangeSetAndNothingElse) {
    change("points", 1, R"({"days":20})");
    const auto days = change("points", std::nullopt, R"({"days":30})");
    const auto mode = change("points", std::nullopt, R"({"mode":"lots"})");
    EXPECT_THAT(undo(days), ElementsAre());
    const auto after = get(shop_.journal, shop_.actor, "points").content;
    EXPECT_EQ(after.at("days"), 20);
    EXPECT_EQ(after.at("mode"), "lots");
    told_.clear();
    EXPECT_THAT(undo(mode), ElementsAre());
    EXPECT_THAT(told_, ElementsAre("lots>one"));
}

TEST_P(Settings, AnUndoOfTheFirstChangeLeavesThemAsShipped) {
    const auto off = change("features", std::nullopt, R"({"points":false})");
    EXPECT_THAT(undo(off), ElementsAre());
    EXPECT_TRUE(is_on("points"));
    const auto days = change("points", 1, R"({"days":30})");
    change("points", std::nullopt, R"({"mode":"lots"})");
    EXPECT_THAT(undo(days), ElementsAre());
    const auto after = get(shop_.journal, shop_.actor, "points").content;
    EXPECT_EQ(after.at("days"), 365);
    EXPECT_EQ(after.at("mode"), "lots");
}

TEST_P(Settings, AnUndoNamesWhatHasChangedSince) {
    const auto first = change("points", 1, R"({"days":30})");
    change("points", std::nullopt, R"({"days":40})");
    EXPECT_THAT(undo(first), ElementsAre("points.days"));
    EXPECT_EQ(get(shop_.journal, shop_.actor, "points").content.at("days"), 40);
}

TEST_P(Settings, APartCanBeSwitchedOff) {
    change("features", std::nullopt, R"({"points":false})");
    EXPECT_FALSE(is_on("points"));
    EXPECT_EQ(test::refusal([&] { get(shop_.journal, shop_.actor, "nothing"); }), "settings.not_found");
}

INSTANTIATE_TEST_SUITE_P(EachDatabase, Settings, testing::ValuesIn(test::backends()), test::backend_name);

}  // namespace
}  // namespace otokui::setting
