#include "coupon/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <thread>

#include "core/job_runner.hpp"
#include "coupon/grants.hpp"
#include "coupon/tables.hpp"
#include "coupon/uses.hpp"
#include "order/tables.hpp"
#include "search/service.hpp"
#include "search/tables.hpp"
#include "support/customers.hpp"

namespace otokui::coupon {
namespace {

using test::Customers;
using test::field_errors;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

class Coupons : public testing::TestWithParam<test::Backend> {
protected:
    Coupons()
        : customers_(GetParam(), [](core::Registry& registry) {
              core::register_job_tables(registry);
              search::register_tables(registry);
              order::register_tables(registry);
              register_tables(registry);
          }) {
        declare_conditions(customers_.catalogue);
        register_job_kinds(jobs_, context_);
    }

    CustomerId person(const std::string& fields = R"("status":"member")") {
        return Customers::id_of(customers_.create(R"({"family_name":"青木",)" + fields + "}"));
    }
    CouponId make(const std::string& more = "", const std::string& code = "") {
        const auto coupon = create(context_, actor_,
                                   json::parse(R"({"name":"500円引き","code":")" +
                                               (code.empty() ? "C" + std::to_string(++codes_) : code) +
                                               R"(","discount":"amount","value":500)" + more + "}"))
                                .coupon;
        return {std::stoll(std::string(coupon.at("id").as_string()))};
    }
    CouponId make_limited(const std::string& more = "") { return make(R"(,"customer_limited":true)" + more); }
    json::Object read(CouponId id) { return get(context_, actor_, id); }
    static std::string ids(const std::vector<CustomerId>& customers) {
        std::string list;
        for (const auto id : customers)
            list += (list.empty() ? "\"" : ",\"") + std::to_string(id.value) + "\"";
        return "[" + list + "]";
    }
    Granted give(CouponId coupon, const std::vector<CustomerId>& customers, const std::string& more = "") {
        return grant(context_, actor_, coupon, json::parse(R"({"customers":)" + ids(customers) + more + "}"));
    }
    Used use_it(CouponId coupon, CustomerId customer, const std::string& order, const std::string& more = "",
                int amount = 500) {
        return use(context_, actor_, coupon,
                   json::parse(R"({"customer":")" + std::to_string(customer.value) + R"(","order_number":")" +
                               order + R"(","amount":)" + std::to_string(amount) + more + "}"));
    }
    static UseId id_of(const Used& used) { return {std::stoll(std::string(used.use.at("id").as_string()))}; }
    // "grant live 1", "use used R1 500"; newest first.
    Texts history(CustomerId customer, std::string_view kind = "", int limit = 200) {
        Texts lines;
        for (std::string cursor;;) {
            const auto page = list_of_customer(context_, actor_, customer, kind, cursor, limit);
            for (const auto& item : page.items) {
                const auto text = [&](const char* key) { return std::string(item.at(key).as_string()); };
                lines.push_back(text("kind") + " " + text("state") +
                                (text("kind") == "use" ? " " + text("order_number") + " " +
                                                             std::to_string(item.at("amount").as_int64())
                                 : item.at("times_left").is_null()
                                     ? ""
                                     : " " + std::to_string(item.at("times_left").as_int64())));
            }
            if (page.next_cursor.empty()) return lines;
            cursor = page.next_cursor;
        }
    }
    std::int64_t found(const std::string& condition) {
        std::vector<FieldError> errors;
        const auto parsed = json::parse(condition);
        const auto target = search::parse_target(customers_.catalogue, &parsed, nullptr, errors);
        EXPECT_THAT(errors, IsEmpty());
        return search::count(
            {customers_.database.storage(), customers_.catalogue, customers_.journal.clock()}, target,
            actor_);
    }
    core::Job run(JobId job) { return core::JobRunner(jobs_, {}).run_to_end(job); }

    Customers customers_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    core::FileStore files_{customers_.journal, keys_};
    core::Jobs jobs_{customers_.journal, files_};
    const Context context_{customers_.journal, customers_.catalogue, jobs_};
    const core::Actor actor_ = customers_.actor;
    int codes_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Coupons, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Coupons, TheRegistryKnowsEveryColumn) {
    for (const auto& difference :
         core::schema_differences(customers_.registry, customers_.database.storage()))
        EXPECT_EQ(difference.find("coupon"), std::string::npos) << difference;
}

TEST_P(Coupons, AreKeptWithTheirCodeInOneWriting) {
    const auto id =
        make(R"(,"valid_from":"2026-11-01","products":["TEA-002"," TEA-001 ","TEA-002"])", " ｓpring-5 ");
    const auto coupon = read(id);
    EXPECT_EQ(coupon.at("code"), "SPRING-5");
    EXPECT_EQ(coupon.at("products"), json::parse(R"(["TEA-001","TEA-002"])"));
    EXPECT_EQ(coupon.at("status"), "issued");
    EXPECT_EQ(refusal([&] { make("", "SPRING-5"); }), "coupon.code_taken");
    const auto changed =
        update(context_, actor_, id, 1, json::parse(R"({"value":300,"valid_to":"2026-11-21"})"));
    EXPECT_EQ(changed.coupon.at("status"), "ended");
    EXPECT_EQ(changed.coupon.at("version"), 2);
    EXPECT_EQ(refusal([&] { update(context_, actor_, id, 1, json::parse(R"({"value":1})")); }),
              "coupon.stale");
    EXPECT_EQ(update(context_, actor_, id, {}, json::parse(R"({"value":300})")).operation.value, 0);
    core::undo(customers_.journal, actor_, changed.operation);
    EXPECT_EQ(read(id).at("value"), 500);
    remove(context_, actor_, id, {});
    EXPECT_EQ(refusal([&] { read(id); }), "coupon.not_found");
}

TEST_P(Coupons, AreRefusedWithEveryErrorAtOnce) {
    EXPECT_THAT(
        field_errors([&] {
            create(context_, actor_,
                   json::parse(
                       R"({"name":" ","code":"a b","discount":"half","value":"5","valid_from":"2026-02-30",)"
                       R"("uses_per_customer":0,"products":[1],"enabled":null,"colour":1})"));
        }),
        testing::UnorderedElementsAre("/name required", "/code bad_character", "/discount not_a_choice",
                                      "/value wrong_type", "/valid_from not_a_date",
                                      "/uses_per_customer out_of_range", "/products wrong_type",
                                      "/enabled wrong_type", "/colour unknown_field"));
    const auto id = make();
    EXPECT_THAT(field_errors([&] {
                    update(context_, actor_, id, {}, json::parse(R"({"discount":"percent_total"})"));
                }),
                ElementsAre("/value out_of_range"));
    core::Actor clerk{.staff = {3},
                      .name = "担当",
                      .rights = std::make_shared<const core::Rights>(core::Rights{"customer.read"})};
    EXPECT_EQ(refusal([&] { create(context_, clerk, json::parse("{}")); }), "forbidden");
    EXPECT_EQ(get(context_, clerk, id).at("name"), "500円引き");
}

// FEATURES 36: each target owns the coupon once; re-run adds none.
TEST_P(Coupons, AreGrantedToEachCustomerOnce) {
    const auto coupon = make_limited();
    const auto a = person(), b = person(), c = person();
    const auto first = give(coupon, {a, b});
    EXPECT_EQ(first.granted, 2);
    const auto again = give(coupon, {b, a, c});
    EXPECT_EQ(again.granted, 1);
    EXPECT_EQ(again.already, 2);
    EXPECT_EQ(give(coupon, {a, b, c}).operation.value, 0);
    EXPECT_EQ(read(coupon).at("granted"), 3);
    EXPECT_EQ(read(coupon).at("version"), 1);
    EXPECT_THAT(history(a), ElementsAre("grant live"));
    core::undo(customers_.journal, actor_, first.operation);
    EXPECT_THAT(history(a), IsEmpty());
    EXPECT_EQ(read(coupon).at("granted"), 1);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Coupons, AreGrantedToNobodyWhenOneOfThemCannotHaveThem) {
    const auto coupon = make_limited();
    const auto a = person(), gone = person(), left = person();
    customer::remove(customers_.context, actor_, gone, {.any = true});
    customer::withdraw(customers_.context, actor_, left, json::Object{});
    EXPECT_THAT(field_errors([&] { give(coupon, {a, gone, left, {4711}, a}); }),
                ElementsAre("/customers/1 deleted", "/customers/2 withdrawn", "/customers/3 not_found",
                            "/customers/4 duplicate"));
    EXPECT_THAT(history(a), IsEmpty());
    EXPECT_EQ(refusal([&] { give(make(), {a}); }), "coupon.not_customer_limited");
    EXPECT_EQ(refusal([&] { give({4711}, {a}); }), "coupon.not_found");
    EXPECT_THAT(
        field_errors([&] {
            give(coupon, {}, R"(,"usable_from":"2026-12-01","usable_to":"2026-11-01","times":0,"x":1)");
        }),
        testing::IsSupersetOf({"/usable_to before_the_first", "/times out_of_range", "/x unknown_field"}));
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Coupons, AreGrantedToEverybodyFoundByAJobOfOneOperation) {
    const auto coupon = make_limited();
    std::vector<CustomerId> people;
    for (int i = 0; i < 5; ++i) people.push_back(person(R"("status":"member","newsletter":true)"));
    person(R"("status":"member","newsletter":false)");
    give(coupon, {people[0]});
    const json::Value body = json::parse(
        R"({"condition":{"field":"newsletter","op":"is","value":true},"times":2,"usable_to":"2026-12-31"})");
    EXPECT_TRUE(asks_by_condition(body));
    const auto job = run(start_granting(context_, actor_, coupon, body));
    EXPECT_EQ(job.counts.ok, 4);
    EXPECT_EQ(job.counts.skipped, 1);
    EXPECT_EQ(read(coupon).at("granted"), 5);
    EXPECT_THAT(history(people[4]), ElementsAre("grant live 2"));
    EXPECT_THAT(history(people[0]), ElementsAre("grant live"));
    EXPECT_EQ(run(start_granting(context_, actor_, coupon, body)).counts.ok, 0);
    core::undo(customers_.journal, actor_, job.operation);
    EXPECT_EQ(read(coupon).at("granted"), 1);
    EXPECT_EQ(refusal([&] {
                  start_granting(context_, actor_, coupon,
                                 json::parse(R"({"condition":{"field":"nothing","op":"is","value":1}})"));
              }),
              "condition.invalid");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Coupons, AreTakenBackAndGivenAgain) {
    const auto coupon = make_limited(R"(,"uses_per_customer":3)");
    const auto a = person();
    give(coupon, {a}, R"(,"times":1)");
    use_it(coupon, a, "R1");
    EXPECT_THAT(history(a, "grant"), ElementsAre("grant used_up 0"));
    EXPECT_EQ(refusal([&] { revoke(context_, actor_, coupon, a, 7); }), "coupon_grant.stale");
    const auto revoked = revoke(context_, actor_, coupon, a, 1);
    EXPECT_EQ(refusal([&] { use_it(coupon, a, "R2"); }), "coupon.not_granted");
    EXPECT_EQ(refusal([&] { revoke(context_, actor_, coupon, a, {}); }), "coupon_grant.not_found");
    EXPECT_THAT(history(a, "grant"), ElementsAre("grant revoked 0"));
    core::undo(customers_.journal, actor_, revoked);
    EXPECT_EQ(read(coupon).at("granted"), 1);
    revoke(context_, actor_, coupon, a, {});
    ++customers_.now;
    const auto again = give(coupon, {a}, R"(,"times":2)");
    EXPECT_EQ(again.granted, 1);
    use_it(coupon, a, "R2");
    EXPECT_THAT(history(a, "grant"), ElementsAre("grant live 1", "grant revoked 0"));
    EXPECT_EQ(refusal([&] { core::undo(customers_.journal, actor_, again.operation); }),
              "operation.changed_since");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Coupons, OpenGrantsEndWithTheWithdrawal) {
    const auto coupon = make_limited();
    const auto a = person();
    give(coupon, {a});
    const auto left = customer::withdraw(customers_.context, actor_, a, json::Object{});
    EXPECT_THAT(history(a), ElementsAre("grant revoked"));
    EXPECT_EQ(read(coupon).at("granted"), 0);
    EXPECT_EQ(refusal([&] { use_it(coupon, a, "R1"); }), "coupon.customer_withdrawn");
    core::undo(customers_.journal, actor_, left.operation);
    EXPECT_THAT(history(a), ElementsAre("grant live"));
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

// FEATURES 49: coupon, order, amount, date.
TEST_P(Coupons, AreUsedOncePerOrder) {
    const auto coupon = make(R"(,"uses_per_customer":2)");
    const auto a = person(), b = person();
    const auto used = use_it(coupon, a, "R1");
    EXPECT_TRUE(used.is_new);
    EXPECT_EQ(used.use.at("coupon_name"), "500円引き");
    const auto again = use_it(coupon, a, "R1");
    EXPECT_FALSE(again.is_new);
    EXPECT_EQ(again.operation.value, 0);
    EXPECT_EQ(id_of(again), id_of(used));
    EXPECT_EQ(refusal([&] { use_it(coupon, a, "R1", "", 400); }), "coupon.already_used");
    EXPECT_EQ(refusal([&] { use_it(coupon, b, "R1"); }), "coupon.already_used");
    ++customers_.now;
    use_it(coupon, a, "R2", "", 300);
    EXPECT_EQ(refusal([&] { use_it(coupon, a, "R3"); }), "coupon.limit_reached");
    EXPECT_THAT(history(a), ElementsAre("use used R2 300", "use used R1 500"));
    cancel(context_, actor_, id_of(used));
    EXPECT_EQ(refusal([&] { cancel(context_, actor_, id_of(used)); }), "coupon_use.cancelled");
    EXPECT_EQ(read(coupon).at("used"), 1);
    use_it(coupon, a, "R1");
    EXPECT_THAT(history(a), ElementsAre("use used R1 500", "use used R2 300", "use cancelled R1 500"));
    EXPECT_EQ(refusal([&] { core::undo(customers_.journal, actor_, used.operation); }),
              "operation.not_undoable");
    EXPECT_EQ(refusal([&] { update(context_, actor_, coupon, {}, json::parse(R"({"code":"OTHER"})")); }),
              "coupon.code_in_use");
    EXPECT_EQ(refusal([&] { remove(context_, actor_, coupon, {}); }), "coupon.in_use");
    update(context_, actor_, coupon, {}, json::parse(R"({"enabled":false})"));
    EXPECT_EQ(refusal([&] { use_it(coupon, b, "R9"); }), "coupon.disabled");
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Coupons, ACancelledUseDoesNotComeBackPastTheLimit) {
    const auto coupon = make(R"(,"uses_per_customer":1)");
    const auto a = person();
    const auto cancelled = cancel(context_, actor_, id_of(use_it(coupon, a, "R1")));
    const auto other = use_it(coupon, a, "R2");
    EXPECT_EQ(refusal([&] { core::undo(customers_.journal, actor_, cancelled.operation); }),
              "coupon.limit_reached");
    cancel(context_, actor_, id_of(other));
    core::undo(customers_.journal, actor_, cancelled.operation);
    EXPECT_THAT(history(a), testing::UnorderedElementsAre("use used R1 500", "use cancelled R2 500"));
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Coupons, AskForTheOrdersTotalWhereThereIsAMinimum) {
    const auto coupon = make(R"(,"minimum_amount":3000)");
    const auto a = person();
    EXPECT_THAT(field_errors([&] { use_it(coupon, a, "R1"); }), ElementsAre("/order_total required"));
    EXPECT_EQ(refusal([&] { use_it(coupon, a, "R1", R"(,"order_total":2999)"); }),
              "coupon.minimum_not_reached");
    customers_.journal.write({.actor = actor_, .kind = "customer.update"}, [&](core::Writer& writer) {
        writer.insert(
            writer.registry().get("orders"),
            {{"number", std::string("R1")}, {"customer_id", a.value}, {"total", std::int64_t{3'000}}});
    });
    EXPECT_TRUE(use_it(coupon, a, "R1").is_new);
    EXPECT_THAT(field_errors([&] {
                    use(context_, actor_, coupon,
                        json::parse(R"({"customer":5,"amount":-1,"at":"2999-01-01T00:00:00Z","x":1})"));
                }),
                ElementsAre("/customer wrong_type", "/order_number required", "/amount out_of_range",
                            "/at in_the_future", "/x unknown_field"));
    EXPECT_EQ(refusal([&] { use_it(coupon, {4711}, "R7", R"(,"order_total":9000)"); }), "customer.not_found");
}

TEST_P(Coupons, ConcurrentUsesDoNotPassTheLimit) {
    constexpr int kThreads = 32, kAllowed = 5;
    const auto coupon = make(R"(,"uses_per_customer":)" + std::to_string(kAllowed));
    const auto a = person();
    std::atomic<int> used = 0, refused = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i)
        threads.emplace_back([&, i] {
            for (;;) {
                try {
                    // Every order is told twice, as a shop that was not answered does.
                    used += use_it(coupon, a, "R" + std::to_string(i / 2)).is_new;
                    return;
                } catch (const Refused& problem) {
                    if (problem.problem().code == "coupon.limit_reached") ++refused;
                    return;
                } catch (const storage::Busy&) {
                    continue;
                }
            }
        });
    threads.clear();
    EXPECT_EQ(used, kAllowed);
    EXPECT_EQ(read(coupon).at("used"), kAllowed);
    EXPECT_GE(refused, kThreads / 2 - kAllowed);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Coupons, CanBeSearchedBy) {
    const auto spring = make_limited(), other = make();
    const auto a = person(), b = person();
    person();
    give(spring, {a, b});
    use_it(spring, a, "R1");
    use_it(other, b, "R2", "", 700);
    const auto code = [&](CouponId id) { return std::string(read(id).at("code").as_string()); };
    const auto has = [](const std::string& where) { return R"({"has":"coupon","where":)" + where + "}"; };
    const auto state = [](const std::string& name) {
        return R"({"field":"state","op":"in","value":[")" + name + R"("]})";
    };
    const auto of = [&](CouponId id) {
        return R"({"field":"code","op":"is","value":")" + code(id) + R"("})";
    };
    EXPECT_EQ(found(has(of(spring))), 2);
    EXPECT_EQ(found(has(R"({"all":[)" + of(spring) + "," + state("used") + "]}")), 1);
    EXPECT_EQ(found(R"({"all":[)" + has(R"({"all":[)" + of(spring) + "," + state("granted") + "]}") +
                    R"(,{"none":[)" + has(R"({"all":[)" + of(spring) + "," + state("used") + "]}") + "]}]}"),
              1);
    EXPECT_EQ(found(has(R"({"field":"amount","op":"at_least","value":600})")), 1);
    EXPECT_EQ(found(has(R"({"field":"amount","op":"empty"})")), 2);
    EXPECT_EQ(found(has(R"({"field":"at","op":"at_least","value":{"ago":0,"unit":"day"}})")), 2);
    EXPECT_EQ(found(R"({"has":"coupon","count":{"at_least":2}})"), 2);
    EXPECT_EQ(found(R"({"has":"coupon","count":{"at_most":0}})"), 1);
}

TEST_P(Coupons, StandInTheTimeline) {
    const auto coupon = make_limited();
    const auto a = person();
    give(coupon, {a});
    use_it(coupon, a, "R1");
    use_it(coupon, a, "R2");
    const auto& source =
        *std::ranges::find(customers_.registry.timeline(), "coupon", &core::TimelineSource::kind);
    customers_.database.storage().read([&](storage::Transaction& tx) {
        Texts titles;
        std::optional<core::TimelinePlace> before;
        for (;;) {
            const auto items = source.list(tx, actor_, a.value, before, 1);
            if (items.empty()) break;
            titles.push_back(items.front().title.en + " " + items.front().number);
            before = core::TimelinePlace{items.front().at, items.front().id};
        }
        EXPECT_THAT(titles,
                    testing::UnorderedElementsAre("Coupon used: 500円引き R2", "Coupon used: 500円引き R1",
                                                  "Coupon granted: 500円引き "));
    });
}

TEST_P(Coupons, ARandomHistoryIsWhatASimpleModelSays) {
    const bool holds = rc::check("grants and uses", [&] {
        const auto limit = *rc::gen::inRange(1, 4);
        const auto coupon = make_limited(R"(,"uses_per_customer":)" + std::to_string(limit));
        const std::vector<CustomerId> people{person(), person()};
        struct Model {
            bool has = false;
            std::map<std::string, UseId> uses;  // by order, not cancelled
        };
        std::vector<Model> model(people.size());
        const auto steps = *rc::gen::inRange(1, 20);
        for (int step = 0; step < steps; ++step) {
            const auto who = *rc::gen::inRange<std::size_t>(0, people.size());
            auto& one = model[who];
            const auto order = "R" + std::to_string(who) + std::to_string(*rc::gen::inRange(0, 4));
            ++customers_.now;
            switch (*rc::gen::inRange(0, 5)) {
                case 0: {
                    const auto granted = give(coupon, {people[who]});
                    RC_ASSERT(granted.granted == (one.has ? 0 : 1));
                    one.has = true;
                    break;
                }
                case 1: {
                    const auto refused = refusal([&] { revoke(context_, actor_, coupon, people[who], {}); });
                    RC_ASSERT(refused == (one.has ? "" : "coupon_grant.not_found"));
                    one.has = false;
                    break;
                }
                case 2:
                case 3: {
                    const bool told = one.uses.contains(order);
                    const std::string expected = told                            ? ""
                                                 : !one.has                      ? "coupon.not_granted"
                                                 : std::ssize(one.uses) >= limit ? "coupon.limit_reached"
                                                                                 : "";
                    UseId id;
                    RC_ASSERT(refusal([&] { id = id_of(use_it(coupon, people[who], order)); }) == expected);
                    if (expected.empty()) one.uses[order] = id;
                    break;
                }
                default: {
                    if (one.uses.empty()) break;
                    const auto use = one.uses.begin();
                    const auto cancelled = cancel(context_, actor_, use->second);
                    if (*rc::gen::arbitrary<bool>())
                        core::undo(customers_.journal, actor_, cancelled.operation);
                    else
                        one.uses.erase(use);
                }
            }
        }
        std::int64_t granted = 0, used = 0;
        for (const auto& one : model) {
            granted += one.has;
            used += std::ssize(one.uses);
        }
        RC_ASSERT(read(coupon).at("granted").as_int64() == granted);
        RC_ASSERT(read(coupon).at("used").as_int64() == used);
        for (std::size_t who = 0; who < people.size(); ++who)
            RC_ASSERT(history(people[who], "", 2) == history(people[who]));
    });
    EXPECT_TRUE(holds);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

}  // namespace
}  // namespace otokui::coupon
