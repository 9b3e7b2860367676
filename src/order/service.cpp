#include "order/service.hpp"

#include <charconv>
#include <map>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"

namespace otokui::order {
namespace {

// Where a page ended: the moment of its last order, then ids; "t-id" or "t-id-position".
struct Position {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    std::int64_t order = std::numeric_limits<std::int64_t>::max();
    std::int64_t line = 0;
};

Position parse_cursor(const std::string& cursor) {
    if (cursor.empty()) return {};
    std::int64_t numbers[3];
    const char* next = cursor.data();
    const char* const end = next + cursor.size();
    for (auto& number : numbers) {
        const auto [stop, error] = std::from_chars(next, end, number);
        if (error != std::errc() || (stop != end && *stop != '_')) core::refuse_cursor();
        next = stop == end ? stop : stop + 1;
        if (stop == end && &number != &numbers[2]) core::refuse_cursor();
    }
    if (next != end) core::refuse_cursor();
    return {numbers[0], numbers[1], numbers[2]};
}

// Where a page begins: behind the one before, and not after the period.
Position begin_of(const std::string& cursor, const std::optional<Period>& period) {
    const auto position = parse_cursor(cursor);
    if (!period) return position;
    const Position end{.at = period->ends().milliseconds - 1};
    return position.at > end.at ? end : position;
}

std::int64_t earliest(const std::optional<Period>& period) {
    return period ? period->begins().milliseconds : std::numeric_limits<std::int64_t>::min();
}

std::string format_cursor(const Position& position) {
    return std::to_string(position.at) + "_" + std::to_string(position.order) + "_" +
           std::to_string(position.line);
}

boost::json::value text_or_null(std::string_view text) {
    return text.empty() ? boost::json::value() : boost::json::value(boost::json::string(text));
}

boost::json::object read_order(const storage::Row& row) {
    return {{"id", std::to_string(row.integer(0))},
            {"number", row.text(1)},
            {"customer", std::to_string(row.integer(2))},
            {"ordered_at", format_moment({row.integer(3)})},
            {"status", text_or_null(row.text(4))},
            {"payment_status", row.text(5)},
            {"payment_method", text_or_null(row.text(6))},
            {"total", row.integer(7)},
            {"channel", text_or_null(row.text(8))},
            {"shipped_at",
             row.is_null(9) ? boost::json::value() : boost::json::value(format_moment({row.integer(9)}))},
            {"tracking_number", text_or_null(row.text(10))},
            {"version", row.integer(11)},
            {"lines", boost::json::array()}};
}

// One query for the lines of all orders of the page.
void add_lines(storage::Transaction& tx, boost::json::array& orders) {
    if (orders.empty()) return;
    std::map<std::int64_t, boost::json::array*> by_order;
    std::string marks;
    storage::Values ids;
    for (auto& order : orders) {
        auto& json = order.as_object();
        const auto id = std::stoll(std::string(json.at("id").as_string()));
        by_order[id] = &json.at("lines").as_array();
        marks += marks.empty() ? "?" : ", ?";
        ids.emplace_back(std::int64_t{id});
    }
    tx.query(
        "SELECT order_id, id, product_number, product_name, quantity, unit_price FROM order_line WHERE "
        "order_id IN (" +
            marks + ") ORDER BY order_id, position, id",
        ids, [&](const storage::Row& row) {
            by_order.at(row.integer(0))
                ->push_back(boost::json::object{{"id", std::to_string(row.integer(1))},
                                                {"product_number", text_or_null(row.text(2))},
                                                {"product_name", text_or_null(row.text(3))},
                                                {"quantity", row.integer(4)},
                                                {"unit_price", row.integer(5)},
                                                {"total", row.integer(4) * row.integer(5)}});
        });
}

}  // namespace

Page list_orders(storage::Database& database, const core::Actor& actor, CustomerId customer,
                 const std::string& cursor, int limit, const std::optional<Period>& period) {
    actor.require("order.read");
    const auto from = begin_of(cursor, period);
    return database.read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        Page page;
        Position last;
        std::int64_t rows = 0;
        tx.query(
            "SELECT id, number, customer_id, ordered_at, status, payment_status, payment_method, total, "
            "channel, shipped_at, tracking_number, version FROM orders WHERE customer_id = ? AND "
            "(ordered_at, id) < (?, ?) AND ordered_at >= ? ORDER BY ordered_at DESC, id DESC LIMIT ?",
            {customer.value, from.at, from.order, earliest(period), std::int64_t{limit} + 1},
            [&](const storage::Row& row) {
                if (++rows > limit) return;
                page.items.push_back(read_order(row));
                last = {row.integer(3), row.integer(0), 0};
            });
        if (rows > limit) page.next_cursor = format_cursor(last);
        add_lines(tx, page.items);
        return page;
    });
}

Page list_purchases(storage::Database& database, const core::Actor& actor, CustomerId customer,
                    const std::string& cursor, int limit, const std::optional<Period>& period) {
    actor.require("order.read");
    const auto from = begin_of(cursor, period);
    return database.read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        Page page;
        Position last;
        std::int64_t rows = 0;
        tx.query(
            "SELECT o.id, o.number, o.ordered_at, o.payment_status, l.id, l.product_number, l.product_name, "
            "l.quantity, l.unit_price"
            " FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.customer_id = ? AND "
            "(o.ordered_at, o.id) <= (?, ?) AND (o.ordered_at < ? OR o.id < ? OR l.id > ?) AND o.ordered_at "
            ">= ?"
            " ORDER BY o.ordered_at DESC, o.id DESC, l.id LIMIT ?",
            {customer.value, from.at, from.order, from.at, from.order, from.line, earliest(period),
             std::int64_t{limit} + 1},
            [&](const storage::Row& row) {
                if (++rows > limit) return;
                page.items.push_back(boost::json::object{{"order", std::to_string(row.integer(0))},
                                                         {"order_number", row.text(1)},
                                                         {"ordered_at", format_moment({row.integer(2)})},
                                                         {"payment_status", row.text(3)},
                                                         {"line", std::to_string(row.integer(4))},
                                                         {"product_number", text_or_null(row.text(5))},
                                                         {"product_name", text_or_null(row.text(6))},
                                                         {"quantity", row.integer(7)},
                                                         {"total", row.integer(7) * row.integer(8)}});
                last = {row.integer(2), row.integer(0), row.integer(4)};
            });
        if (rows > limit) page.next_cursor = format_cursor(last);
        return page;
    });
}

}  // namespace otokui::order
