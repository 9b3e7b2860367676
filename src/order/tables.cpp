#include "order/tables.hpp"

#include "base/text/shadow.hpp"
#include "core/columns.hpp"
#include "core/journal.hpp"
#include "order/terms.hpp"

namespace otokui::order {
namespace {

using core::Privacy;
using core::columns::derived_number;
using core::columns::derived_text;
using core::columns::number;
using core::columns::optional_number;
using core::columns::text;

constexpr std::size_t kMostFindings = 20;

core::Derive derive_order(const core::Table& table) {
    std::vector<std::pair<std::size_t, std::size_t>> shadows;
    for (const std::string name : {"number", "tracking_number", "subscription_number"})
        shadows.emplace_back(table.column(name), table.column(name + "_text"));
    return [shadows](core::Record& record) {
        for (const auto& [from, to] : shadows)
            record.values[to] =
                text::shadow(text::ShadowKind::text, std::get<std::string>(record.values[from]));
    };
}

storage::Value or_null(std::optional<std::int64_t> value) {
    return value ? storage::Value(*value) : storage::Value();
}

}  // namespace

void register_tables(core::Registry& registry) {
    core::Table orders{.name = "orders",
                       .label = {"受注", "Order"},
                       .columns = {text("number"),
                                   derived_text("number_text"),
                                   optional_number("customer_id"),
                                   number("ordered_at"),
                                   text("status"),
                                   text("payment_status"),
                                   text("payment_method"),
                                   text("channel"),
                                   number("total"),
                                   number("tax"),
                                   number("shipping_fee"),
                                   number("discount"),
                                   text("ship_name", Privacy::personal),
                                   text("ship_postal_code", Privacy::contact),
                                   optional_number("ship_prefecture"),
                                   text("ship_address", Privacy::contact),
                                   text("ship_phone", Privacy::contact),
                                   text("tracking_number"),
                                   derived_text("tracking_number_text"),
                                   text("subscription_number"),
                                   derived_text("subscription_number_text"),
                                   optional_number("shipped_at"),
                                   text("note", Privacy::personal),
                                   number("created_at"),
                                   number("updated_at"),
                                   number("version")},
                       .customer_column = "customer_id",
                       .version_column = "version",
                       .updated_column = "updated_at",
                       .on_erase = core::OnErase::blank_personal,
                       .on_merge = core::OnMerge::move,
                       .in_disclosure = true,
                       .in_timeline = true};
    const auto derive = derive_order(orders);
    registry.add(std::move(orders), {.derive = [derive](storage::Transaction&) { return derive; },
                                     .after = note_orders,
                                     .settle = settle_purchases});
    registry.add({.name = "order_line",
                  .label = {"受注明細", "Order line"},
                  .columns = {number("order_id"), optional_number("customer_id"), number("position"),
                              text("product_number"), text("product_name"), number("unit_price"),
                              number("quantity"), derived_number("product_id"), derived_number("ordered_at")},
                  .customer_column = "customer_id",
                  .on_merge = core::OnMerge::move,
                  .in_disclosure = true},
                 {.after = note_lines});
    registry.add({.name = "order_product",
                  .label = {"受注にある商品", "Products of orders"},
                  .columns = {derived_text("product_number"), derived_text("product_name")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "derived from the order lines"});
    registry.add({.name = "order_term",
                  .label = {"受注にある語", "Terms of orders"},
                  .columns = {derived_text("kind"), derived_text("term")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "derived from the orders"});
    registry.add_verification({"受注の条件", verify_terms});
    registry.add_verification({"購入総額・顧客購入回数", verify_purchases});
    registry.add_ties(find_unsettled);
    register_timeline(registry);
}

core::Ties find_unsettled(storage::Transaction& tx, std::int64_t customer, std::size_t most) {
    core::Ties ties;
    tx.query("SELECT o.id, o.number, count(*) OVER () FROM orders o WHERE o.customer_id = ? AND " +
                 std::string(kUnsettled) + " ORDER BY o.id LIMIT ?",
             {customer, static_cast<std::int64_t>(most)}, [&](const storage::Row& row) {
                 ties.first.push_back({"order",
                                       {"決済が完了していない受注", "Order that is not settled"},
                                       row.integer(0),
                                       std::string(row.text(1))});
                 ties.count = row.integer(2);
             });
    return ties;
}

void settle_purchases(core::Writer& writer, const std::vector<std::int64_t>& customers) {
    const auto& table = writer.registry().get("customer");
    for (const auto customer : customers) {
        std::int64_t total = 0, count = 0, orders = 0;
        std::optional<std::int64_t> first, last;
        writer.tx().query(
            "SELECT COALESCE(CAST(sum(total) AS BIGINT), 0), count(*), min(ordered_at), max(ordered_at) FROM "
            "orders"
            " WHERE customer_id = ? AND payment_status = 'captured'",
            {customer}, [&](const storage::Row& row) {
                total = row.integer(0);
                count = row.integer(1);
                if (!row.is_null(2)) first = row.integer(2);
                if (!row.is_null(3)) last = row.integer(3);
            });
        orders =
            writer.tx().find_integer("SELECT count(*) FROM orders WHERE customer_id = ?", {customer}).value();
        writer.derive(table, customer,
                      {{"purchase_total", total},
                       {"purchase_count", count},
                       {"order_count", orders},
                       {"first_purchase_at", or_null(first)},
                       {"last_purchase_at", or_null(last)}});
    }
}

std::vector<std::string> verify_purchases(storage::Transaction& tx) {
    std::vector<std::string> findings;
    tx.query(
        "SELECT c.id FROM customer c LEFT JOIN (SELECT customer_id, CAST(sum(total) AS BIGINT) AS total, "
        "count(*) AS purchases,"
        " min(ordered_at) AS first_at, max(ordered_at) AS last_at FROM orders WHERE payment_status = "
        "'captured' GROUP BY customer_id) o"
        " ON o.customer_id = c.id WHERE c.purchase_total <> COALESCE(o.total, 0) OR c.purchase_count <> "
        "COALESCE(o.purchases, 0)"
        " OR COALESCE(c.first_purchase_at, -1) <> COALESCE(o.first_at, -1) OR COALESCE(c.last_purchase_at, "
        "-1) <> COALESCE(o.last_at, -1)"
        " ORDER BY c.id LIMIT ?",
        {static_cast<std::int64_t>(kMostFindings)}, [&](const storage::Row& row) {
            findings.push_back("customer " + std::to_string(row.integer(0)) +
                               ": purchase figures differ from the captured orders");
        });
    tx.query(
        "SELECT c.id FROM customer c LEFT JOIN (SELECT customer_id, count(*) AS orders FROM orders GROUP BY "
        "customer_id) o ON o.customer_id = c.id WHERE c.order_count <> COALESCE(o.orders, 0) ORDER BY c.id "
        "LIMIT ?",
        {static_cast<std::int64_t>(kMostFindings)}, [&](const storage::Row& row) {
            findings.push_back("customer " + std::to_string(row.integer(0)) +
                               ": the number of orders differs from the orders");
        });
    return findings;
}

}  // namespace otokui::order
