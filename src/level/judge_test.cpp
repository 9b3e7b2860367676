#include <gmock/gmock.h>

#include <boost/json/parse.hpp>

#include "level/judge_fixture.hpp"

namespace otokui::level {
namespace {

using test::Customers;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

INSTANTIATE_TEST_SUITE_P(EachDatabase, Judging, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Judging, Features76LevelsAreWhatTheRuleSaysAsOfTheDay) {
    const auto silver =
        add_level({.name = "シルバー", .position = 1, .minimum_total = 1000, .look_back_months = 12});
    const auto gold = add_level({.name = "ゴールド", .position = 2, .minimum_count = 3});
    const auto spender = add_customer(), regular = add_customer(), newcomer = add_customer();
    const auto guest = add_customer(R"("status":"guest")");
    buy(spender, 1000, add_months(kToday, -12));
    for (int i = 0; i < 3; ++i) buy(regular, 1, add_months(kToday, -40));
    buy(newcomer, {start_of(kToday), 5000, "captured"});                // not a complete day yet
    buy(newcomer, {start_of(add_days(kToday, -1)), 5000, "refunded"});  // no 売上完了
    buy(newcomer, 5000, add_days(add_months(kToday, -12), -1));         // before the period
    buy(guest, 9000);
    const auto job = judge_now();
    EXPECT_EQ(job.status, core::JobStatus::done) << boost::json::serialize(job.problem);
    EXPECT_EQ(level_of(spender), silver);
    EXPECT_EQ(level_of(regular), gold);
    EXPECT_EQ(level_of(newcomer), 0);
    EXPECT_EQ(level_of(guest), 0);
    EXPECT_EQ(transitions(job.id), "->" + std::to_string(silver) + ":1 ->" + std::to_string(gold) + ":1 ");
    // A year later the orders of the spender have left the period.
    judge_now(Mode::apply, add_days(kToday, 1));
    EXPECT_EQ(level_of(spender), 0);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(Judging, Features75ATickLeavesTheLevelAsItIs) {
    const auto silver = add_level({.name = "シルバー", .position = 1, .minimum_total = 1000});
    const auto gold = add_level({.name = "ゴールド", .position = 2, .minimum_total = 2000});
    const auto level = R"("status":"member","level":")" + std::to_string(silver) + R"(")";
    const auto fixed = add_customer(level + R"(,"level_fixed":true)"), free = add_customer(level);
    buy(fixed, 5000);
    buy(free, 5000);
    judge_now();
    EXPECT_EQ(level_of(fixed), silver);
    EXPECT_EQ(level_of(free), gold);
}

TEST_P(Judging, WhereDowngradesAreOffNobodyFalls) {
    const auto gold = add_level({.name = "ゴールド", .position = 2, .minimum_total = 2000});
    const auto member = add_customer(R"("status":"member","level":")" + std::to_string(gold) + R"(")");
    set("levels", R"({"allow_downgrade":false})");
    EXPECT_EQ(judge_now().summary.at("moved").as_int64(), 0);
    EXPECT_EQ(level_of(member), gold);
}

TEST_P(Judging, ADryRunChangesNothingAndIsAppliedExactlyOnce) {
    const auto silver = add_level({.name = "シルバー", .position = 1, .minimum_total = 1000});
    const auto one = add_customer(), other = add_customer();
    buy(one, 1500);
    const auto dry = judge_now(Mode::dry_run);
    EXPECT_EQ(level_of(one), 0);
    const auto moves = list_moves(context_, shop_.actor, dry.id, "", 50).items;
    ASSERT_EQ(moves.size(), 1u);
    EXPECT_EQ(moves.front().at("to_name").as_string(), "シルバー");
    EXPECT_EQ(moves.front().at("total").as_int64(), 1500);
    EXPECT_EQ(moves.front().at("count").as_int64(), 1);
    buy(other, 900);  // moves nobody
    const auto applied = run(apply_plan(context_, shop_.actor, dry.id));
    EXPECT_EQ(level_of(one), silver);
    EXPECT_EQ(level_of(other), 0);
    EXPECT_EQ(refusal([&] { apply_plan(context_, shop_.actor, dry.id); }), "job.already_applied");
    EXPECT_EQ(refusal([&] { apply_plan(context_, shop_.actor, applied.id); }), "job.not_a_dry_run");
    core::undo(shop_.journal, shop_.actor, applied.operation);
    EXPECT_EQ(level_of(one), 0);
}

TEST_P(Judging, APlanIsRefusedWhenMembersOrLevelsHaveChangedSince) {
    const auto silver = add_level({.name = "シルバー", .position = 1, .minimum_total = 1000});
    const auto member = add_customer();
    buy(member, 1500);
    const auto dry = judge_now(Mode::dry_run);
    shop_.update(member, 1, R"({"level_fixed":true})");
    try {
        apply_plan(context_, shop_.actor, dry.id);
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "job.plan_outdated");
        EXPECT_EQ(refused.problem().extra.at("conflicts").at(0).at("customer").as_string(),
                  std::to_string(member.value));
    }
    shop_.update(member, 2, R"({"level_fixed":false})");
    write([&](core::Writer& writer) {
        writer.update(writer.registry().get("member_level"), silver, {{"minimum_total", std::int64_t{9}}});
    });
    EXPECT_EQ(refusal([&] { apply_plan(context_, shop_.actor, dry.id); }), "level.rules_changed");
}

TEST_P(Judging, APlanIsRefusedWhenOrdersSinceWouldMoveMembersOtherwise) {
    const auto silver = add_level({.name = "シルバー", .position = 1, .minimum_total = 1000});
    const auto gold = add_level({.name = "ゴールド", .position = 2, .minimum_total = 5000});
    const auto stays = add_customer(), planned = add_customer(), late = add_customer();
    buy(stays, 1500);
    buy(planned, 1500);
    const auto told = [&](const std::function<void()>& meanwhile) {
        const auto dry = judge_now(Mode::dry_run);
        meanwhile();
        const auto applied = run(apply_plan(context_, shop_.actor, dry.id));
        std::string all(core::name_of(applied.status));
        if (applied.problem.empty()) return all;
        EXPECT_EQ(applied.problem.at("code").as_string(), "job.plan_outdated");
        for (const auto& one : applied.problem.at("conflicts").as_array())
            all += " " + std::string(one.at("customer").as_string());
        EXPECT_FALSE(applied.operation) << "something was done";
        return all;
    };
    const auto failed = [](CustomerId customer) { return "failed " + std::to_string(customer.value); };
    // An order that reaches a level for who was to stay, more for who was to move, one taken back.
    EXPECT_EQ(told([&] { buy(late, 1500); }), failed(late));
    EXPECT_EQ(told([&] { buy(planned, 9000); }), failed(planned));
    EXPECT_EQ(told([&] {
                  write([&](core::Writer& writer) {
                      const auto order = writer.tx().find_integer(
                          "SELECT id FROM orders WHERE customer_id = ?", {stays.value});
                      writer.update(writer.registry().get("orders"), *order,
                                    {{"payment_status", std::string("refunded")}});
                  });
              }),
              failed(stays));
    EXPECT_EQ(level_of(planned), 0);
    // Orders of the day itself do not count, and more of the same moves nobody otherwise.
    EXPECT_EQ(told([&] {
                  buy(late, 9000, kToday);
                  buy(planned, 1);
              }),
              "done");
    EXPECT_EQ(level_of(stays), 0);
    EXPECT_EQ(level_of(planned), gold);
    EXPECT_EQ(level_of(late), silver);
}

TEST_P(Judging, TheDayOfJudgingStartsOneJobHoweverManyServersAsk) {
    add_level({.name = "シルバー", .position = 1, .minimum_total = 1000});
    run_due(context_);
    EXPECT_THAT(jobs_.list({}, 0, 10), IsEmpty());
    set("levels", R"({"schedule":"month","day":22})");
    for (int server = 0; server < 3; ++server) run_due(context_);
    ASSERT_EQ(jobs_.list({}, 0, 10).size(), 1u);
    const auto job = run(jobs_.list({}, 0, 10).front().id);
    EXPECT_EQ(job.actor.name, "system");
    EXPECT_EQ(job.parameters.at("date").as_string(), "2026-11-22");
    shop_.now += std::chrono::milliseconds(std::chrono::days(1)).count();
    run_due(context_);
    EXPECT_EQ(jobs_.list({}, 0, 10).size(), 1u);
    shop_.now += std::chrono::milliseconds(std::chrono::days(29)).count();
    run_due(context_);
    EXPECT_EQ(jobs_.list({}, 0, 10).size(), 2u);
}

// A shop that judges on the 22nd and has done so on 2026-11-22; then its server is off for a while.
class MissedDay : public Judging {
protected:
    MissedDay() {
        silver_ = add_level({.name = "シルバー", .position = 1, .minimum_total = 1000});
        set("levels", R"({"schedule":"month","day":22})");
        run_due(context_);
        EXPECT_THAT(days(), ElementsAre("2026-11-22"));
        for (const auto& job : jobs_.list({}, 0, 10)) run(job.id);
    }
    // To ten o'clock of a day.
    void wait_until(const char* day) {
        shop_.now = (start_of(parse_day(day).value()) + std::chrono::hours(10)).milliseconds;
    }
    // What the jobs until now judge, the first one first.
    std::vector<std::string> days() {
        std::vector<std::string> all;
        for (const auto& job : jobs_.list({}, 0, 10))
            all.insert(all.begin(), std::string(job.parameters.at("date").as_string()));
        return all;
    }
    void change_rules(const std::string& content) {
        write([&](core::Writer& writer) { core::settings::put(writer, "levels", shop_.json(content)); });
    }
    std::int64_t silver_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, MissedDay, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(MissedDay, IsMadeUpForOnceAsOfThatDay) {
    const auto before = add_customer(), after = add_customer();
    buy(before, 1500, parse_day("2026-12-21").value());
    buy(after, 1500, parse_day("2026-12-22").value());
    wait_until("2026-12-26");
    for (int server = 0; server < 3; ++server) run_due(context_);
    ASSERT_THAT(days(), ElementsAre("2026-11-22", "2026-12-22"));
    run(jobs_.list({}, 0, 1).front().id);
    EXPECT_EQ(level_of(before), silver_);
    EXPECT_EQ(level_of(after), 0);
    EXPECT_THAT(shop_.verify(), IsEmpty());
    wait_until("2027-01-21");
    run_due(context_);
    EXPECT_EQ(days().size(), 2u);
    wait_until("2027-01-22");
    run_due(context_);
    EXPECT_THAT(days(), ElementsAre("2026-11-22", "2026-12-22", "2027-01-22"));
}

TEST_P(MissedDay, OfSeveralTheLastAloneIsMadeUpFor) {
    wait_until("2027-03-05");
    run_due(context_);
    EXPECT_THAT(days(), ElementsAre("2026-11-22", "2027-02-22"));
}

TEST_P(MissedDay, IsNotMadeUpForBeforeTheRulesWereSet) {
    wait_until("2026-12-26");
    change_rules(R"({"schedule":"month","day":24})");
    run_due(context_);
    EXPECT_EQ(days().size(), 1u);
    wait_until("2027-01-30");
    run_due(context_);
    EXPECT_THAT(days(), ElementsAre("2026-11-22", "2027-01-24"));
}

TEST_P(MissedDay, IsNotMadeUpForWhenSomebodyHasJudgedByHandSince) {
    wait_until("2026-12-23");
    judge_now(Mode::dry_run, parse_day("2026-12-23").value());
    judge_now(Mode::apply, parse_day("2026-12-23").value());
    run_due(context_);
    EXPECT_THAT(days(), ElementsAre("2026-11-22", "2026-12-23", "2026-12-23"));
}

TEST_P(MissedDay, IsNotMadeUpForByLevelsThatWereNotThere) {
    write([&](core::Writer& writer) { writer.remove(writer.registry().get("member_level"), silver_); });
    wait_until("2026-12-24");
    run_due(context_);
    add_level({.name = "ゴールド", .position = 1});
    run_due(context_);
    EXPECT_EQ(days().size(), 1u);
}

TEST_P(MissedDay, IsNeitherLostNorDoubledByAClockThatJumps) {
    wait_until("2027-01-25");  // ahead, for a moment
    run_due(context_);
    EXPECT_THAT(days(), ElementsAre("2026-11-22", "2027-01-22"));
    wait_until("2026-12-01");  // right again
    run_due(context_);
    EXPECT_EQ(days().size(), 2u);
    for (const auto* day : {"2026-12-22", "2026-12-23", "2027-01-22", "2027-01-23"}) {
        wait_until(day);
        for (int server = 0; server < 2; ++server) run_due(context_);
    }
    EXPECT_THAT(days(), ElementsAre("2026-11-22", "2027-01-22", "2026-12-22", "2027-01-22"));
    wait_until("2026-12-30");  // back
    run_due(context_);
    EXPECT_EQ(days().size(), 4u);
}

TEST_P(Judging, ADayThatWentByIsNotMadeUpForInAShopThatWasNeverJudged) {
    add_level({.name = "シルバー", .position = 1, .minimum_total = 1000});
    set("levels", R"({"schedule":"month","day":20})");
    run_due(context_);
    shop_.now += std::chrono::milliseconds(std::chrono::days(31)).count();
    run_due(context_);
    EXPECT_THAT(jobs_.list({}, 0, 10), IsEmpty());
}

TEST_P(Judging, ItIsToldWhyALevelIsWhatItIs) {
    const auto silver =
        add_level({.name = "シルバー", .position = 1, .minimum_total = 1000, .look_back_months = 6});
    const auto gold = add_level({.name = "ゴールド", .position = 2, .minimum_total = 9000});
    const auto member = add_customer();
    buy(member, 1500);
    buy(member, 8000, add_months(kToday, -9));
    judge_now();
    const auto told = why(context_, shop_.actor, member);
    EXPECT_EQ(told.at("level_name").as_string(), "ゴールド");
    EXPECT_EQ(told.at("would_be").as_string(), std::to_string(gold));
    EXPECT_EQ(told.at("levels").at(0).at("id").as_string(), std::to_string(silver));
    EXPECT_EQ(told.at("levels").at(0).at("total").as_int64(), 1500);
    EXPECT_EQ(told.at("levels").at(1).at("total").as_int64(), 9500);
    EXPECT_EQ(told.at("orders").as_array().size(), 2u);
    EXPECT_EQ(told.at("set_by").at("kind").as_string(), "level.judge");
    EXPECT_TRUE(told.at("next_judging").is_null());
    const auto earlier = why(context_, shop_.actor, member, parse_day(format_day(add_months(kToday, -8))));
    EXPECT_EQ(earlier.at("levels").at(1).at("total").as_int64(), 8000);
    EXPECT_EQ(earlier.at("orders").as_array().size(), 1u);
    EXPECT_EQ(refusal([&] { why(context_, shop_.actor, {999}); }), "customer.not_found");
}

TEST_P(Judging, ItIsToldWhatTheNextLevelStillAsksFor) {
    const auto next_of = [&](CustomerId customer) { return why(context_, shop_.actor, customer).at("next"); };
    const auto nobody = add_customer();
    EXPECT_TRUE(next_of(nobody).is_null());
    add_level({.name = "シルバー", .position = 1, .minimum_total = 1000, .look_back_months = 12});
    const auto gold = add_level({.name = "ゴールド",
                                 .position = 2,
                                 .minimum_total = 5000,
                                 .minimum_count = 3,
                                 .any = true,
                                 .look_back_months = 6});
    EXPECT_EQ(next_of(nobody).at("needs"),
              boost::json::parse(R"([{"what":"total","asked":1000,"has":0,"missing":1000}])"));
    const auto member = add_customer();
    buy(member, 1500);
    buy(member, 4000, add_months(kToday, -9));  // counts for silver alone
    EXPECT_EQ(next_of(member), boost::json::parse(R"({"id":")" + std::to_string(gold) +
                                                  R"(","name":"ゴールド","match":"any",
        "from":"2026-05-22T00:00:00.000+09:00","needs":[
        {"what":"total","asked":5000,"has":1500,"missing":3500},
        {"what":"count","asked":3,"has":1,"missing":2}]})"));
    buy(member, 1);
    buy(member, 1);
    EXPECT_TRUE(next_of(member).is_null()) << "at the top";
    EXPECT_TRUE(next_of(add_customer(R"("status":"member","level_fixed":true)")).is_null());
    EXPECT_TRUE(next_of(add_customer(R"("status":"guest")")).is_null());
}

TEST_P(Judging, VerifyJudgesAnewWhoHasNotChangedSince) {
    const auto silver = add_level({.name = "シルバー", .position = 1, .minimum_total = 1000});
    const auto robbed = add_customer(), buyer = add_customer(), moved = add_customer(), late = add_customer();
    for (const auto customer : {robbed, moved}) buy(customer, 5000);
    const auto later = [&] { shop_.now += std::chrono::milliseconds(std::chrono::hours(1)).count(); };
    later();
    judge_now();
    EXPECT_EQ(level_of(robbed), silver);
    EXPECT_THAT(shop_.verify(), IsEmpty());
    later();
    buy(buyer, 5000);  // has changed since: the next judging is for him
    shop_.update(moved, shop_.get(moved).at("version").as_int64(), R"({"level":null})");
    EXPECT_THAT(shop_.verify(), IsEmpty());
    // Beside the journal, as a broken program or disk would.
    const auto tamper = [&](CustomerId customer, const storage::Value& level) {
        shop_.database.storage().write([&](storage::Transaction& tx) {
            tx.execute("UPDATE customer SET level_id = ? WHERE id = ?", {level, customer.value});
        });
    };
    tamper(robbed, {});
    tamper(late, silver);
    const auto name = [](CustomerId id) { return "customer " + std::to_string(id.value); };
    EXPECT_THAT(shop_.verify(),
                ElementsAre(name(robbed) + ": holds level none, the judging of 2026-11-22 gives シルバー",
                            name(late) + ": holds level シルバー, the judging of 2026-11-22 gives none"));
    judge_now();
    EXPECT_EQ(level_of(buyer), silver);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

}  // namespace
}  // namespace otokui::level
