#include "order/conditions.hpp"

#include "order/types.hpp"

namespace otokui::order {
namespace {

using core::Choice;
using core::Field;
using core::FieldType;
using core::ThingField;

ThingField fact(std::string key, Text label, FieldType type, bool nullable = false) {
    auto column = "o." + key;
    return {{.key = std::move(key),
             .label = std::move(label),
             .type = type,
             .column = std::move(column),
             .nullable = nullable}};
}

/// A text of which a shop has few: its statuses, its ways to pay.
ThingField term(const std::string& key, Text label) {
    return {.field = {.key = key, .label = std::move(label), .column = "o." + key},
            .terms = "SELECT term, term FROM order_term WHERE kind = '" + key + "'"};
}

ThingField of_product(const std::string& key, Text label) {
    return {.field = {.key = key, .label = std::move(label), .column = "l.product_id"},
            .of_part = true,
            .terms = "SELECT id, " + key + " FROM order_product"};
}

/// Folded once, when it was written.
ThingField number(const std::string& key, Text label) {
    return {.field = {.key = key,
                      .label = std::move(label),
                      .column = "o." + key,
                      .shadow_column = "o." + key + "_text"}};
}

}  // namespace

const std::vector<Choice>& payment_statuses() {
    static const std::vector<Choice> kStatuses{{"unpaid", {"未決済", "Unpaid"}},
                                               {"authorized", {"与信完了", "Authorized"}},
                                               {"authorize_failed", {"与信失敗", "Authorization failed"}},
                                               {"reviewing", {"審査中", "In review"}},
                                               {"review_refused", {"審査否認", "Review refused"}},
                                               {"capture_requested", {"売上請求中", "Capture requested"}},
                                               {"captured", {"売上完了", "Captured"}},
                                               {"capture_failed", {"売上失敗", "Capture failed"}},
                                               {"void_requested", {"取消請求中", "Void requested"}},
                                               {"voided", {"取消完了", "Voided"}},
                                               {"void_failed", {"取消失敗", "Void failed"}},
                                               {"refunded", {"返金済み", "Refunded"}}};
    return kStatuses;
}

void declare_conditions(core::Catalogue& catalogue) {
    core::Thing order{.key = "order",
                      .label = {"受注", "Orders"},
                      .right = "order.read",
                      .rows = "orders o LEFT JOIN order_line l ON l.order_id = o.id",
                      .things = "orders o",
                      .customer = "o.customer_id",
                      .id = "o.id",
                      .fields = {}};
    order.parts = "order_line l";
    order.part_customer = "l.customer_id";
    order.part_id = "l.order_id";
    order.count_column = "order_count";
    auto payment_status = fact("payment_status", {"決済状況", "Payment status"}, FieldType::choice);
    payment_status.field.choices = payment_statuses();
    auto quantity = fact("quantity", {"数量", "Quantity"}, FieldType::number, true);
    quantity.field.column = "l.quantity";
    quantity.of_part = true;
    order.fields = {fact("id", {"受注ID", "Order ID"}, FieldType::id),
                    number("number", {"受注番号", "Order number"}),
                    fact("ordered_at", {"受注日", "Ordered at"}, FieldType::moment),
                    term("status", {"対応状況", "Order status"}),
                    std::move(payment_status),
                    term("payment_method", {"支払方法", "Payment method"}),
                    fact("total", {"受注総額", "Order total"}, FieldType::money),
                    of_product("product_number", {"商品番号", "Product number"}),
                    of_product("product_name", {"商品名", "Product name"}),
                    std::move(quantity),
                    number("subscription_number", {"定期受注番号", "Subscription number"}),
                    number("tracking_number", {"配送伝票番号", "Tracking number"}),
                    term("channel", {"受注経路", "Channel"}),
                    fact("shipped_at", {"発送日", "Shipped at"}, FieldType::moment, true)};
    for (auto& [field, of_part, terms, part_column] : order.fields) {
        if (field.key == "id") part_column = "l.order_id";
        if (field.key == "ordered_at") part_column = "l.ordered_at";
    }
    catalogue.add_thing(std::move(order));
}

}  // namespace otokui::order
