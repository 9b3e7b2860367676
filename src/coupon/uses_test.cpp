#include "coupon/uses.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <thread>

#include "coupon/coupon_fixture.hpp"

namespace otokui::coupon {
namespace {

using test::field_errors;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

class CouponUses : public CouponShop {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, CouponUses, testing::ValuesIn(test::backends()), test::backend_name);

// FEATURES 49: coupon, order, amount, date.
TEST_P(CouponUses, AreUsedOncePerOrder) {
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

TEST_P(CouponUses, ACancelledUseDoesNotComeBackPastTheLimit) {
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

TEST_P(CouponUses, AskForTheOrdersTotalWhereThereIsAMinimum) {
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
    // The order of somebody else says nothing.
    EXPECT_THAT(field_errors([&] { use_it(coupon, person(), "R1"); }), ElementsAre("/order_total required"));
    EXPECT_TRUE(use_it(coupon, a, "R1").is_new);
    EXPECT_THAT(field_errors([&] {
                    use(context_, actor_, coupon,
                        json::parse(R"({"customer":5,"amount":-1,"at":"2999-01-01T00:00:00Z","x":1})"));
                }),
                ElementsAre("/customer wrong_type", "/order_number required", "/amount out_of_range",
                            "/at in_the_future", "/x unknown_field"));
    EXPECT_EQ(refusal([&] { use_it(coupon, {4711}, "R7", R"(,"order_total":9000)"); }), "customer.not_found");
}

TEST_P(CouponUses, OfACouponThatIsOpenToAllLeaveAGrantAsItIs) {
    const auto coupon = make_limited();
    const auto a = person();
    give(coupon, {a}, R"(,"times":1)");
    update(context_, actor_, coupon, {}, json::parse(R"({"customer_limited":false})"));
    use_it(coupon, a, "R1");
    EXPECT_THAT(history(a, "grant"), ElementsAre("grant live 1"));
    update(context_, actor_, coupon, {}, json::parse(R"({"customer_limited":true})"));
    use_it(coupon, a, "R2");
    EXPECT_THAT(history(a, "grant"), ElementsAre("grant used_up 0"));
    EXPECT_EQ(refusal([&] { use_it(coupon, a, "R3"); }), "coupon.limit_reached");
}

TEST_P(CouponUses, ConcurrentUsesDoNotPassTheLimit) {
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

TEST_P(CouponUses, CanBeSearchedBy) {
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

TEST_P(CouponUses, StandInTheTimeline) {
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

TEST_P(CouponUses, ARandomHistoryIsWhatASimpleModelSays) {
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
