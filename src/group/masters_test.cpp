#include "master/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/id_set.hpp"
#include "group/shop_fixture.hpp"
#include "master/store.hpp"

namespace otokui::master {
namespace {

using otokui::test::field_errors;
using otokui::test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kLabels = "label";

json::Value parse(const std::string& text) { return boost::json::parse(text); }
storage::Value set_of(std::vector<std::int64_t> ids) { return core::format_set(std::move(ids)); }

class Masters : public testing::TestWithParam<otokui::test::Backend> {
protected:
    std::vector<std::string> names(std::string_view master) {
        std::vector<std::string> names;
        for (const auto& row : list(shop_.masters, shop_.actor, master_of(master), "", 200).items)
            names.emplace_back(row.at("name").as_string());
        return names;
    }
    std::string change_refusal(std::string_view master, std::int64_t id, const std::string& body) {
        return refusal(
            [&] { change(shop_.masters, shop_.actor, master_of(master), id, std::nullopt, parse(body)); });
    }
    std::variant<OperationId, JobId> remove(std::string_view master, std::int64_t id,
                                            const Members& members = {}) {
        return master::remove(shop_.masters, shop_.actor, master_of(master), id, std::nullopt, members);
    }
    group::test::Shop shop_{GetParam()};
};

TEST_P(Masters, ARowHasWhatItsDeclarationGives) {
    const auto id = shop_.add(
        kLevels, R"({"name":" ゴールド ","minimum_total":30000,"point_multiplier":150,"color":"#F08C00"})");
    EXPECT_EQ(
        shop_.row(kLevels, id),
        parse(R"({"id":")" + std::to_string(id) +
              R"(","name":"ゴールド","position":1,"minimum_total":30000,"minimum_count":null,"match":"all",
                    "look_back_months":null,"point_multiplier":150,"discount":0,"color":"#f08c00","members":0,"version":1})"));
    const auto type =
        shop_.add(kSpecialTypes, R"({"name":"卸","code":"W","barred_payments":["後払い","代金引換"]})");
    const auto row = shop_.row(kSpecialTypes, type);
    EXPECT_EQ(row.at("barred_payments"), parse(R"(["代金引換","後払い"])"));
    EXPECT_FALSE(row.at("payment_exception").as_bool());
    EXPECT_EQ(row.at("excepted_products"), parse("[]"));
    EXPECT_EQ(row.at("category").as_string(), "");
    const auto excepting = shop_.add(
        kSpecialTypes,
        R"({"name":"社販","code":"S","payment_exception":true,"excepted_products":["SET-002","SET-001"],"category":" 社内 "})");
    EXPECT_TRUE(shop_.row(kSpecialTypes, excepting).at("payment_exception").as_bool());
    EXPECT_EQ(shop_.row(kSpecialTypes, excepting).at("excepted_products"), parse(R"(["SET-001","SET-002"])"));
    EXPECT_EQ(shop_.row(kSpecialTypes, excepting).at("category").as_string(), "社内");
}

TEST_P(Masters, EveryErrorIsToldAtOnceAndNothingIsAdded) {
    EXPECT_THAT(
        field_errors([&] {
            shop_.add(
                kLevels,
                R"({"name":"","minimum_total":-1,"minimum_count":"3","match":"some","look_back_months":0,
                                          "point_multiplier":10001,"discount":101,"color":"red","position":1,"colour":""})");
        }),
        testing::UnorderedElementsAre(
            "/name required", "/minimum_total out_of_range", "/minimum_count wrong_type",
            "/match not_a_choice", "/look_back_months out_of_range", "/point_multiplier out_of_range",
            "/discount out_of_range", "/color not_a_color", "/position read_only", "/colour unknown_field"));
    EXPECT_THAT(field_errors([&] {
                    shop_.add(kSpecialTypes, R"({"name":"卸","barred_payments":["後払い","後払い",3]})");
                }),
                testing::UnorderedElementsAre("/code required", "/barred_payments/1 duplicate",
                                              "/barred_payments/2 wrong_type"));
    EXPECT_THAT(field_errors([&] {
                    shop_.add(kSpecialTypes,
                              R"({"name":"卸","code":"W","payment_exception":1,"excepted_products":[")" +
                                  std::string(201, 'x') + R"("],"category":")" + std::string(51, 'x') +
                                  R"("})");
                }),
                testing::UnorderedElementsAre("/payment_exception wrong_type",
                                              "/excepted_products/0 too_long", "/category too_long"));
    EXPECT_THAT(field_errors([&] { shop_.add(kLabels, R"({"name":"a|b"})"); }),
                ElementsAre("/name bad_character"));
    EXPECT_THAT(names(kLevels), IsEmpty());
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Masters, NamesAndCodesAreUnique) {
    const auto staff = shop_.add(kSpecialTypes, R"({"name":"社員","code":"S"})");
    EXPECT_EQ(refusal([&] { shop_.add(kSpecialTypes, R"({"name":"社員","code":"T"})"); }),
              "master.name_taken");
    EXPECT_EQ(refusal([&] { shop_.add(kSpecialTypes, R"({"name":"取材","code":"S"})"); }),
              "special_type.code_taken");
    shop_.add(kSpecialTypes, R"({"name":"取材","code":"P"})");
    EXPECT_EQ(change_refusal(kSpecialTypes, staff, R"({"code":"P"})"), "special_type.code_taken");
}

TEST_P(Masters, ACodeIsFixedOnceACustomerHoldsTheType) {
    const auto type = shop_.add(kSpecialTypes, R"({"name":"社員","code":"S"})");
    EXPECT_EQ(change_refusal(kSpecialTypes, type, R"({"code":"S2"})"), "");
    const auto customer = shop_.customer({{"special_type_id", type}});
    EXPECT_EQ(change_refusal(kSpecialTypes, type, R"({"code":"S3"})"), "special_type.code_in_use");
    EXPECT_EQ(change_refusal(kSpecialTypes, type, R"({"code":"S2","discount":20})"), "");
    shop_.update(customer, {{"deleted_at", shop_.now}});
    EXPECT_EQ(change_refusal(kSpecialTypes, type, R"({"code":"S3"})"), "special_type.code_in_use");
}

TEST_P(Masters, AStaleChangeIsRefusedWithBothSides) {
    const auto id = shop_.add(kLabels, R"({"name":"VIP"})");
    const auto& labels = master_of(kLabels);
    change(shop_.masters, shop_.actor, labels, id, 1, parse(R"({"visible":false})"));
    try {
        change(shop_.masters, shop_.actor, labels, id, 1, parse(R"({"visible":true})"));
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "master.stale");
        EXPECT_EQ(refused.problem().extra.at("current").at("version"), 2);
        EXPECT_EQ(refused.problem().extra.at("sent"), parse(R"({"visible":true})"));
    }
    EXPECT_EQ(change_refusal(kLabels, id + 1, "{}"), "master.not_found");
}

TEST_P(Masters, PagesFollowTheShopsOrder) {
    const auto a = shop_.add(kLabels, R"({"name":"あ"})"), b = shop_.add(kLabels, R"({"name":"い"})"),
               c = shop_.add(kLabels, R"({"name":"う"})");
    reorder(shop_.masters, shop_.actor, master_of(kLabels), {c, a, b});
    EXPECT_THAT(names(kLabels), ElementsAre("う", "あ", "い"));
    const auto first = list(shop_.masters, shop_.actor, master_of(kLabels), "", 2);
    const auto second = list(shop_.masters, shop_.actor, master_of(kLabels), first.next_cursor, 2);
    EXPECT_EQ(second.items.front().at("name"), "い");
    EXPECT_EQ(second.next_cursor, "");
    for (const auto& ids : {std::vector<std::int64_t>{a, b}, {a, b, b}, {a, b, c, c + 9}})
        EXPECT_EQ(refusal([&] { reorder(shop_.masters, shop_.actor, master_of(kLabels), ids); }),
                  "master.order_changed");
    EXPECT_EQ(refusal([&] { list(shop_.masters, shop_.actor, master_of(kLabels), "1-x", 2); }),
              "cursor.invalid");
}

TEST_P(Masters, ThereAreThirtyBlockReasonsAtMost) {
    for (int i = 0; i < 30; ++i) shop_.add(kBlockReasons, R"({"name":")" + std::to_string(i) + R"("})");
    EXPECT_EQ(refusal([&] { shop_.add(kBlockReasons, R"({"name":"31"})"); }), "master.too_many");
}

TEST_P(Masters, MembersAreCountedWithoutDeletedCustomers) {
    const auto vip = shop_.add(kLabels, R"({"name":"VIP"})"), idle = shop_.add(kLabels, R"({"name":"休眠"})");
    const auto level = shop_.add(kLevels, R"({"name":"金"})");
    shop_.customer({{"labels", set_of({vip, idle})}, {"level_id", level}});
    const auto gone = shop_.customer({{"labels", set_of({vip})}, {"level_id", level}});
    EXPECT_EQ(shop_.members(kLabels, vip), 2);
    shop_.update(gone, {{"deleted_at", shop_.now}});
    EXPECT_EQ(shop_.members(kLabels, vip), 1);
    EXPECT_EQ(shop_.members(kLevels, level), 1);
    const auto rows = list(shop_.masters, shop_.actor, master_of(kLabels), "", 10).items;
    EXPECT_EQ(rows.at(0).at("members"), 1);
    EXPECT_EQ(rows.at(1).at("members"), 1);
}

TEST_P(Masters, WhatCustomersHoldIsNotDeletedUnlessSaidWhatBecomesOfThem) {
    const auto vip = shop_.add(kLabels, R"({"name":"VIP"})");
    const auto type = shop_.add(kSpecialTypes, R"({"name":"卸","code":"W"})");
    const auto reason = shop_.add(kBlockReasons, R"({"name":"迷惑"})");
    shop_.customer(
        {{"labels", set_of({vip})}, {"special_type_id", type}, {"block_reasons", set_of({reason})}});
    const auto gone = shop_.customer({{"labels", set_of({vip})}});
    shop_.update(gone, {{"deleted_at", shop_.now}});
    try {
        remove(kLabels, vip);
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "master.in_use");
        EXPECT_EQ(refused.problem().extra.at("members"), 1);
        EXPECT_EQ(refused.problem().extra.at("deleted"), 1);
    }
    const Members removed{.fate = Members::Fate::removed};
    EXPECT_EQ(refusal([&] { remove(kSpecialTypes, type, removed); }), "master.in_use");
    EXPECT_EQ(refusal([&] { remove(kBlockReasons, reason, removed); }), "master.in_use");
    EXPECT_EQ(change_refusal(kBlockReasons, reason, R"({"retired":true})"), "");
    for (const auto to : {vip, vip + 99})
        EXPECT_EQ(refusal([&] { remove(kLabels, vip, {.fate = Members::Fate::moved, .to = to}); }),
                  "query.invalid");
}

TEST_P(Masters, DeletingMovesWhoHeldItAndCanBeTakenBack) {
    ensure_default_group(shop_.journal);
    const auto old_group = shop_.add(kGroups, R"({"name":"友の会"})"),
               group = shop_.add(kGroups, R"({"name":"法人"})");
    std::vector<std::int64_t> customers;
    for (int i = 0; i < 230; ++i)
        customers.push_back(
            shop_.customer({{"customer_groups", i % 2 ? set_of({old_group}) : set_of({old_group, group})}}));
    shop_.update(customers.front(), {{"deleted_at", shop_.now}});
    const auto job =
        shop_.run(std::get<JobId>(remove(kGroups, old_group, {.fate = Members::Fate::moved, .to = group})));
    EXPECT_EQ(job.status, core::JobStatus::done);
    EXPECT_EQ(job.counts.ok, 230);
    EXPECT_EQ(refusal([&] { shop_.row(kGroups, old_group); }), "master.not_found");
    EXPECT_EQ(shop_.members(kGroups, group), 229);
    for (const auto customer : customers)
        ASSERT_EQ(shop_.held(customer, "customer_groups"), core::format_set({group}));
    EXPECT_THAT(shop_.verify(), IsEmpty());

    EXPECT_THAT(shop_.undo(job.operation), IsEmpty());
    EXPECT_EQ(shop_.members(kGroups, old_group), 229);
    EXPECT_EQ(shop_.members(kGroups, group), 114);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Masters, DeletingALevelTakesItFromWhoHeldIt) {
    const auto level = shop_.add(kLevels, R"({"name":"金"})");
    const auto customer = shop_.customer({{"level_id", level}});
    const auto job = shop_.run(std::get<JobId>(remove(kLevels, level, {.fate = Members::Fate::removed})));
    EXPECT_EQ(job.status, core::JobStatus::done);
    EXPECT_EQ(shop_.held(customer, "level_id"), "");
    EXPECT_THAT(shop_.undo(job.operation), IsEmpty());
    EXPECT_EQ(shop_.held(customer, "level_id"), std::to_string(level));
}

TEST_P(Masters, WhatNobodyHoldsGoesAtOnceAndComesBack) {
    const auto id = shop_.add(kLabels, R"({"name":"VIP","color":"#112233"})");
    const auto before = shop_.row(kLabels, id);
    const auto operation = std::get<OperationId>(remove(kLabels, id));
    EXPECT_THAT(names(kLabels), IsEmpty());
    core::undo(shop_.journal, shop_.actor, operation);
    auto after = shop_.row(kLabels, id);
    after["version"] = before.at("version");
    EXPECT_EQ(after, before);
}

TEST_P(Masters, ExactlyOneGroupIsTheDefault) {
    ensure_default_group(shop_.journal);
    const auto first =
        shop_.id_of(list(shop_.masters, shop_.actor, master_of(kGroups), "", 10).items.at(0).as_object());
    const auto second = shop_.add(kGroups, R"({"name":"友の会"})");
    EXPECT_EQ(refusal([&] { remove(kGroups, first); }), "group.is_default");
    EXPECT_THAT(field_errors([&] { shop_.add(kGroups, R"({"name":"三","is_default":true})"); }),
                ElementsAre("/is_default read_only"));
    const auto made = make_default(shop_.masters, shop_.actor, second);
    EXPECT_EQ(made.row.at("is_default"), true);
    EXPECT_EQ(shop_.row(kGroups, first).at("is_default"), false);
    EXPECT_EQ(make_default(shop_.masters, shop_.actor, second).operation, OperationId{});
    core::undo(shop_.journal, shop_.actor, made.operation);
    EXPECT_EQ(shop_.row(kGroups, first).at("is_default"), true);
}

TEST_P(Masters, VerifyFindsAHeldRowThatIsGoneAndAMissingDefault) {
    register_verification(shop_.registry);
    EXPECT_THAT(shop_.verify(), ElementsAre("there is not exactly one default group"));
    ensure_default_group(shop_.journal);
    const auto vip = shop_.add(kLabels, R"({"name":"VIP"})");
    const auto customer = shop_.customer({{"labels", set_of({vip})}});
    EXPECT_THAT(shop_.verify(), IsEmpty());
    shop_.database.storage().write([&](storage::Transaction& tx) { tx.execute("DELETE FROM label", {}); });
    EXPECT_THAT(shop_.verify(), ElementsAre("customer " + std::to_string(customer) + " holds label " +
                                            std::to_string(vip) + ", which does not exist"));
}

// At a million customers nothing else is quick enough.
TEST(MastersOnSqlite, MembersAreCountedFromIndexesAlone) {
    group::test::Shop shop(storage::Engine::sqlite);
    shop.database.storage().read([&](storage::Transaction& tx) {
        for (const auto& master : masters()) {
            if (master.held != Held::reference) continue;
            std::string plan;
            tx.query("EXPLAIN QUERY PLAN " + store::counting_sql(master), {},
                     [&](const storage::Row& row) { plan += row.text(3); });
            EXPECT_THAT(plan, testing::HasSubstr("USING COVERING INDEX customer_")) << master.table;
            EXPECT_THAT(plan, testing::Not(testing::HasSubstr("customer_facts"))) << master.table;
            EXPECT_THAT(plan, testing::Not(testing::HasSubstr("TEMP B-TREE"))) << master.table;
        }
    });
}

TEST_P(Masters, WhoMayOnlyReadChangesNothing) {
    const auto id = shop_.add(kLabels, R"({"name":"VIP"})");
    shop_.actor.rights = std::make_shared<core::Rights>(core::Rights{"customer.read"});
    EXPECT_EQ(refusal([&] { shop_.row(kLabels, id); }), "");
    EXPECT_EQ(refusal([&] { shop_.add(kLabels, R"({"name":"x"})"); }), "forbidden");
    EXPECT_EQ(change_refusal(kLabels, id, R"({"name":"x"})"), "forbidden");
    EXPECT_EQ(refusal([&] { remove(kLabels, id); }), "forbidden");
    EXPECT_EQ(refusal([&] { reorder(shop_.masters, shop_.actor, master_of(kLabels), {id}); }), "forbidden");
    EXPECT_EQ(refusal([&] { make_default(shop_.masters, shop_.actor, id); }), "forbidden");
}

INSTANTIATE_TEST_SUITE_P(EachDatabase, Masters, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

}  // namespace
}  // namespace otokui::master
