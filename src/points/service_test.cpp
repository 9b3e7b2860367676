#include "points/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/problem.hpp"
#include "points/past.hpp"
#include "points/points_fixture.hpp"

namespace otokui::points {
namespace {

using test::Customers;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Points : public PointsShop {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Points, testing::ValuesIn(test::backends()), test::backend_name);

// FEATURES 73: the typed number is added, minus allowed; two rows with reason and actor.
TEST_P(Points, AddsWhatWasTyped) {
    give(100, R"(,"reason":"お詫び")");
    const auto taken = give(-30);
    EXPECT_EQ(balance(), 70);
    EXPECT_THAT(rows(), ElementsAre("manual_grant 100>100", "manual_deduct -30>70"));
    const auto newest = ledger().at(0).as_object();
    EXPECT_EQ(newest, taken.entry);
    EXPECT_EQ(newest.at("operation").as_string(), std::to_string(taken.operation.value));
    EXPECT_EQ(newest.at("actor"), "system");
    EXPECT_EQ(ledger().at(1).at("reason"), "お詫び");
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

// FEATURES 125, rule 9: what is changed by hand starts the term of the whole balance anew; a file does not.
TEST_P(Points, AChangeByHandRestartsTheDateAndAFileDoesNot) {
    const auto granted = give(100);
    EXPECT_EQ(granted.entry.at("expires_at"), "2027-11-22T23:59:59.999+09:00");
    wait_days(10);
    book({.kind = Kind::csv, .delta = 50});
    EXPECT_EQ(expires(), "2027-11-22");
    book({.kind = Kind::order_use, .delta = -20});
    EXPECT_EQ(expires(), "2027-11-22");
    const auto taken = give(-10);
    EXPECT_EQ(expires(), "2027-12-02");
    EXPECT_EQ(taken.entry.at("expires_at"), "2027-12-02T23:59:59.999+09:00");
    give(1, R"(,"expires_at":"2026-12-31")");
    EXPECT_EQ(expires(), "2026-12-31");
    EXPECT_EQ(balance(), 121);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, EachGrantHasItsOwnDateWhereTheShopWantsIt) {
    set(R"({"expiry_mode":"lots","expiry_days":30})");
    give(100);
    wait_days(5);
    give(50, R"(,"expires_at":"2026-11-30")");
    EXPECT_EQ(expires(), "2026-11-30");
    give(-60);
    EXPECT_EQ(expires(), "2026-12-22");  // the nearer one is used up
    EXPECT_THAT(test::field_errors([&] { give(-1, R"(,"expires_at":"2026-12-01")"); }),
                ElementsAre("/expires_at not_for_taking"));
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, NamesEverythingThatIsWrongAndChangesNothing) {
    const auto errors = [&](const std::string& body) {
        return test::field_errors(
            [&] { points::give(context_, shop_.actor, member_, boost::json::parse(body)); });
    };
    EXPECT_THAT(
        errors(R"({"delta":0,"kind":"manual_grant","expires_at":"2027-02-31","reason":")" +
               std::string(201, 'x') + "\"}"),
        testing::UnorderedElementsAre("/delta out_of_range", "/reason too_long", "/expires_at not_a_date"));
    EXPECT_THAT(errors(R"({"delta":1000000,"kind":"manual_grant"})"), ElementsAre("/delta out_of_range"));
    EXPECT_THAT(errors(R"({"delta":-5,"kind":"manual_grant"})"), ElementsAre("/delta wrong_sign"));
    EXPECT_THAT(errors(R"({"delta":5,"kind":"manual_deduct"})"), ElementsAre("/delta wrong_sign"));
    EXPECT_THAT(errors(R"({"delta":5,"kind":"order_earn"})"), ElementsAre("/kind not_by_hand"));
    EXPECT_THAT(errors(R"({"delta":-5,"kind":"expire"})"), ElementsAre("/kind not_by_hand"));
    EXPECT_THAT(errors(R"({"delta":5,"kind":"gift"})"), ElementsAre("/kind not_a_choice"));
    EXPECT_THAT(errors(R"({"delta":5,"kind":"manual_grant","expires_at":"2026-11-21"})"),
                ElementsAre("/expires_at in_the_past"));
    EXPECT_THAT(errors(R"({"delta":5,"kind":"manual_grant","point_kind":"99"})"),
                ElementsAre("/point_kind not_a_choice"));
    EXPECT_THAT(errors("{}"), testing::UnorderedElementsAre("/delta required", "/kind required"));
    EXPECT_THAT(rows(), IsEmpty());
}

TEST_P(Points, OnlyMembersHoldPoints) {
    const auto refusal_for = [&](const std::string& body) {
        member_ = Customers::id_of(shop_.create(body));
        return test::refusal([&] { give(1); });
    };
    EXPECT_EQ(refusal_for(R"({"family_name":"森","status":"guest"})"), "points.not_a_member");
    EXPECT_EQ(refusal_for(R"({"family_name":"森","status":"provisional","email":"mori@example.jp"})"),
              "points.not_a_member");
    member_ = {999};
    EXPECT_EQ(test::refusal([&] { give(1); }), "customer.not_found");
}

TEST_P(Points, NeverFallBelowZeroUnlessTheShopAllowsIt) {
    give(10);
    EXPECT_EQ(test::refusal([&] { give(-11); }), "points.not_enough");
    EXPECT_EQ(balance(), 10);
    set(R"({"allow_negative":true})");
    give(-11);
    EXPECT_EQ(balance(), -1);
    EXPECT_EQ(expires(), "");
    EXPECT_THAT(shop_.verify(), IsEmpty());
    give(5);
    EXPECT_EQ(balance(), 4);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, RevokesWhatIsThereAndNotesTheRest) {
    give(10);
    book({.kind = Kind::earn_revoked, .delta = -25, .order_number = "R-1"});
    EXPECT_EQ(balance(), 0);
    EXPECT_EQ(ledger().at(0).at("reason"), "不足 15");
    EXPECT_EQ(ledger().at(0).at("order_number"), "R-1");
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, TheCeilingOfARoleHoldsForEveryWay) {
    auto operator_ = shop_.actor;
    operator_.points_ceiling = 1'000;
    const auto boss = std::exchange(shop_.actor, operator_);
    give(1'000);
    EXPECT_EQ(test::refusal([&] { give(1'001); }), "points.over_ceiling");
    EXPECT_EQ(test::refusal([&] { give(-1'001); }), "points.over_ceiling");
    shop_.actor = boss;
    const auto big = give(5'000);
    shop_.actor = operator_;
    EXPECT_EQ(test::refusal([&] { cancel(id_of(big)); }), "points.over_ceiling");
    EXPECT_EQ(test::refusal([&] { core::undo(shop_.journal, shop_.actor, big.operation); }),
              "points.over_ceiling");
    EXPECT_EQ(balance(), 6'000);
}

// FEATURES 48: 取消 writes the opposite row, once.
TEST_P(Points, CancelsByARowOfTheOppositeSignOnce) {
    const auto first = give(100);
    const auto taken = give(-40);
    EXPECT_EQ(test::refusal([&] { cancel(id_of(first)); }), "points.consumed");
    const auto back = cancel(id_of(taken));
    EXPECT_EQ(back.entry.at("reverses"), taken.entry.at("id"));
    EXPECT_EQ(back.entry.at("kind"), "reversal");
    EXPECT_EQ(back.entry.at("delta"), 40);
    EXPECT_EQ(test::refusal([&] { cancel(id_of(taken)); }), "points.already_cancelled");
    EXPECT_EQ(test::refusal([&] { cancel(id_of(back)); }), "points.not_cancellable");
    EXPECT_EQ(test::refusal([&] { cancel({999}); }), "points.not_found");
    cancel(id_of(first));
    EXPECT_THAT(rows(), ElementsAre("manual_grant 100>100", "manual_deduct -40>60", "reversal 40>100",
                                    "reversal -100>0"));
    EXPECT_EQ(ledger().at(3).at("reversed_by"), ledger().at(0).at("id"));
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, WhatWasCancelledByMistakeIsInForceAgainAndCanBeCancelledAnew) {
    const auto given = give(100);
    const auto cancelled = cancel(id_of(given));
    EXPECT_EQ(ledger().back().at("cancellable"), false);
    core::undo(shop_.journal, shop_.actor, cancelled.operation);
    EXPECT_TRUE(ledger().back().at("reversed_by").is_null());
    EXPECT_EQ(ledger().back().at("cancellable"), true);
    EXPECT_EQ(ledger().at(1).at("reversed_by"), ledger().at(0).at("id"));
    const auto again = cancel(id_of(given));
    EXPECT_EQ(balance(), 0);
    EXPECT_EQ(ledger().back().at("reversed_by"), again.entry.at("id"));
    EXPECT_EQ(test::refusal([&] { cancel(id_of(given)); }), "points.already_cancelled");
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

// An undo adds a row too: the ledger never loses one.
TEST_P(Points, UndoAndUndoOfUndoAddRows) {
    const auto given = give(100);
    const auto undo = core::undo(shop_.journal, shop_.actor, given.operation);
    EXPECT_EQ(balance(), 0);
    const auto redo = core::undo(shop_.journal, shop_.actor, undo);
    EXPECT_EQ(balance(), 100);
    core::undo(shop_.journal, shop_.actor, redo);
    EXPECT_THAT(rows(), ElementsAre("manual_grant 100>100", "reversal -100>0", "reversal 100>100",
                                    "reversal -100>0"));
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, UndoIsRefusedOnceThePointsWereUsedOrCancelled) {
    const auto given = give(100);
    const auto taken = give(-1);
    EXPECT_EQ(test::refusal([&] { core::undo(shop_.journal, shop_.actor, given.operation); }),
              "operation.changed_since");
    cancel(id_of(taken));
    EXPECT_EQ(test::refusal([&] { core::undo(shop_.journal, shop_.actor, taken.operation); }),
              "operation.changed_since");
    EXPECT_EQ(balance(), 100);
}

TEST_P(Points, WithdrawalVoidsThemAndItsUndoGivesThemBack) {
    give(30);
    give(12);
    customer::withdraw(shop_.context, shop_.actor, member_, boost::json::object());
    EXPECT_EQ(balance(), 0);
    EXPECT_EQ(rows().back(), "withdraw_void -42>0");
    EXPECT_THAT(shop_.verify(), IsEmpty());
    const auto operation = std::stoll(std::string(ledger().at(0).at("operation").as_string()));
    core::undo(shop_.journal, shop_.actor, {operation});
    EXPECT_EQ(balance(), 42);
    EXPECT_EQ(rows().back(), "reversal 42>42");
    EXPECT_EQ(expires(), "2027-11-22");
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

// DOMAIN 2.8: usable through 23:59:59 of the day.
TEST_P(Points, ExpireAfterTheEndOfTheirDayWithOneRowForEachLot) {
    set(R"({"expiry_mode":"lots"})");
    give(10, R"(,"expires_at":"2026-12-01")");
    give(20, R"(,"expires_at":"2026-12-01")");
    give(5, R"(,"expires_at":"2026-12-02")");
    expire_on("2026-12-01");
    EXPECT_EQ(balance(), 35);
    const auto job = expire_on("2026-12-02");
    EXPECT_EQ(job.status, core::JobStatus::done);
    EXPECT_EQ(job.summary.at("points"), 30);
    EXPECT_EQ(job.summary.at("entries"), 2);
    EXPECT_EQ(job.summary.at("customers"), 1);
    EXPECT_EQ(balance(), 5);
    EXPECT_THAT(rows(), testing::Contains("expire -20>5"));
    EXPECT_EQ(ledger().at(0).at("expires_at"), "2026-12-01T23:59:59.999+09:00");
    EXPECT_EQ(run(expire(context_, shop_.actor, *parse_day("2026-12-02"))).counts.done, 0);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, WhatIsOverdueExpiresBeforeItCouldBeUsed) {
    set(R"({"expiry_mode":"lots"})");
    give(10, R"(,"expires_at":"2026-11-23")");
    give(20);
    const auto taken = give(-5);
    wait_days(2);
    EXPECT_EQ(test::refusal([&] { give(-21); }), "points.not_enough");
    give(-20);
    EXPECT_EQ(balance(), 0);
    // What comes back to a lot that has expired meanwhile is not usable.
    cancel(id_of(taken));
    EXPECT_EQ(balance(), 0);
    EXPECT_EQ(rows().back(), "expire -5>0");
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, TheDailyRunComesOnceADayHoweverManyServersAsk) {
    give(10, R"(,"expires_at":"2026-11-22")");
    const auto jobs = [&] {
        return shop_.database.storage().read(
            [](storage::Transaction& tx) { return tx.find_integer("SELECT count(*) FROM job").value(); });
    };
    run_due(context_);
    run_due(context_);
    EXPECT_EQ(jobs(), 1);
    wait_days(1);
    run_due(context_);
    run_due(context_);
    EXPECT_EQ(jobs(), 2);
    const auto newest = jobs_.list({}, 0, 1).front().id;
    EXPECT_EQ(run(newest).summary.at("points"), 10);
    EXPECT_EQ(balance(), 0);
}

TEST_P(Points, ChangingToOneDateMovesEverybodysPointsToTheLatest) {
    set(R"({"expiry_mode":"lots"})");
    give(10, R"(,"expires_at":"2026-12-01")");
    give(10, R"(,"expires_at":"2026-12-20")");
    shop_.journal.write({.actor = shop_.actor, .kind = "setting.test"}, [&](core::Writer& writer) {
        const auto& document = shop_.registry.settings(kSettings);
        auto before = core::settings::read(writer.tx(), shop_.registry, kSettings), after = before;
        after.set("expiry_mode", std::string("balance"));
        core::settings::put(writer, kSettings, shop_.json(R"({"expiry_mode":"balance"})"));
        document.changed(writer, before, after);
    });
    run_due(context_);
    const auto jobs = jobs_.list({}, 0, 10);
    ASSERT_THAT(jobs, SizeIs(2));
    for (const auto& job : jobs) EXPECT_EQ(run(job.id).status, core::JobStatus::done);
    EXPECT_EQ(expires(), "2026-12-20");
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Points, ListPagesThroughTheWholeLedger) {
    for (int i = 1; i <= 7; ++i) give(i);
    std::vector<std::int64_t> seen;
    std::string cursor;
    do {
        const auto page = list(context_, shop_.actor, member_, cursor, 3);
        for (const auto& item : page.items) seen.push_back(item.at("delta").as_int64());
        cursor = page.next_cursor;
    } while (!cursor.empty());
    EXPECT_THAT(seen, ElementsAre(7, 6, 5, 4, 3, 2, 1));
    EXPECT_EQ(test::refusal([&] { list(context_, shop_.actor, member_, "x", 3); }), "cursor.invalid");
}

TEST_P(Points, ExplainThemselves) {
    set(R"({"expiry_mode":"lots"})");
    give(10, R"(,"expires_at":"2026-12-20")");
    give(20, R"(,"expires_at":"2026-12-01")");
    give(30, R"(,"expires_at":"2026-12-01")");
    const auto told = explain(context_, shop_.actor, member_);
    EXPECT_EQ(told.at("balance"), 60);
    EXPECT_EQ(told.at("next_expiry").at("points"), 50);
    EXPECT_EQ(told.at("next_expiry").at("at"), "2026-12-01T23:59:59.999+09:00");
    ASSERT_THAT(told.at("lots").as_array(), SizeIs(3));
    EXPECT_EQ(told.at("lots").at(0).at("remaining"), 20);
    EXPECT_EQ(told.at("rules").at("next_expires_at"), "2027-11-22T23:59:59.999+09:00");
    EXPECT_EQ(told.at("kinds").at(0).at("points"), 60);
}

TEST_P(Points, BalanceOfAPastMomentIsThatOfTheLedgerThen) {
    const auto balance_at = [&](std::int64_t at) {
        return shop_.database.storage().read([&](storage::Transaction& tx) {
            std::map<std::string, storage::Value, std::less<>> figures;
            past_points(tx, shop_.registry, member_, core::cut_at(tx, {at}), figures);
            return std::get<std::int64_t>(figures.at("points"));
        });
    };
    const auto before = shop_.now - 1;
    give(100);
    const auto then = shop_.now;
    wait_days(1);
    give(-30);
    EXPECT_EQ(balance_at(before), 0);
    EXPECT_EQ(balance_at(then), 100);
    EXPECT_EQ(balance_at(shop_.now), 70);
}

TEST_P(Points, Features48TheLedgerIsOnlyAddedTo) {
    give(10);
    for (const auto* forbidden : {"DELETE FROM point_entry", "UPDATE point_entry SET delta = 9",
                                  "UPDATE point_entry SET reason = 'x'"})
        EXPECT_ANY_THROW(shop_.database.storage().write([&](storage::Transaction& tx) {
            tx.execute(forbidden);
        })) << forbidden;
    EXPECT_THAT(shop_.verify(), testing::IsEmpty());
}

TEST_P(Points, VerifySeesEveryBookThatDisagrees) {
    give(10);
    test::allow_tampering(shop_.database, {"point_entry"});
    const auto wrong_after = [&](const std::string& sql) {
        shop_.database.storage().write([&](storage::Transaction& tx) { tx.run_script(sql); });
        const auto found = shop_.verify();
        return !found.empty();
    };
    EXPECT_TRUE(wrong_after("UPDATE customer SET points = 11"));
    EXPECT_FALSE(wrong_after("UPDATE customer SET points = 10"));
    EXPECT_TRUE(wrong_after("UPDATE point_lot SET expires_at = expires_at + 1"));
    EXPECT_FALSE(wrong_after("UPDATE point_lot SET expires_at = expires_at - 1"));
    EXPECT_TRUE(wrong_after("UPDATE point_entry SET balance_after = 9"));
    EXPECT_FALSE(wrong_after("UPDATE point_entry SET balance_after = 10"));
    EXPECT_TRUE(wrong_after("UPDATE point_lot SET granted = 9"));
}

}  // namespace
}  // namespace otokui::points
