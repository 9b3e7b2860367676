#include "points/expiries.hpp"

#include <algorithm>

namespace otokui::points {
namespace {

using PeriodOf = Period (*)(Day);

Period day_of(Day day) { return {day, day}; }

// Those that never expire stand last and come under no date.
std::size_t count_dates(const std::vector<Expiry>& expiries) {
    return static_cast<std::size_t>(
        std::ranges::count_if(expiries, [](const Expiry& expiry) { return expiry.period.has_value(); }));
}

std::vector<Expiry> grouped_by(const std::vector<Expiry>& by_day, PeriodOf period_of) {
    std::vector<Expiry> groups;
    for (const auto& day : by_day) {
        const auto period = day.period ? std::optional(period_of(day.period->first)) : std::nullopt;
        if (groups.empty() || groups.back().period != period) groups.push_back({.period = period});
        groups.back().points += day.points;
        groups.back().lots += day.lots;
    }
    return groups;
}

}  // namespace

std::vector<Expiry> grouped(const std::vector<Expiry>& by_day) {
    if (count_dates(by_day) <= kMostExpiries) return by_day;
    auto by_month = grouped_by(by_day, month_of);
    if (count_dates(by_month) <= kMostExpiries) return by_month;
    return grouped_by(by_day, year_of);
}

std::vector<Expiry> read_expiries(storage::Transaction& tx, CustomerId customer) {
    std::vector<Expiry> expiries;
    // "<> 0" is for the index, which has only these.
    tx.query(
        "SELECT expires_at, CAST(sum(remaining) AS BIGINT), count(*) FROM point_lot WHERE customer_id = ? "
        "AND "
        "remaining > 0 AND remaining <> 0 GROUP BY expires_at ORDER BY CASE WHEN expires_at IS NULL THEN 1 "
        "ELSE 0 "
        "END, expires_at",
        {customer.value}, [&](const storage::Row& row) {
            Expiry expiry{.points = row.integer(1), .lots = row.integer(2)};
            if (!row.is_null(0)) {
                const auto last = shop_day({row.integer(0)});
                expiry.period = Period{last, last};
            }
            expiries.push_back(expiry);
        });
    return grouped_by(expiries, day_of);
}

boost::json::array to_json(const std::vector<Expiry>& expiries) {
    boost::json::array all;
    for (const auto& expiry : expiries)
        all.push_back(
            boost::json::object{{"period", expiry.period ? boost::json::value(format_period(*expiry.period))
                                                         : boost::json::value()},
                                {"points", expiry.points},
                                {"lots", expiry.lots}});
    return all;
}

}  // namespace otokui::points
