#include "demo/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "base/problem.hpp"
#include "core/journal_chain.hpp"
#include "coupon/tables.hpp"
#include "customer/fields.hpp"
#include "customer/tables.hpp"
#include "memo/tables.hpp"
#include "order/tables.hpp"
#include "points/tables.hpp"
#include "support/database.hpp"

namespace otokui::demo {
namespace {

constexpr Moment kNow{1'800'000'000'000};

/// A database with what the loader needs registered.
class Shop {
public:
    explicit Shop(test::Backend backend) : database_(backend, test::Schema::migrated, {.filling = true}) {
        customer::declare_fields(catalogue_);
        customer::register_tables(registry_, catalogue_, {});
        order::register_tables(registry_);
        points::register_tables(registry_);
        memo::register_tables(registry_);
        coupon::register_tables(registry_);
        register_kinds(registry_);
    }

    void load(const Settings& settings) {
        demo::load(journal(), core::shell_actor("demo"), settings, [](core::Writer&) {});
    }
    core::Journal& journal() { return journal_; }
    core::Registry& registry() { return registry_; }
    test::Database& database() { return database_; }
    storage::Database& storage() { return database_.storage(); }

    std::int64_t number(std::string_view sql) {
        return storage().read([&](storage::Transaction& tx) { return tx.find_integer(sql).value_or(0); });
    }
    /// Every value of the table's rows, in the order of their ids.
    std::string content(std::string_view name) {
        const auto& table = registry_.get(name);
        std::string columns = "id", all;
        for (const auto& column : table.columns) columns += ", " + column.name;
        storage().read([&](storage::Transaction& tx) {
            tx.query("SELECT " + columns + " FROM " + table.name + " ORDER BY id", {},
                     [&](const storage::Row& row) {
                         for (int i = 0; i < row.columns(); ++i) {
                             const auto value = row.value(i);
                             if (const auto* text = std::get_if<std::string>(&value)) all += *text;
                             if (const auto* integer = std::get_if<std::int64_t>(&value))
                                 all += std::to_string(*integer);
                             all += '|';
                         }
                         all += '\n';
                     });
        });
        return all;
    }

private:
    test::Database database_;
    core::Catalogue catalogue_;
    core::Registry registry_;
    core::Journal journal_{database_.storage(), registry_, [] { return kNow; }};
};

constexpr Settings kSmall{.seed = 3, .customers = 1'234, .orders_per_customer = 4};

class DemoLoad : public testing::TestWithParam<test::Backend> {
protected:
    Shop shop_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, DemoLoad, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(DemoLoad, NumbersCustomersFromOneAndGoesOnBehindThem) {
    shop_.load(kSmall);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM customer"), 1'234);
    EXPECT_EQ(shop_.number("SELECT min(id) FROM customer"), 1);
    EXPECT_EQ(shop_.number("SELECT max(id) FROM customer"), 1'234);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM orders"), 1'234 * 4);
    EXPECT_EQ(shop_.number("SELECT max(id) FROM orders"), 1'234 * 4);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM orders WHERE id NOT IN (SELECT order_id FROM order_line)"),
              0);
    EXPECT_GT(shop_.number("SELECT count(*) FROM customer_address"), 10);
    EXPECT_EQ(shop_.storage().write(
                  [](storage::Transaction& tx) { return tx.allocate_ids("customer", 1).front(); }),
              1'235);
}

TEST_P(DemoLoad, AgreesWithEveryVerification) {
    shop_.load(kSmall);
    shop_.storage().read([&](storage::Transaction& tx) {
        for (const auto& verification : shop_.registry().verifications())
            EXPECT_THAT(verification.run(tx), testing::IsEmpty()) << verification.name;
        EXPECT_THAT(core::verify_chain(tx), testing::IsEmpty());
    });
    EXPECT_GT(shop_.number("SELECT count(*) FROM memo"), 10);
    EXPECT_GT(shop_.number("SELECT count(*) FROM coupon_grant"), 10);
    EXPECT_GT(shop_.number("SELECT used_count FROM coupon WHERE code = 'THANKS-500'"), 10);
    EXPECT_EQ(shop_.number(
                  "SELECT count(*) FROM coupon_use u WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE "
                  "o.number = u.order_number AND o.customer_id = u.customer_id AND o.discount = u.amount)"),
              0);
    EXPECT_GT(shop_.number("SELECT count(*) FROM customer WHERE purchase_count > 0"), 500);
    EXPECT_EQ(
        shop_.number("SELECT CAST(sum(purchase_total) AS BIGINT) FROM customer"),
        shop_.number("SELECT CAST(sum(total) AS BIGINT) FROM orders WHERE payment_status = 'captured'"));
    EXPECT_EQ(shop_.number("SELECT count(*) FROM orders AS o WHERE o.total <> o.shipping_fee - o.discount +"
                           " (SELECT sum(unit_price * quantity) FROM order_line WHERE order_id = o.id)"),
              0);
}

TEST_P(DemoLoad, LeavesOneOperationWhoseChangesAreTheMasters) {
    shop_.load(kSmall);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM operation WHERE kind = 'demo.load'"), 1);
    EXPECT_EQ(
        shop_.number("SELECT count(*) FROM change WHERE table_name IN ('customer', 'orders', 'order_line')"),
        0);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM change WHERE table_name = 'label'"),
              shop_.number("SELECT count(*) FROM label"));
}

TEST_P(DemoLoad, MakesMembersOfAShopThatSignInWithTheirMail) {
    shop_.load(kSmall);
    EXPECT_GT(shop_.number("SELECT count(*) FROM customer WHERE member_id <> '' AND member_id = email"), 500);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM customer WHERE status = 'guest' AND member_id <> ''"), 0);
    EXPECT_GT(shop_.number("SELECT count(*) FROM customer WHERE mail_key IS NOT NULL"), 300);
    EXPECT_GT(shop_.number("SELECT count(*) FROM customer WHERE labels <> ''"), 50);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM customer WHERE family_kana <> '' AND kana_sort = ''"), 0);
}

TEST_P(DemoLoad, CanMakeAShopWithoutOrders) {
    shop_.load({.seed = 1, .customers = 10, .orders_per_customer = 0});
    EXPECT_EQ(shop_.number("SELECT count(*) FROM customer"), 10);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM orders"), 0);
}

TEST_P(DemoLoad, RefusesADatabaseWithCustomersAndChangesNothing) {
    shop_.load({.seed = 1, .customers = 10, .orders_per_customer = 1});
    const auto before = shop_.content("customer");
    try {
        shop_.load(kSmall);
        FAIL() << "not refused";
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "core.not_empty");
    }
    EXPECT_EQ(shop_.content("customer"), before);
}

TEST_P(DemoLoad, LeavesNothingBehindWhenTheIndexFailsAndCanBeginAnew) {
    const auto fail = [](core::Writer&) { throw std::runtime_error("no index"); };
    EXPECT_THROW(demo::load(shop_.journal(), core::shell_actor("demo"), kSmall, fail), std::runtime_error);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM customer"), 0);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM label"), 0);
    shop_.load(kSmall);
    EXPECT_EQ(shop_.number("SELECT count(*) FROM customer"), 1'234);
}

TEST_P(DemoLoad, TellsHowFarItIs) {
    std::vector<std::int64_t> rows;
    std::vector<std::string> built;
    demo::load(shop_.journal(), core::shell_actor("demo"), kSmall, [](core::Writer&) {},
               {.rows = [&](std::int64_t done, std::int64_t) { rows.push_back(done); },
                .building = [&](std::string_view step) { built.emplace_back(step); }});
    EXPECT_TRUE(std::ranges::is_sorted(rows));
    EXPECT_GT(rows.back(), 1'234 * 5);
    EXPECT_THAT(built, testing::Contains("orders_customer"));
}

// Which thread makes what and which engine stores it must not show.
TEST(DemoLoadOnBothEngines, MakesTheSameRowsFromTheSameSeed) {
    Shop sqlite(test::Backend::sqlite), again(test::Backend::sqlite), postgres(test::Backend::postgres),
        other(test::Backend::sqlite);
    for (auto* shop : {&sqlite, &again, &postgres}) shop->load(kSmall);
    auto settings = kSmall;
    settings.seed = 4;
    other.load(settings);
    for (const auto* table :
         {"customer", "customer_address", "orders", "order_line", "label", "occupation"}) {
        const auto rows = sqlite.content(table);
        EXPECT_TRUE(rows == again.content(table)) << table;
        EXPECT_TRUE(rows == postgres.content(table)) << table;
    }
    EXPECT_FALSE(sqlite.content("customer") == other.content("customer"));
}

}  // namespace
}  // namespace otokui::demo
