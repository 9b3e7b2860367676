#pragma once

#include <string_view>

#include "core/registry.hpp"

namespace otokui::order {

/// Registers orders and their lines. Whoever writes an order, the customer's 購入総額, 顧客購入回数, first
/// and last purchase follow in the same transaction: they count orders whose payment status is 売上完了
/// (captured) and nothing else (manual 000).
void register_tables(core::Registry& registry);

/// Orders and their payments in the timeline of a customer; called by register_tables.
void register_timeline(core::Registry& registry);

/// Recomputes the purchase figures of these customers from their orders.
void settle_purchases(core::Writer& writer, const std::vector<std::int64_t>& customers);

/// The id that conditions know a product by: a number and a name together. Made when there is none.
std::int64_t product_id(core::Writer& writer, const std::string& number, const std::string& name);
/// After a load without hooks, whose rows bring product_id and ordered_at themselves.
void rebuild_terms(core::Writer& writer);

/// Customers whose stored figures differ from their orders, a sentence each.
std::vector<std::string> verify_purchases(storage::Transaction& tx);

/// What is true of an order `o` whose payment is still on its way. Paid (captured, refunded), given up
/// (voided, authorize_failed, review_refused) and cancelled orders are not.
inline constexpr std::string_view kUnsettled =
    "o.payment_status IN ('unpaid', 'authorized', 'reviewing', 'capture_requested', 'capture_failed', "
    "'void_requested', 'void_failed') AND o.status <> 'cancelled'";
/// Such orders keep a customer from being withdrawn or deleted (DOMAIN 1.2).
core::Ties find_unsettled(storage::Transaction& tx, std::int64_t customer, std::size_t most);

}  // namespace otokui::order
