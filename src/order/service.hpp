#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "base/ids.hpp"
#include "core/actor.hpp"
#include "core/journal.hpp"
#include "order/periods.hpp"
#include "order/types.hpp"

namespace otokui::order {

struct Page {
    boost::json::array items;
    std::string next_cursor;  // empty at the end
};

/// Which of a customer's orders a list shows; everything that is set must hold.
struct Narrowed {
    std::optional<Period> period = {};  // made in it
    std::string number = {};            // this one, exactly as it is written
    bool unsettled = false;             // what keeps the customer from leaving (tables.hpp)
};

/// Orders of a customer with their lines, newest first. `cursor` is what the page before gave, "" for the
/// first. Refused not_found customer.not_found; invalid cursor.invalid.
Page list_orders(storage::Database& database, const core::Actor& actor, CustomerId customer,
                 const std::string& cursor, int limit, const Narrowed& narrowed = {});

/// 購入情報: one row per product of an order, newest first; total = unit price (tax included) × quantity. An
/// order that came without products has a row of its own, with its total.
Page list_purchases(storage::Database& database, const core::Actor& actor, CustomerId customer,
                    const std::string& cursor, int limit, const Narrowed& narrowed = {});

/// One order with its lines, sums and where it went, which is masked for who may not see contact data.
/// Refused not_found order.not_found.
boost::json::object get_order(storage::Database& database, const core::Actor& actor, OrderId order);

/// `{by: month|year, whole, items:[{period, orders, total}]}`: what 購入総額 counts, by the last 24 months or
/// by years (at most 60, the newest); when it is not asked, by months as long as these show everything, which
/// `whole` says. No items when nothing counts. Refused not_found customer.not_found.
boost::json::object purchases_over_time(storage::Database& database, const core::Actor& actor,
                                        CustomerId customer, Day today, std::optional<Step> asked);

/// What makes 購入総額 and 顧客購入回数: the orders by payment status, and the newest that count.
boost::json::object explain_purchases(storage::Database& database, const core::Actor& actor,
                                      CustomerId customer);

}  // namespace otokui::order
