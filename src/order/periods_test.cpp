#include "order/periods.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "order/service.hpp"
#include "order/tables.hpp"
#include "support/customers.hpp"

namespace otokui::order {
namespace {

using test::Customers;
using test::refusal;
using testing::ElementsAre;

constexpr Day day(int year, unsigned month, unsigned number) {
    return Day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(number));
}
constexpr Day kToday = day(2026, 11, 22);

std::string ends_of(const std::vector<Period>& periods) {
    return format_period(periods.front()) + " " + format_period(periods.back()) + " " +
           std::to_string(periods.size());
}

TEST(Periods, AreTheLastTwoYearsByMonthAsLongAsTheseShowEverything) {
    const Period recent{day(2024, 12, 1), day(2026, 11, 30)};
    EXPECT_EQ(step_for(recent, kToday), Step::month);
    EXPECT_EQ(ends_of(periods_of(Step::month, recent, kToday)), "2024-12 2026-11 24");
    EXPECT_EQ(step_for({day(2024, 11, 30), day(2026, 1, 1)}, kToday), Step::year);
    EXPECT_EQ(step_for({day(2026, 1, 1), day(2026, 12, 1)}, kToday), Step::year);
    EXPECT_EQ(ends_of(periods_of(Step::month, recent, day(2027, 1, 31))), "2025-02 2027-01 24");
}

TEST(Periods, AreYearsWithoutAGapToTodayOrToWhatWasBoughtLater) {
    EXPECT_EQ(ends_of(periods_of(Step::year, {day(2020, 5, 1), day(2021, 5, 1)}, kToday)), "2020 2026 7");
    EXPECT_EQ(ends_of(periods_of(Step::year, {day(2026, 5, 1), day(2028, 5, 1)}, kToday)), "2026 2028 3");
    const Period ages{day(1900, 5, 1), day(2026, 5, 1)};
    const auto newest = periods_of(Step::year, ages, kToday);
    EXPECT_EQ(ends_of(newest), "1967 2026 60");
    EXPECT_FALSE(are_whole(newest, ages));
}

class OverTime : public testing::TestWithParam<test::Backend> {
protected:
    OverTime() : customers_(GetParam(), register_tables) {
        customers_.registry.add_kind({"order.test", {"受注", "Order"}, "order.edit"});
        customer_ = make();
    }

    CustomerId make() { return Customers::id_of(customers_.create(R"({"family_name":"青木"})")); }
    void add(CustomerId customer, Moment at, std::int64_t total, const std::string& status = "captured") {
        customers_.journal.write(
            {.actor = customers_.actor, .kind = "order.test"}, [&](core::Writer& writer) {
                const auto order = writer.insert(writer.registry().get("orders"),
                                                 {{"number", "R" + std::to_string(++numbers_)},
                                                  {"customer_id", customer.value},
                                                  {"ordered_at", at.milliseconds},
                                                  {"payment_status", status},
                                                  {"total", total}});
                for (std::int64_t line = 1; line <= 2; ++line)
                    writer.insert(writer.registry().get("order_line"), {{"order_id", order},
                                                                        {"customer_id", customer.value},
                                                                        {"position", line},
                                                                        {"unit_price", total},
                                                                        {"quantity", std::int64_t{1}}});
            });
    }
    boost::json::object told(std::optional<Step> step = {}) {
        return purchases_over_time(customers_.database.storage(), customers_.actor, customer_, kToday, step);
    }
    /// "period orders total" of what is not nothing.
    static std::vector<std::string> bars(const boost::json::object& told) {
        std::vector<std::string> bars;
        for (const auto& item : told.at("items").as_array())
            if (item.at("orders").as_int64() != 0)
                bars.push_back(std::string(item.at("period").as_string()) + " " +
                               std::to_string(item.at("orders").as_int64()) + " " +
                               std::to_string(item.at("total").as_int64()));
        return bars;
    }
    std::vector<std::string> orders_in(const std::string& period, int limit) {
        return paged(
            [&](const std::string& cursor) {
                return list_orders(customers_.database.storage(), customers_.actor, customer_, cursor, limit,
                                   {.period = parse_period(period)});
            },
            "number");
    }
    std::vector<std::string> purchases_in(const std::string& period, int limit) {
        return paged(
            [&](const std::string& cursor) {
                return list_purchases(customers_.database.storage(), customers_.actor, customer_, cursor,
                                      limit, {.period = parse_period(period)});
            },
            "order_number");
    }
    template <class List>
    static std::vector<std::string> paged(List list, const char* key) {
        std::vector<std::string> numbers;
        std::string cursor;
        do {
            auto page = list(cursor);
            for (const auto& item : page.items) numbers.emplace_back(item.at(key).as_string());
            cursor = page.next_cursor;
        } while (!cursor.empty());
        return numbers;
    }

    Customers customers_;
    CustomerId customer_;
    int numbers_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, OverTime, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(OverTime, ByTheShopsMonthsWhatCountsAndNothingElse) {
    EXPECT_TRUE(told().at("items").as_array().empty());
    add(customer_, start_of(day(2026, 3, 1)), 100);
    add(customer_, start_of(day(2026, 4, 1)) + std::chrono::milliseconds(-1), 20);
    add(customer_, start_of(day(2026, 4, 1)), 3);
    add(customer_, start_of(day(2026, 4, 5)), 7'000, "refunded");
    add(make(), start_of(day(2026, 4, 5)), 9'000);
    const auto by_month = told();
    EXPECT_EQ(by_month.at("by"), "month");
    EXPECT_TRUE(by_month.at("whole").as_bool());
    EXPECT_EQ(by_month.at("items").as_array().size(), 24u);
    EXPECT_THAT(bars(by_month), ElementsAre("2026-03 2 120", "2026-04 1 3"));
    add(customer_, start_of(day(2019, 12, 31)), 5'000);
    const auto by_year = told();
    EXPECT_EQ(by_year.at("by"), "year");
    EXPECT_EQ(by_year.at("items").as_array().size(), 8u);
    EXPECT_THAT(bars(by_year), ElementsAre("2019 1 5000", "2026 3 123"));
    EXPECT_FALSE(told(Step::month).at("whole").as_bool());
    EXPECT_THAT(bars(told(Step::month)), ElementsAre("2026-03 2 120", "2026-04 1 3"));
}

TEST_P(OverTime, ABarIsWhatTheListOfItsPeriodHas) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto below = [&](int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random); };
    std::map<std::string, std::vector<std::string>> made;  // by month and by day
    for (int i = 0; i < 60; ++i) {
        const auto on = add_days(day(2026, 8, 30), below(5));
        const auto at = start_of(on) + std::chrono::milliseconds(below(2) * 86'399'999);
        add(customer_, at, 1 + below(9), below(4) == 0 ? "unpaid" : "captured");
        for (const auto& period : {format_period(month_of(on)), format_day(on)})
            made[period].push_back("R" + std::to_string(numbers_));
    }
    for (auto& [period, numbers] : made) {
        for (const int limit : {1, 7, 200}) {
            EXPECT_THAT(orders_in(period, limit), testing::UnorderedElementsAreArray(numbers)) << period;
            EXPECT_EQ(purchases_in(period, limit).size(), 2 * numbers.size()) << period;
        }
    }
    EXPECT_THAT(orders_in("2025", 50), ElementsAre());
    EXPECT_EQ(orders_in("2026", 7), orders_in("", 50));
    std::int64_t orders = 0, total = 0;
    const auto shown = told();
    for (const auto& item : shown.at("items").as_array()) {
        orders += item.at("orders").as_int64();
        total += item.at("total").as_int64();
    }
    const auto customer = customers_.get(customer_);
    EXPECT_EQ(orders, customer.at("purchase_count").as_int64());
    EXPECT_EQ(total, customer.at("purchase_total").as_int64());
}

TEST_P(OverTime, AreRefusedToWhoMayNotReadOrdersAndOfNobody) {
    customer_.value += 1;
    EXPECT_EQ(refusal([&] { told(); }), "customer.not_found");
    customers_.actor.rights = std::make_shared<const core::Rights>(core::Rights{"customer.read"});
    EXPECT_EQ(refusal([&] { told(); }), "forbidden");
}

}  // namespace
}  // namespace otokui::order
