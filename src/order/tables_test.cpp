#include "order/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "order/service.hpp"
#include "support/customers.hpp"

namespace otokui::order {
namespace {

using test::Customers;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Orders : public testing::TestWithParam<test::Backend> {
protected:
    Orders() : customers_(GetParam(), register_tables) {
        customers_.registry.add_kind({"order.test", {"受注", "Order"}, "order.edit"});
        customer_ = Customers::id_of(customers_.create(R"({"family_name":"青木"})"));
    }

    std::int64_t add(std::int64_t total, const std::string& payment_status, std::int64_t ordered_at,
                     int lines = 1) {
        std::int64_t id = 0;
        operation_ = customers_.journal.write(
            {.actor = customers_.actor, .kind = "order.test"}, [&](core::Writer& writer) {
                id = writer.insert(writer.registry().get("orders"),
                                   {{"number", "R" + std::to_string(++numbers_)},
                                    {"customer_id", customer_.value},
                                    {"ordered_at", ordered_at},
                                    {"payment_status", payment_status},
                                    {"total", total}});
                for (int line = 1; line <= lines; ++line)
                    writer.insert(writer.registry().get("order_line"),
                                  {{"order_id", id},
                                   {"customer_id", customer_.value},
                                   {"position", std::int64_t{line}},
                                   {"product_name", "商品" + std::to_string(line)},
                                   {"unit_price", std::int64_t{100} * line},
                                   {"quantity", std::int64_t{2}}});
                return writer.operation();
            });
        return id;
    }
    void pay(std::int64_t order, const std::string& payment_status) {
        operation_ = customers_.journal.write(
            {.actor = customers_.actor, .kind = "order.test"}, [&](core::Writer& writer) {
                writer.update(writer.registry().get("orders"), order, {{"payment_status", payment_status}});
                return writer.operation();
            });
    }
    std::vector<std::int64_t> figures() {
        const auto customer = customers_.get(customer_);
        return {customer.at("purchase_total").as_int64(), customer.at("purchase_count").as_int64()};
    }

    Customers customers_;
    CustomerId customer_;
    OperationId operation_;
    int numbers_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Orders, testing::ValuesIn(test::backends()), test::backend_name);

// FEATURES 18 and 19, rule 1: not "paid", not "shipped".
TEST_P(Orders, OnlyCapturedOnesCountAsPurchases) {
    add(1'000, "captured", 5);
    const auto unpaid = add(2'000, "authorized", 6);
    add(4'000, "voided", 7);
    EXPECT_THAT(figures(), ElementsAre(1'000, 1));
    pay(unpaid, "captured");
    EXPECT_THAT(figures(), ElementsAre(3'000, 2));
    pay(unpaid, "refunded");
    EXPECT_THAT(figures(), ElementsAre(1'000, 1));
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Orders, UndoTakesTheFiguresBackAndChangesNoVersionOfTheCustomer) {
    add(1'000, "captured", 5);
    const auto version = customers_.get(customer_).at("version");
    add(9'000, "captured", 6);
    EXPECT_EQ(customers_.get(customer_).at("version"), version);
    EXPECT_THAT(figures(), ElementsAre(10'000, 2));
    core::undo(customers_.journal, customers_.actor, operation_);
    EXPECT_THAT(figures(), ElementsAre(1'000, 1));
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Orders, VerifyFindsAWrongFigure) {
    add(1'000, "captured", 5);
    customers_.database.storage().write(
        [](storage::Transaction& tx) { tx.execute("UPDATE customer SET purchase_total = 1"); });
    EXPECT_THAT(customers_.database.storage().read(verify_purchases), SizeIs(1));
}

// What conditions read instead of the orders follows every write of them.
TEST_P(Orders, KeepTheTermsOfConditionsInStep) {
    const auto order = add(1'000, "captured", 5);
    const auto& orders = customers_.registry.get("orders");
    const auto& lines = customers_.registry.get("order_line");
    const auto change = [&](const core::Table& table, std::int64_t id, const core::Assignments& values) {
        return customers_.journal.write({.actor = customers_.actor, .kind = "order.test"},
                                        [&](core::Writer& writer) {
                                            writer.update(table, id, values);
                                            return writer.operation();
                                        });
    };
    const auto line = [&](std::string_view column) {
        return customers_.database.storage().read([&](storage::Transaction& tx) {
            return tx.find_integer("SELECT " + std::string(column) + " FROM order_line WHERE order_id = ?",
                                   {order});
        });
    };
    const auto id = *line("id"), product = *line("product_id");
    const auto operation = change(lines, id, {{"product_name", "別の商品"}});
    EXPECT_NE(line("product_id"), product);
    change(orders, order, {{"ordered_at", std::int64_t{77}}, {"payment_method", "後払い"}});
    EXPECT_EQ(line("ordered_at"), 77);
    EXPECT_THAT(customers_.verify(), IsEmpty());
    core::undo(customers_.journal, customers_.actor, operation);
    EXPECT_EQ(line("product_id"), product);
    EXPECT_THAT(customers_.verify(), IsEmpty());
}

TEST_P(Orders, VerifyFindsTermsThatAreNotOfTheOrders) {
    add(1'000, "captured", 5);
    for (const char* sql : {"UPDATE order_line SET ordered_at = 1", "DELETE FROM order_term",
                            "UPDATE customer SET order_count = 7"}) {
        customers_.database.storage().write([&](storage::Transaction& tx) { tx.execute(sql); });
        EXPECT_THAT(customers_.verify(), testing::Not(IsEmpty())) << sql;
    }
}

// FEATURES 93: one row per product, newest order first, unit price × quantity.
TEST_P(Orders, PurchasesAreOneRowPerProductAndPageWithoutGaps) {
    for (int order = 0; order < 5; ++order) add(1'000, "captured", 10 + order % 2, 3);
    std::vector<std::string> seen;
    std::string cursor;
    do {
        auto page = list_purchases(customers_.database.storage(), customers_.actor, customer_, cursor, 4);
        for (const auto& row : page.items)
            seen.push_back(std::string(row.at("order_number").as_string()) + " " +
                           std::string(row.at("product_name").as_string()) + " " +
                           std::to_string(row.at("total").as_int64()));
        cursor = page.next_cursor;
    } while (!cursor.empty());
    ASSERT_THAT(seen, SizeIs(15));
    EXPECT_THAT(std::vector(seen.begin(), seen.begin() + 4),
                ElementsAre("R4 商品1 200", "R4 商品2 400", "R4 商品3 600", "R2 商品1 200"));
}

// They hold a customer like any other, so they must not be invisible.
TEST_P(Orders, PurchasesHaveARowOfAnOrderWithoutProductsWhereverAPageEnds) {
    add(1'000, "captured", 10, 2);
    add(7'000, "unpaid", 11, 0);
    add(2'000, "captured", 12, 0);
    for (int limit = 1; limit <= 4; ++limit) {
        std::vector<std::string> seen;
        std::string cursor;
        do {
            auto page =
                list_purchases(customers_.database.storage(), customers_.actor, customer_, cursor, limit);
            for (const auto& row : page.items)
                seen.push_back(std::string(row.at("order_number").as_string()) +
                               (row.at("line").is_null() ? " - " : " line ") +
                               std::to_string(row.at("total").as_int64()));
            cursor = page.next_cursor;
        } while (!cursor.empty());
        EXPECT_THAT(seen, ElementsAre("R3 - 2000", "R2 - 7000", "R1 line 200", "R1 line 400")) << limit;
    }
}

TEST_P(Orders, ListsOneByItsNumberAndThoseThatHoldTheCustomer) {
    for (int order = 0; order < 7; ++order) add(1'000, "authorized", 10 + order);
    add(1'000, "captured", 30);
    const auto numbers = [&](const Narrowed& narrowed) {
        std::vector<std::string> numbers;
        for (const auto list : {list_orders, list_purchases})
            for (const auto& row :
                 list(customers_.database.storage(), customers_.actor, customer_, "", 50, narrowed).items) {
                const auto* number = row.as_object().if_contains("order_number");
                numbers.emplace_back((number ? *number : row.at("number")).as_string());
            }
        return numbers;
    };
    EXPECT_THAT(numbers({.number = "R2"}), ElementsAre("R2", "R2"));
    EXPECT_THAT(numbers({.number = "r2"}), IsEmpty());
    EXPECT_THAT(numbers({.number = "R8", .unsettled = true}), IsEmpty());
    EXPECT_THAT(numbers({.unsettled = true}), SizeIs(14));
    const auto ties = customers_.database.storage().read(
        [&](storage::Transaction& tx) { return customers_.registry.find_ties(tx, customer_.value, 5); });
    EXPECT_THAT(ties.first, SizeIs(5));
    EXPECT_EQ(ties.count, 7);
}

TEST_P(Orders, ListsWithTheirLinesAndRefusesACursorOfAnotherList) {
    add(1'000, "captured", 10, 2);
    const auto page = list_orders(customers_.database.storage(), customers_.actor, customer_, "", 50);
    ASSERT_THAT(page.items, SizeIs(1));
    EXPECT_THAT(page.items[0].at("lines").as_array(), SizeIs(2));
    for (const char* cursor : {"x", "1_2", "1_2_3_4", "1-2-3"})
        EXPECT_EQ(test::refusal([&] {
                      list_orders(customers_.database.storage(), customers_.actor, customer_, cursor, 50);
                  }),
                  "cursor.invalid");
    EXPECT_EQ(
        test::refusal([&] { list_orders(customers_.database.storage(), customers_.actor, {999}, "", 50); }),
        "customer.not_found");
}

}  // namespace
}  // namespace otokui::order
