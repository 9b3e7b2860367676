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
              registry.add_kind({"settings.update", {"設定", "Settings"}, "settings.edit", false});
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

TEST_P(Settings, APartCanBeSwitchedOff) {
    change("features", std::nullopt, R"({"points":false})");
    EXPECT_FALSE(is_on("points"));
    EXPECT_EQ(test::refusal([&] { get(shop_.journal, shop_.actor, "nothing"); }), "settings.not_found");
}

INSTANTIATE_TEST_SUITE_P(EachDatabase, Settings, testing::ValuesIn(test::backends()), test::backend_name);

}  // namespace
}  // namespace otokui::setting
