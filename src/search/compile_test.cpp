#include "search/compile.hpp"

#include <gtest/gtest.h>

#include "search/piece.hpp"
#include "search/testing/shop.hpp"
#include "support/database.hpp"

// What is promised of plans on SQLite; that they are right is shown by random_search_test.
namespace otokui::search {
namespace {

class Compile : public testing::Test {
protected:
    Plan plan(std::string_view tree) {
        const auto condition = core::parse_condition(shop_.catalogue(), json::parse(tree));
        return shop_.storage().read([&](storage::Transaction& tx) {
            return compile(tx, shop_.catalogue(), condition, core::shell_actor("test"), shop_day(test::kNow));
        });
    }

    otokui::test::Database database_{storage::Engine::sqlite};
    test::Shop shop_{database_.storage()};
};

TEST_F(Compile, AsksTheTextIndexAloneForTextsWithTicksBesideThem) {
    const auto found =
        plan(R"({"all":[{"text":"田中 080"},{"field":"name","op":"not_contains","value":"太郎"},
        {"field":"status","op":"in","value":["guest","provisional","member"]},
        {"any":[{"field":"kana","op":"starts_with","value":"タ"},{"field":"prefecture","op":"in","value":[13]}]}]})");
    EXPECT_TRUE(found.match);
    EXPECT_EQ(found.rest.text, "");
    EXPECT_EQ(found.scope, Scope::living);
}

TEST_F(Compile, ReadsAStatusAloneFromTheFacts) {
    const auto found = plan(R"({"field":"status","op":"in","value":["guest","provisional","member"]})");
    EXPECT_FALSE(found.match);
    EXPECT_TRUE(found.only_facts);
}

// However ticks are put together, the kinds that fit are counted, not the customers.
TEST_F(Compile, CountsTicksByTheTally) {
    for (
        const char* tree :
        {"{\"all\":[]}", R"({"field":"status","op":"in","value":["guest","provisional","member"]})",
         R"({"field":"labels","op":"not_empty"})",
         R"({"all":[{"field":"newsletter","op":"is","value":true},{"field":"cleaned","op":"is","value":false}]})",
         R"({"none":[{"field":"sex","op":"empty"},{"field":"groups","op":"empty"}]})"})
        EXPECT_TRUE(plan(tree).is_tallied) << tree;
    for (
        const char* tree :
        {R"({"field":"name","op":"contains","value":"田中"})", R"({"field":"points","op":"is","value":0})",
         R"({"field":"block_reasons","op":"empty"})", R"({"field":"labels","op":"any_of","value":["1"]})",
         R"({"any":[{"field":"blocked","op":"is","value":true},{"field":"deleted","op":"in","value":["no"]}]})"})
        EXPECT_FALSE(plan(tree).is_tallied) << tree;
}

TEST_F(Compile, LeadsToTheFewWhoAreTicked) {
    EXPECT_EQ(plan(R"({"field":"blocked","op":"is","value":true})").own_index, "customer_blocked");
    EXPECT_EQ(plan(R"({"field":"cleaned","op":"is","value":true})").own_index, "customer_cleaned");
    EXPECT_EQ(plan(R"({"field":"blocked","op":"is","value":false})").own_index, "");
}

TEST_F(Compile, LooksAtTextsThemselvesRowByRow) {
    const auto found = plan(
        R"({"all":[{"text":"田中"},{"field":"labels","op":"any_of","value":["1"]},{"field":"city","op":"not_contains","value":"港"}]})");
    EXPECT_EQ(found.by_row.text.find("MATCH"), std::string::npos);
    EXPECT_NE(found.by_row.text.find("instr("), std::string::npos);
    EXPECT_NE(found.by_row.text.find("customer_set"), std::string::npos);
    EXPECT_EQ(plan(R"({"field":"points","op":"is","value":0})").by_row.text, "");
}

TEST_F(Compile, CountsAComplementByWhatItLeavesOut) {
    const auto found = plan(R"({"field":"name","op":"not_contains","value":"田中"})");
    EXPECT_FALSE(found.match);
    EXPECT_TRUE(found.except);
}

TEST_F(Compile, KnowsWhatTheFactsCover) {
    const auto facts = plan(R"({"all":[{"field":"prefecture","op":"in","value":[13]},
        {"field":"purchase_total","op":"at_least","value":1},{"field":"age","op":"between","value":{"from":20,"to":29}},
        {"field":"last_purchase_at","op":"at_least","value":{"ago":30,"unit":"day"}}]})");
    EXPECT_TRUE(facts.only_facts);
    EXPECT_FALSE(plan(R"({"field":"device","op":"in","value":["pc"]})").only_facts);
}

TEST_F(Compile, ReadsTheStretchesOfPrefecturesByNamingEveryStatus) {
    EXPECT_NE(plan(R"({"field":"prefecture","op":"in","value":[13]})").rest.text.find("c.status IN"),
              std::string::npos);
    EXPECT_EQ(plan(R"({"field":"prefecture","op":"not_in","value":[13]})").rest.text.find("c.status"),
              std::string::npos);
}

TEST_F(Compile, ReadsBoughtProductsFromTheLinesAlone) {
    const auto source = [&](const char* where) {
        return plan(R"({"has":"order","where":)" + std::string(where) + "}").rest.text;
    };
    constexpr const char* kProduct = R"({"field":"product_number","op":"is","value":"A"})";
    constexpr const char* kPeriod = R"({"field":"ordered_at","op":"at_least","value":"2024-01-01"})";
    constexpr const char* kPaid = R"({"field":"payment_status","op":"in","value":["captured"]})";
    const auto both = [](const char* group, const char* a, const char* b) {
        return "{\"" + std::string(group) + "\":[" + a + "," + b + "]}";
    };
    const auto reads_lines_alone = [&](const std::string& where) {
        return source(where.c_str()).find("FROM order_line l WHERE") != std::string::npos;
    };
    EXPECT_TRUE(reads_lines_alone(kProduct));
    EXPECT_TRUE(reads_lines_alone(both("all", kProduct, kPeriod)));
    EXPECT_FALSE(reads_lines_alone(both("any", kProduct, kPeriod)))
        << "an order without lines may satisfy it";
    EXPECT_FALSE(reads_lines_alone(both("all", kProduct, kPaid))) << "lines know nothing of payment";
    EXPECT_FALSE(reads_lines_alone(R"({"field":"quantity","op":"is","value":3})"))
        << "no index leads to these";
    EXPECT_FALSE(reads_lines_alone(R"({"field":"product_number","op":"is_not","value":"A"})"));
    EXPECT_NE(source(kPeriod).find("FROM orders o WHERE"), std::string::npos);
}

TEST_F(Compile, CountsOrdersOfAnyKindByTheFacts) {
    const auto some = plan(R"({"has":"order","count":{"at_least":3}})");
    EXPECT_TRUE(some.only_facts);
    EXPECT_NE(some.rest.text.find("c.order_count >= ?"), std::string::npos);
    EXPECT_EQ(plan(R"({"has":"order","count":{"at_most":0}})").own_index, "customer_without_orders");
}

// By way to pay, channel or status an index has the orders by customer: no sorting.
TEST_F(Compile, ReadsOrdersOfOneTermInTheOrderOfCustomers) {
    shop_.sql("INSERT INTO order_term (kind, term) VALUES ('payment_method', '代金引換')");
    const auto members =
        plan(R"({"has":"order","where":{"field":"payment_method","op":"is","value":"代金引換"}})").members;
    std::string how;
    shop_.storage().read([&](storage::Transaction& tx) {
        tx.query("EXPLAIN QUERY PLAN " + members.text, members.values,
                 [&](const storage::Row& row) { how += std::string(row.text(3)) + "\n"; });
    });
    EXPECT_NE(how.find("COVERING INDEX orders_payment_method"), std::string::npos) << how;
    EXPECT_EQ(how.find("TEMP B-TREE"), std::string::npos) << how;
}

TEST_F(Compile, GoesThroughTheirOwnIndexToExactValues) {
    for (const char* tree :
         {R"({"field":"email","op":"is","value":"a@example.jp"})",
          R"({"field":"number","op":"in","value":["1","2"]})", R"({"field":"id","op":"in","value":["1"]})"}) {
        EXPECT_TRUE(plan(tree).is_selective) << tree;
        EXPECT_FALSE(plan(tree).match) << tree;
    }
}

TEST_F(Compile, ReadsARangeOfOneFactFromItsNarrowIndex) {
    EXPECT_EQ(plan(R"({"field":"points","op":"at_least","value":500})").own_index, "customer_points");
    EXPECT_EQ(plan(R"({"field":"age","op":"between","value":{"from":20,"to":29}})").own_index,
              "customer_birth_date");
    EXPECT_EQ(plan(R"({"field":"level","op":"not_in","value":["1"]})").own_index, "");
    EXPECT_EQ(plan(R"({"all":[{"field":"points","op":"at_least","value":500},
                              {"field":"blocked","op":"is","value":true}]})")
                  .own_index,
              "");
}

// Labels, groups and reasons are sets of customers: whatever is asked of one is counted without a look at
// them.
TEST_F(Compile, CountsSetsAlone) {
    for (const char* op : {"any_of", "all_of", "none_of"})
        EXPECT_FALSE(
            plan(R"({"field":"labels","op":")" + std::string(op) + R"(","value":["1","2"]})").members.empty())
            << op;
    EXPECT_FALSE(plan(R"({"field":"labels","op":"not_empty"})").members.empty());
    EXPECT_TRUE(plan(R"({"field":"labels","op":"empty"})").all_but_members);
    shop_.storage().read([&](storage::Transaction& tx) {
        for (const char* op : {"any_of", "all_of"}) {
            const auto members =
                plan(R"({"field":"labels","op":")" + std::string(op) + R"(","value":["1","2"]})").members;
            std::string how;
            tx.query("EXPLAIN QUERY PLAN SELECT count(*) FROM (" + members.text + ")", members.values,
                     [&](const storage::Row& row) { how += std::string(row.text(3)) + "\n"; });
            EXPECT_NE(how.find("MERGE"), std::string::npos) << how;
            EXPECT_EQ(how.find("TEMP B-TREE"), std::string::npos) << how;
        }
    });
}

TEST_F(Compile, TakesTheScopeFromTheRootAlone) {
    EXPECT_EQ(plan(R"({"field":"deleted","op":"in","value":["yes"]})").scope, Scope::deleted);
    EXPECT_EQ(plan(R"({"any":[{"field":"deleted","op":"in","value":["yes"]}]})").scope, Scope::everybody);
}

TEST_F(Compile, AnswersTreesDeeperThanTheTextIndexTakes) {
    std::string tree = R"({"field":"name","op":"contains","value":"田中"})";
    for (int i = 0; i < core::kMaxConditionDepth; ++i)
        tree = (i % 2 ? R"({"all":[)" : R"({"any":[)") + tree +
               R"(,{"field":"name","op":"is","value":"佐藤"}]})";
    const auto condition = core::parse_condition(shop_.catalogue(), json::parse(tree));
    EXPECT_EQ(count(shop_.context(), condition, core::shell_actor("test")), 0);
}

TEST_F(Compile, TakesAsManyLeavesAsATreeMayHave) {
    const auto tree = [](const char* leaf) {
        std::string leaves = leaf;
        for (std::size_t i = 1; i < core::kMaxConditionLeaves; ++i) leaves += std::string(",") + leaf;
        return R"({"any":[)" + leaves + "]}";
    };
    shop_.insert({{"family_name", "田中"}, {"points", std::int64_t{3}}});
    for (const char* leaf :
         {R"({"field":"name","op":"contains","value":"田中"})", R"({"field":"points","op":"is","value":3})",
          R"({"field":"alert","op":"not_contains","value":"x"})"}) {
        const auto condition = core::parse_condition(shop_.catalogue(), json::parse(tree(leaf)));
        EXPECT_EQ(count(shop_.context(), condition, core::shell_actor("test")), 1) << leaf;
    }
}

TEST_F(Compile, NamesTheFactsAsTheIndexHasThem) {
    shop_.storage().read([](storage::Transaction& tx) {
        int columns = 0;
        tx.query("SELECT name FROM pragma_index_info('customer_facts')", {}, [&](const storage::Row& row) {
            ++columns;
            EXPECT_TRUE(is_fact(row.text(0))) << row.text(0);
        });
        EXPECT_EQ(columns, 18);
    });
}

// PostgreSQL counts a text from the text index alone, without a look at documents or customers.
TEST(CompileOnPostgres, AsksTheTextIndexAloneForTextsWithTicksBesideThem) {
    otokui::test::Database database(storage::Engine::postgres);
    test::Shop shop(database.storage());
    const auto plan_of = [&](const std::string& tree) {
        const auto condition = core::parse_condition(shop.catalogue(), json::parse(tree));
        return shop.storage().read([&](storage::Transaction& tx) {
            return compile(tx, shop.catalogue(), condition, core::shell_actor("test"), shop_day(test::kNow));
        });
    };
    const auto exact = plan_of(
        R"({"all":[{"text":"田中"},{"field":"status","op":"in","value":["guest","member"]},{"text":"@example.jp"}]})");
    EXPECT_TRUE(exact.match);
    EXPECT_EQ(exact.rest.text, "");
    const auto phrase = plan_of(R"({"text":"田中花"})");
    EXPECT_TRUE(phrase.match);
    EXPECT_NE(phrase.rest.text.find("strpos("), std::string::npos) << "both pairs may stand apart";
}

}  // namespace
}  // namespace otokui::search
