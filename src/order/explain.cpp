#include <algorithm>
#include <boost/json/array.hpp>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/customer.hpp"
#include "order/service.hpp"
#include "order/types.hpp"

// Numbers that explain themselves: which orders make 購入総額 and 顧客購入回数.
namespace otokui::order {
namespace {

constexpr std::string_view kCounts = "captured";
constexpr std::int64_t kMostShown = 10;

boost::json::object labels_of(std::string_view status) {
    const auto& statuses = payment_statuses();
    const auto found = std::ranges::find(statuses, status, &core::Choice::code);
    if (found == statuses.end()) return {{"ja", status}, {"en", status}};
    return json::labels(found->label);
}

boost::json::array statuses_of(storage::Transaction& tx, CustomerId customer) {
    boost::json::array counting, others;
    tx.query(
        "SELECT payment_status, count(*), CAST(sum(total) AS BIGINT) FROM orders WHERE customer_id = ? GROUP "
        "BY "
        "payment_status ORDER BY payment_status",
        {customer.value}, [&](const storage::Row& row) {
            const bool counts = row.text(0) == kCounts;
            (counts ? counting : others)
                .push_back(boost::json::object{{"payment_status", row.text(0)},
                                               {"labels", labels_of(row.text(0))},
                                               {"counts", counts},
                                               {"orders", row.integer(1)},
                                               {"total", row.integer(2)}});
        });
    for (auto& other : others) counting.push_back(std::move(other));
    return counting;
}

boost::json::array newest_of(storage::Transaction& tx, CustomerId customer) {
    boost::json::array orders;
    tx.query(
        "SELECT id, number, ordered_at, total FROM orders WHERE customer_id = ? AND payment_status = ? ORDER "
        "BY "
        "ordered_at DESC, id DESC LIMIT ?",
        {customer.value, std::string(kCounts), kMostShown}, [&](const storage::Row& row) {
            orders.push_back(boost::json::object{{"order", std::to_string(row.integer(0))},
                                                 {"order_number", row.text(1)},
                                                 {"ordered_at", format_moment({row.integer(2)})},
                                                 {"total", row.integer(3)}});
        });
    return orders;
}

}  // namespace

boost::json::object explain_purchases(storage::Database& database, const core::Actor& actor,
                                      CustomerId customer) {
    actor.require("order.read");
    return database.read([&](storage::Transaction& tx) {
        boost::json::object told;
        tx.query("SELECT purchase_total, purchase_count FROM customer WHERE id = ?", {customer.value},
                 [&](const storage::Row& row) {
                     told["purchase_total"] = row.integer(0);
                     told["purchase_count"] = row.integer(1);
                 });
        if (told.empty()) core::refuse_absent_customer();
        told["statuses"] = statuses_of(tx, customer);
        told["counted"] = newest_of(tx, customer);
        return told;
    });
}

}  // namespace otokui::order
