#include "order/periods.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "core/customer.hpp"
#include "order/service.hpp"

namespace otokui::order {
namespace {

// From the first day on which something counted to the last; nothing when nothing did.
std::optional<Period> purchased_by(storage::Transaction& tx, CustomerId customer) {
    std::optional<Period> purchased;
    bool is_there = false;
    tx.query("SELECT first_purchase_at, last_purchase_at FROM customer WHERE id = ?", {customer.value},
             [&](const storage::Row& row) {
                 is_there = true;
                 if (!row.is_null(0)) purchased = {shop_day({row.integer(0)}), shop_day({row.integer(1)})};
             });
    if (!is_there) core::refuse_absent_customer();
    return purchased;
}

// One query over the customer's index of orders, a stretch of it for each period.
boost::json::array sums_of(storage::Transaction& tx, CustomerId customer,
                           const std::vector<Period>& periods) {
    std::string rows;
    storage::Values values;
    for (const auto& period : periods) {
        rows += rows.empty() ? "(?, ?)" : ", (?, ?)";
        values.insert(values.end(), {period.begins().milliseconds, period.ends().milliseconds});
    }
    values.emplace_back(customer.value);
    boost::json::array sums;
    auto period = periods.begin();
    tx.query(
        "WITH period (begins, ends) AS (VALUES " + rows +
            ") SELECT p.begins, count(o.id), COALESCE(CAST(sum(o.total) AS BIGINT), 0) FROM period p "
            "LEFT JOIN orders o ON o.customer_id = ? AND o.payment_status = 'captured' AND o.ordered_at "
            ">= p.begins AND o.ordered_at < p.ends GROUP BY p.begins ORDER BY p.begins",
        values, [&](const storage::Row& row) {
            sums.push_back(boost::json::object{
                {"period", format_period(*period++)}, {"orders", row.integer(1)}, {"total", row.integer(2)}});
        });
    return sums;
}

}  // namespace

std::string_view name_of(Step step) { return step == Step::month ? "month" : "year"; }

std::optional<Step> find_step(std::string_view name) {
    for (const auto step : {Step::month, Step::year})
        if (name == name_of(step)) return step;
    return std::nullopt;
}

std::vector<Period> periods_of(Step step, const Period& purchased, Day today) {
    std::vector<Period> periods;
    if (step == Step::month) {
        const auto month = month_of(today).first;
        for (int back = kMonthsShown - 1; back >= 0; --back)
            periods.push_back(month_of(add_months(month, -back)));
        return periods;
    }
    const auto last = std::max(purchased.last, today).year();
    const auto first = std::max(purchased.first.year(), last - std::chrono::years(kMostYearsShown - 1));
    for (auto year = first; year <= last; ++year)
        periods.push_back(year_of(Day(year, std::chrono::January, std::chrono::day(1))));
    return periods;
}

bool are_whole(const std::vector<Period>& periods, const Period& purchased) {
    return periods.front().first <= purchased.first && purchased.last <= periods.back().last;
}

Step step_for(const Period& purchased, Day today) {
    return are_whole(periods_of(Step::month, purchased, today), purchased) ? Step::month : Step::year;
}

boost::json::object purchases_over_time(storage::Database& database, const core::Actor& actor,
                                        CustomerId customer, Day today, std::optional<Step> asked) {
    actor.require("order.read");
    return database.read([&](storage::Transaction& tx) {
        const auto purchased = purchased_by(tx, customer);
        if (!purchased)
            return boost::json::object{{"by", name_of(asked.value_or(Step::month))},
                                       {"whole", true},
                                       {"items", boost::json::array()}};
        const auto step = asked.value_or(step_for(*purchased, today));
        const auto periods = periods_of(step, *purchased, today);
        return boost::json::object{{"by", name_of(step)},
                                   {"whole", are_whole(periods, *purchased)},
                                   {"items", sums_of(tx, customer, periods)}};
    });
}

}  // namespace otokui::order
