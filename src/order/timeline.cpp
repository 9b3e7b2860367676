#include <algorithm>
#include <boost/json/parse.hpp>

#include "core/rewind.hpp"
#include "order/tables.hpp"
#include "order/types.hpp"

// Orders of a customer in the stream of everything that happened to him.
namespace otokui::order {
namespace {

using core::TimelineItem;
using core::TimelinePlace;

constexpr std::int64_t kMostOutOfOrder = 64;  // changes: transactions that run at once
constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();

Text payment_label(std::string_view code) {
    for (const auto& status : payment_statuses())
        if (status.code == code) return status.label;
    return {std::string(code), std::string(code)};
}

// 12345 -> "¥12,345"
std::string yen(std::int64_t amount) {
    auto digits = std::to_string(amount < 0 ? -amount : amount);
    for (auto at = std::ssize(digits) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return (amount < 0 ? "-¥" : "¥") + digits;
}

std::vector<TimelineItem> list_placed(storage::Transaction& tx, std::int64_t customer,
                                      const std::optional<TimelinePlace>& before, std::size_t most) {
    const auto at = before ? before->at.milliseconds : kEnd;
    const auto id = before ? before->id : kEnd;
    std::vector<TimelineItem> items;
    tx.query(
        "SELECT id, ordered_at, number, total, payment_status FROM orders WHERE customer_id = ? AND "
        "(ordered_at, id) < (?, ?) ORDER BY ordered_at DESC, id DESC LIMIT ?",
        {customer, at, id, static_cast<std::int64_t>(most)}, [&](const storage::Row& row) {
            const std::string number(row.text(2));
            items.push_back({.at = {row.integer(1)},
                             .id = row.integer(0),
                             .title = {"受注 " + number, "Order " + number},
                             .detail = yen(row.integer(3)),
                             .number = number});
        });
    return items;
}

// Orders that came in with a state have been placed with it; only what changed later is an event of its own.
// A job changes orders in many transactions of one operation: the moment is that of the change's own.
constexpr std::string_view kMoment =
    "CASE WHEN p.job_id IS NULL THEN p.at ELSE (SELECT e.at FROM journal_entry e WHERE e.first_change <= "
    "c.id "
    "ORDER BY e.first_change DESC LIMIT 1) END";

std::optional<TimelineItem> payment_item(const storage::Row& row) {
    const auto before = boost::json::parse(row.text(3)), after = boost::json::parse(row.text(4));
    const auto* was = before.as_object().if_contains("payment_status");
    const auto* is = after.as_object().if_contains("payment_status");
    if (!was || !is) return std::nullopt;
    const auto from = payment_label(was->as_string()), to = payment_label(is->as_string());
    const std::string number(row.text(5));
    return TimelineItem{.at = {row.integer(2)},
                        .id = row.integer(0),
                        .title = {"受注 " + number + ": " + from.ja + " → " + to.ja,
                                  "Order " + number + ": " + from.en + " → " + to.en},
                        .detail = yen(row.integer(6)),
                        .number = number,
                        .operation = {row.integer(1)}};
}

// Orders that came in with a state have been placed with it; only what changed later is an event of its own.
// Read from the end of the journal like the record's own changes (src/timeline/sources.cpp).
std::vector<TimelineItem> list_payments(storage::Transaction& tx, std::int64_t customer,
                                        const std::optional<TimelinePlace>& before, std::size_t most) {
    const auto at = before ? before->at.milliseconds : kEnd;
    const auto id = before ? before->id : kEnd;
    const auto last = before ? core::cut_at(tx, before->at).change : kEnd;
    const std::string moment(kMoment);
    std::vector<TimelineItem> items;
    tx.query("SELECT c.id, c.operation_id, " + moment +
                 ", c.old_values, c.new_values, o.number, o.total FROM change c JOIN operation p ON p.id = "
                 "c.operation_id JOIN orders o ON o.id = c.row_id WHERE c.table_name = 'orders' AND c.act = "
                 "'u' AND "
                 "c.customer_id = ? AND c.new_values LIKE '%\"payment_status\":%' AND c.id <= ? AND (" +
                 moment + " < ? OR (" + moment + " = ? AND c.id < ?)) ORDER BY c.id DESC LIMIT ?",
             {customer, last, at, at, id, static_cast<std::int64_t>(most) + kMostOutOfOrder},
             [&](const storage::Row& row) {
                 if (auto item = payment_item(row)) items.push_back(*std::move(item));
             });
    const auto place = [](const TimelineItem& item) { return std::pair(item.at.milliseconds, item.id); };
    std::ranges::sort(items, [&](const auto& a, const auto& b) { return place(a) > place(b); });
    if (items.size() > most) items.resize(most);
    return items;
}

}  // namespace

void register_timeline(core::Registry& registry) {
    registry.add_timeline({.kind = "order",
                           .label = {"受注", "Orders"},
                           .right = "order.read",
                           .list = [](storage::Transaction& tx, const core::Actor&, std::int64_t customer,
                                      std::optional<TimelinePlace> before,
                                      std::size_t most) { return list_placed(tx, customer, before, most); }});
    registry.add_timeline({.kind = "payment",
                           .label = {"決済", "Payments"},
                           .right = "order.read",
                           .list = [](storage::Transaction& tx, const core::Actor&, std::int64_t customer,
                                      std::optional<TimelinePlace> before, std::size_t most) {
                               return list_payments(tx, customer, before, most);
                           }});
}

}  // namespace otokui::order
