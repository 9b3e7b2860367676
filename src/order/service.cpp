#include "order/service.hpp"

#include <charconv>
#include <map>

#include "base/clock.hpp"
#include "base/prefectures.hpp"
#include "base/problem.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "core/record_json.hpp"
#include "order/tables.hpp"

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

// What orders `o` of a list have to be, beside whose they are and where the page begins.
std::string condition_of(const Narrowed& narrowed, storage::Values& values) {
    std::string condition;
    if (narrowed.period) {
        condition += " AND o.ordered_at >= ?";
        values.emplace_back(narrowed.period->begins().milliseconds);
    }
    if (!narrowed.number.empty()) {
        condition += " AND o.number = ?";
        values.emplace_back(narrowed.number);
    }
    if (narrowed.unsettled) condition.append(" AND ").append(kUnsettled);
    return condition;
}

std::string format_cursor(const Position& position) {
    return std::to_string(position.at) + "_" + std::to_string(position.order) + "_" +
           std::to_string(position.line);
}

boost::json::value text_or_null(std::string_view text) {
    return text.empty() ? boost::json::value() : boost::json::value(boost::json::string(text));
}

constexpr std::string_view kOrderColumns =
    "o.id, o.number, o.customer_id, o.ordered_at, o.status, o.payment_status, o.payment_method, o.total, "
    "o.channel, o.shipped_at, o.tracking_number, o.version";
constexpr int kAfterOrderColumns = 12;

boost::json::object read_order(const storage::Row& row) {
    return {{"id", std::to_string(row.integer(0))},
            {"number", row.text(1)},
            {"customer",
             row.is_null(2) ? boost::json::value() : boost::json::value(std::to_string(row.integer(2)))},
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

boost::json::object read_purchase(const storage::Row& row) {
    const bool has_line = !row.is_null(4);
    const auto text = [&](int column) { return has_line ? text_or_null(row.text(column)) : nullptr; };
    return {{"order", std::to_string(row.integer(0))},
            {"order_number", row.text(1)},
            {"ordered_at", format_moment({row.integer(2)})},
            {"payment_status", row.text(3)},
            {"line", has_line ? boost::json::value(std::to_string(row.integer(4))) : boost::json::value()},
            {"product_number", text(5)},
            {"product_name", text(6)},
            {"quantity", has_line ? row.integer(7) : 0},
            {"total", has_line ? row.integer(7) * row.integer(8) : row.integer(9)}};
}

// Where an order went, as it came with it.
boost::json::object read_address(const storage::Row& row, int first, const core::Actor& actor) {
    const bool is_masked = !actor.may(core::kUnmaskedRight);
    const auto contact = [&](int column) {
        const auto text = row.text(column);
        return text_or_null(is_masked && !text.empty() ? core::kMask : text);
    };
    boost::json::value prefecture, prefecture_name;
    if (!row.is_null(first + 1)) {
        prefecture = row.integer(first + 1);
        prefecture_name = otokui::prefecture_name(static_cast<int>(row.integer(first + 1)));
    }
    return {{"name", text_or_null(row.text(first))},
            {"prefecture", std::move(prefecture)},
            {"prefecture_name", std::move(prefecture_name)},
            {"postal_code", contact(first + 2)},
            {"address", contact(first + 3)},
            {"phone", contact(first + 4)}};
}

boost::json::object read_whole_order(const storage::Row& row, const core::Actor& actor) {
    constexpr int kFirst = kAfterOrderColumns;
    auto order = read_order(row);
    order["tax"] = row.integer(kFirst);
    order["shipping_fee"] = row.integer(kFirst + 1);
    order["discount"] = row.integer(kFirst + 2);
    order["subscription_number"] = text_or_null(row.text(kFirst + 3));
    order["note"] = text_or_null(row.text(kFirst + 4));
    order["ship_to"] = read_address(row, kFirst + 5, actor);
    return order;
}

}  // namespace

Page list_orders(storage::Database& database, const core::Actor& actor, CustomerId customer,
                 const std::string& cursor, int limit, const Narrowed& narrowed) {
    actor.require("order.read");
    const auto from = begin_of(cursor, narrowed.period);
    storage::Values values{customer.value, from.at, from.order};
    const auto condition = condition_of(narrowed, values);
    values.emplace_back(std::int64_t{limit} + 1);
    return database.read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        Page page;
        Position last;
        std::int64_t rows = 0;
        tx.query("SELECT " + std::string(kOrderColumns) +
                     " FROM orders o WHERE o.customer_id = ? AND (o.ordered_at, o.id) < (?, ?)" + condition +
                     " ORDER BY o.ordered_at DESC, o.id DESC LIMIT ?",
                 values, [&](const storage::Row& row) {
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
                    const std::string& cursor, int limit, const Narrowed& narrowed) {
    actor.require("order.read");
    const auto from = begin_of(cursor, narrowed.period);
    storage::Values values{customer.value, from.at, from.order, from.at, from.order, from.line};
    const auto condition = condition_of(narrowed, values);
    values.emplace_back(std::int64_t{limit} + 1);
    return database.read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        Page page;
        Position last;
        std::int64_t rows = 0;
        tx.query(
            "SELECT o.id, o.number, o.ordered_at, o.payment_status, l.id, l.product_number, l.product_name, "
            "l.quantity, l.unit_price, o.total"
            " FROM orders o LEFT JOIN order_line l ON l.order_id = o.id WHERE o.customer_id = ? AND "
            "(o.ordered_at, o.id) <= (?, ?) AND (o.ordered_at < ? OR o.id < ? OR l.id > ?)" +
                condition + " ORDER BY o.ordered_at DESC, o.id DESC, l.id LIMIT ?",
            values, [&](const storage::Row& row) {
                if (++rows > limit) return;
                page.items.push_back(read_purchase(row));
                last = {row.integer(2), row.integer(0), row.is_null(4) ? 0 : row.integer(4)};
            });
        if (rows > limit) page.next_cursor = format_cursor(last);
        return page;
    });
}

boost::json::object get_order(storage::Database& database, const core::Actor& actor, OrderId order) {
    actor.require("order.read");
    return database.read([&](storage::Transaction& tx) {
        boost::json::array found;
        tx.query("SELECT " + std::string(kOrderColumns) +
                     ", o.tax, o.shipping_fee, o.discount, o.subscription_number, o.note, o.ship_name, "
                     "o.ship_prefecture, o.ship_postal_code, o.ship_address, o.ship_phone FROM orders o "
                     "WHERE o.id = ?",
                 {order.value},
                 [&](const storage::Row& row) { found.push_back(read_whole_order(row, actor)); });
        if (found.empty())
            throw Refused(
                {ProblemKind::not_found, "order.not_found", {"受注が見つかりません。", "No such order."}});
        add_lines(tx, found);
        return std::move(found.front().as_object());
    });
}

}  // namespace otokui::order
