#include "coupon/service.hpp"

#include <gmock/gmock.h>

#include "coupon/coupon_fixture.hpp"

namespace otokui::coupon {
namespace {

using test::field_errors;
using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

class Coupons : public CouponShop {};
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

TEST_P(Coupons, Features95OpenGrantsEndWithTheDeletionAndComeBackWithTheRestore) {
    const auto ended = make_limited(), taken = make_limited();
    const auto a = person();
    give(ended, {a});
    give(taken, {a});
    revoke(context_, actor_, taken, a, {});
    customers_.now += 1000;
    customer::remove(customers_.context, actor_, a, {.any = true});
    EXPECT_THAT(history(a), ElementsAre("grant revoked", "grant revoked"));
    EXPECT_EQ(read(ended).at("granted"), 0);
    customers_.now += 1000;
    customer::restore(customers_.context, actor_, a);
    EXPECT_THAT(history(a), testing::UnorderedElementsAre("grant live", "grant revoked"));
    EXPECT_EQ(read(ended).at("granted"), 1);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

}  // namespace
}  // namespace otokui::coupon
