#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <boost/json/serialize.hpp>
#include <map>

#include "base/key_ring.hpp"
#include "core/job_runner.hpp"
#include "core/undo.hpp"
#include "customer/types.hpp"
#include "level/rules.hpp"
#include "level/service.hpp"
#include "level/tables.hpp"
#include "order/tables.hpp"
#include "support/customers.hpp"

namespace otokui::level {
namespace {

using storage::Value;
using test::Customers;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Day kToday{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(22)};

struct Purchase {
    Moment at;
    std::int64_t total;
    std::string payment_status;
};

class Judging : public testing::TestWithParam<test::Backend> {
protected:
    Judging()
        : shop_(GetParam(), [](core::Registry& registry) {
              order::register_tables(registry);
              core::register_job_tables(registry);
              register_tables(registry);
              registry.add_kind({"order.test", {"受注", "Order"}, "order.edit"});
          }) {
        register_job_kinds(jobs_, context_);
    }

    template <class Work>
    void write(Work work) {
        shop_.journal.write({.actor = shop_.actor, .kind = "order.test"}, work);
    }
    std::int64_t add_level(const Level& level) {
        const auto number = [](std::optional<std::int64_t> value) { return value ? Value(*value) : Value(); };
        std::int64_t id = 0;
        write([&](core::Writer& writer) {
            id = writer.insert(writer.registry().get("member_level"),
                               {{"name", level.name},
                                {"position", level.position},
                                {"minimum_total", number(level.minimum_total)},
                                {"minimum_count", number(level.minimum_count)},
                                {"match", std::string(level.any ? "any" : "all")},
                                {"look_back_months", number(level.look_back_months)}});
        });
        return id;
    }
    CustomerId add_customer(const std::string& more = R"("status":"member")") {
        return Customers::id_of(shop_.create(R"({"family_name":"青木",)" + more + "}"));
    }
    void buy(CustomerId customer, const Purchase& purchase) {
        write([&](core::Writer& writer) {
            writer.insert(writer.registry().get("orders"), {{"number", "R" + std::to_string(++orders_)},
                                                            {"customer_id", customer.value},
                                                            {"ordered_at", purchase.at.milliseconds},
                                                            {"payment_status", purchase.payment_status},
                                                            {"total", purchase.total}});
        });
    }
    void buy(CustomerId customer, std::int64_t total, Day on = add_days(kToday, -1)) {
        buy(customer, {start_of(on), total, "captured"});
    }
    void set(const std::string& name, const std::string& content) {
        write([&](core::Writer& writer) {
            writer.insert(writer.registry().get("setting"), {{"name", name}, {"content", content}});
        });
    }
    core::Job run(JobId job) { return core::JobRunner(jobs_, {}).run_to_end(job); }
    core::Job judge_now(Mode mode = Mode::apply, Day day = kToday) {
        return run(judge(context_, shop_.actor, day, mode));
    }
    std::int64_t level_of(CustomerId customer) {
        const auto record = shop_.get(customer);
        return record.at("level").is_null() ? 0 : std::stoll(std::string(record.at("level").as_string()));
    }
    std::string transitions(JobId job) {
        std::string all;
        const auto judgement = get_judgement(context_, shop_.actor, job);
        for (const auto& one : judgement.at("transitions").as_array()) {
            const auto id = [&](const char* key) {
                return one.at(key).is_null() ? "-" : std::string(one.at(key).as_string());
            };
            all += id("from") + ">" + id("to") + ":" + std::to_string(one.at("count").as_int64()) + " ";
        }
        return all;
    }

    Customers shop_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{shop_.journal, keys_};
    core::Jobs jobs_{shop_.journal, files_};
    Context context_{shop_.journal, jobs_};
    std::int64_t orders_ = 0;
};
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
    buy(other, 1500);  // not in the plan
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

// Every customer beside his purchases, judged by going through all of them: no sums, no SQL.
struct Known {
    CustomerId id;
    std::string status;
    bool fixed = false;
    std::int64_t held = 0;
    std::vector<Purchase> purchases = {};
};

std::int64_t reference(const std::vector<Level>& levels, const Known& customer, Day day, bool may_fall) {
    if (customer.status != "member" || customer.fixed) return customer.held;
    const Level* best = nullptr;
    const Level* held = nullptr;
    const auto above = [](const Level& a, const Level& b) {
        return a.position != b.position ? a.position > b.position : a.id > b.id;
    };
    for (const auto& level : levels) {
        std::int64_t total = 0, count = 0;
        for (const auto& purchase : customer.purchases) {
            const auto on = shop_day(purchase.at);
            const bool in_time =
                on < day && (!level.look_back_months ||
                             on >= add_months(day, -static_cast<int>(*level.look_back_months)));
            if (purchase.payment_status != "captured" || !in_time) continue;
            total += purchase.total;
            ++count;
        }
        const bool asks_nothing = !level.minimum_total && !level.minimum_count;
        const bool spent = level.minimum_total && total >= *level.minimum_total;
        const bool often = level.minimum_count && count >= *level.minimum_count;
        const bool all = (!level.minimum_total || spent) && (!level.minimum_count || often);
        if (level.id == customer.held) held = &level;
        if ((asks_nothing || (level.any ? spent || often : all)) && (!best || above(level, *best)))
            best = &level;
    }
    if (!may_fall && held && (!best || above(*held, *best))) best = held;
    return best ? best->id : 0;
}

TEST_P(Judging, Features76AgreesWithAReferenceOnRandomShops) {
    rc::check([&] {
        write([&](core::Writer& writer) {  // what earlier rounds left is judged no more
            std::vector<std::int64_t> ids;
            writer.tx().query("SELECT id FROM customer WHERE deleted_at IS NULL", {},
                              [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
            for (const auto id : ids)
                writer.update(writer.registry().get("customer"), id,
                              {{"level_id", Value()}, {"deleted_at", std::int64_t{1}}});
            ids.clear();
            writer.tx().query("SELECT id FROM member_level", {},
                              [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
            for (const auto id : ids) writer.remove(writer.registry().get("member_level"), id);
        });
        std::vector<Level> levels;
        for (int i = 0, count = *rc::gen::inRange(1, 5); i < count; ++i) {
            const auto maybe = [](int most) {
                return *rc::gen::inRange(0, 3) > 0 ? std::optional<std::int64_t>(*rc::gen::inRange(0, most))
                                                   : std::nullopt;
            };
            Level level{.name = "レベル" + std::to_string(i),
                        .position = *rc::gen::inRange(0, 4),
                        .minimum_total = maybe(30),
                        .minimum_count = maybe(4),
                        .any = *rc::gen::arbitrary<bool>(),
                        .look_back_months = maybe(14)};
            level.id = add_level(level);
            levels.push_back(level);
        }
        const auto day = add_days(kToday, *rc::gen::inRange(-40, 40));
        std::vector<Known> customers;
        for (int i = 0; i < 8; ++i) {
            Known known{.id = {},
                        .status = *rc::gen::elementOf(std::vector<std::string>{"member", "member", "guest"})};
            std::string more = R"("status":")" + known.status + R"(")";
            if (known.status == "member") {
                known.fixed = *rc::gen::inRange(0, 4) == 0;
                if (*rc::gen::arbitrary<bool>())
                    known.held = levels[*rc::gen::inRange<std::size_t>(0, levels.size())].id;
                more += R"(,"level_fixed":)" + std::string(known.fixed ? "true" : "false");
                if (known.held) more += R"(,"level":")" + std::to_string(known.held) + R"(")";
            }
            known.id = add_customer(more);
            for (int order = 0, count = *rc::gen::inRange(0, 5); order < count; ++order) {
                const auto on = add_days(day, -*rc::gen::inRange(-3, 450));
                known.purchases.push_back(
                    {start_of(on) + std::chrono::milliseconds(*rc::gen::inRange(0, 86'400'000)),
                     *rc::gen::inRange(0, 20),
                     *rc::gen::elementOf(
                         std::vector<std::string>{"captured", "captured", "unpaid", "refunded"})});
                buy(known.id, known.purchases.back());
            }
            customers.push_back(known);
        }
        const bool may_fall = *rc::gen::arbitrary<bool>();
        write([&](core::Writer& writer) {
            const auto id = writer.tx().find_integer("SELECT id FROM setting WHERE name = 'levels'");
            const std::string content =
                may_fall ? R"({"allow_downgrade":true})" : R"({"allow_downgrade":false})";
            const auto& table = writer.registry().get("setting");
            if (id)
                writer.update(table, *id, {{"content", content}});
            else
                writer.insert(table, {{"name", std::string("levels")}, {"content", content}});
        });
        const auto job = judge_now(Mode::apply, day);
        RC_ASSERT(job.status == core::JobStatus::done);
        for (const auto& known : customers)
            RC_ASSERT(level_of(known.id) == reference(levels, known, day, may_fall));
    });
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

}  // namespace
}  // namespace otokui::level
