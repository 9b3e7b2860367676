// Random conditions about what customers have any number of (memos, coupons, points), against a reference
// that looks at every row. Orders have theirs in src/search.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <map>

#include "app/shop.hpp"
#include "coupon/grants.hpp"
#include "coupon/service.hpp"
#include "coupon/uses.hpp"
#include "memo/service.hpp"
#include "points/service.hpp"
#include "search/service.hpp"
#include "search/testing/dice.hpp"
#include "search/testing/random_tree.hpp"
#include "search/testing/reference_orders.hpp"
#include "support/customers.hpp"
#include "support/scale.hpp"

namespace otokui {
namespace {

using boost::json::object;
using search::test::Orders;
using storage::Row;

class RandomThings : public testing::TestWithParam<test::Backend> {
protected:
    RandomThings()
        : database_(GetParam(), test::Schema::empty),
          shop_(database_.url(), app::Open::create_and_migrate),
          seed_(search::test::seed()),
          dice_(seed_) {}

    static std::int64_t id_of(const object& thing) {
        return std::stoll(std::string(thing.at("id").as_string()));
    }

    void fill(int customers) {
        for (int i = 0; i < customers; ++i)
            people_.push_back({id_of(
                customer::create(shop_.customers, actor_,
                                 object{{"family_name", "客" + std::to_string(i)}, {"status", "member"}})
                    .record)});
        for (int i = 0; i < 2 * customers; ++i) {
            memo::create(shop_.memos, actor_, dice_.pick(people_),
                         object{{"title", text(3)},
                                {"body", "本文" + text(4)},
                                {"pinned", dice_.once_in(3)},
                                {"alert", dice_.once_in(3)}});
            points::give(shop_.point_services, actor_, dice_.pick(people_),
                         object{{"delta", dice_.roll(1, 4)}, {"kind", "manual_grant"}, {"reason", text(3)}});
        }
        for (int i = 0; i < 4; ++i) add_coupon(i);
    }

    // Granted to some, taken back from some of them, used by others, of which some are cancelled.
    void add_coupon(int number) {
        const coupon::CouponId id{id_of(coupon::create(shop_.coupons, actor_,
                                                       object{{"name", "券" + text(2)},
                                                              {"code", "C" + std::to_string(number)},
                                                              {"discount", "amount"},
                                                              {"value", 5},
                                                              {"customer_limited", true}})
                                            .coupon)};
        for (const auto person : people_) {
            if (dice_.once_in(2)) continue;
            coupon::grant(shop_.coupons, actor_, id,
                          object{{"customers", boost::json::array{std::to_string(person.value)}}});
            if (dice_.once_in(2)) {
                const auto use = coupon::use(shop_.coupons, actor_, id,
                                             object{{"customer", std::to_string(person.value)},
                                                    {"order_number", "R" + std::to_string(++orders_)},
                                                    {"amount", dice_.roll(0, 5)}})
                                     .use;
                if (dice_.once_in(3)) coupon::cancel(shop_.coupons, actor_, {id_of(use)});
            }
            if (dice_.once_in(3)) coupon::revoke(shop_.coupons, actor_, id, person, {});
        }
    }

    // A text that folds to something, or none.
    std::string text(int longest) {
        texts_.push_back(dice_.text(longest) + "字");
        return texts_.back();
    }

    Orders read(const std::string& sql, const std::vector<std::string>& keys) {
        std::vector<Orders::Row> rows;
        shop_.database->read([&](storage::Transaction& tx) {
            tx.query(sql, {}, [&](const Row& row) {
                auto& thing = rows.emplace_back(Orders::Row{.customer = row.integer(0)});
                for (std::size_t i = 0; i < keys.size(); ++i)
                    thing.values[keys[i]] = row.value(static_cast<int>(i) + 1);
            });
        });
        return Orders(std::move(rows));
    }

    std::map<std::string, Orders> read_all() {
        std::map<std::string, Orders> all;
        all.emplace("memo", read("SELECT customer_id, id, title, body, created_at, pinned, alert FROM memo",
                                 {"id", "title", "body", "at", "pinned", "alert"}));
        all.emplace("point_entry",
                    read("SELECT customer_id, id, kind, at, delta, balance_after, expires_at, reason FROM "
                         "point_entry",
                         {"id", "kind", "at", "delta", "balance_after", "expires_at", "reason"}));
        all.emplace("coupon",
                    read("SELECT g.customer_id, c.code, c.name, CASE WHEN g.revoked_at IS NULL THEN "
                         "'granted' ELSE 'revoked' END, g.granted_at, NULL FROM coupon_grant g JOIN "
                         "coupon c ON c.id = g.coupon_id UNION ALL SELECT u.customer_id, c.code, "
                         "c.name, CASE WHEN u.cancelled_at IS NULL THEN 'used' ELSE 'cancelled' END, "
                         "u.used_at, u.amount FROM coupon_use u JOIN coupon c ON c.id = u.coupon_id",
                         {"code", "name", "state", "at", "amount"}));
        return all;
    }

    test::Database database_;
    app::Shop shop_;
    const core::Actor actor_ = core::shell_actor("test");
    const unsigned seed_;
    search::test::Dice dice_;
    std::vector<CustomerId> people_;
    std::vector<std::string> texts_;
    int orders_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, RandomThings, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(RandomThings, AreFoundAsByLookingAtEveryOne) {
    SCOPED_TRACE("OTOKUI_TEST_SEED=" + std::to_string(seed_));
    fill(20);
    const auto things = read_all();
    const auto now = shop_.journal.now();
    search::test::RandomTree tree(dice_, shop_.catalogue, texts_, {}, now);
    for (int i = otokui::test::scaled(5'000, 300); i > 0 && !HasFailure(); --i) {
        const auto key = std::next(things.begin(), dice_.roll(0, static_cast<int>(things.size()) - 1))->first;
        const auto json = tree.has(*shop_.catalogue.find_thing(key), 2);
        SCOPED_TRACE(boost::json::serialize(json));
        const auto condition = core::parse_condition(shop_.catalogue, json, "");
        std::vector<CustomerId> expected;
        for (const auto person : people_)
            if (things.at(key).has(person.value, condition, shop_day(now))) expected.push_back(person);
        std::ranges::sort(expected, std::greater<>(), &CustomerId::value);
        EXPECT_EQ(search::ids(shop_.searches, condition, {}, actor_), expected);
    }
}

}  // namespace
}  // namespace otokui
