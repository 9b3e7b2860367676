#include "order/conditions.hpp"

namespace otokui::order {
namespace {

using core::Choice;
using core::Field;
using core::FieldType;
using core::ThingField;

const std::vector<Choice> kPaymentStatuses{{"unpaid", {"未決済", "Unpaid"}},
                                           {"authorized", {"仮売上", "Authorized"}},
                                           {"authorize_failed", {"仮売上失敗", "Authorization failed"}},
                                           {"reviewing", {"審査中", "Under review"}},
                                           {"review_refused", {"審査NG", "Refused in review"}},
                                           {"capture_requested", {"売上請求中", "Capture requested"}},
                                           {"captured", {"売上完了", "Captured"}},
                                           {"capture_failed", {"売上失敗", "Capture failed"}},
                                           {"void_requested", {"取消請求中", "Void requested"}},
                                           {"voided", {"取消完了", "Voided"}},
                                           {"void_failed", {"取消失敗", "Void failed"}},
                                           {"refunded", {"返金済み", "Refunded"}}};

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
            .terms = "SELECT DISTINCT " + key + ", " + key + " FROM orders"};
}

ThingField of_product(const std::string& key, Text label) {
    return {.field = {.key = key, .label = std::move(label), .column = "l." + key},
            .of_part = true,
            .terms = "SELECT DISTINCT " + key + ", " + key + " FROM order_line"};
}

}  // namespace

void declare_conditions(core::Catalogue& catalogue) {
    core::Thing order{.key = "order",
                      .label = {"受注", "Orders"},
                      .right = "order.read",
                      .rows = "orders o LEFT JOIN order_line l ON l.order_id = o.id",
                      .things = "orders o",
                      .customer = "o.customer_id",
                      .id = "o.id",
                      .fields = {}};
    auto payment_status = fact("payment_status", {"決済状況", "Payment status"}, FieldType::choice);
    payment_status.field.choices = kPaymentStatuses;
    auto quantity = fact("quantity", {"数量", "Quantity"}, FieldType::number, true);
    quantity.field.column = "l.quantity";
    quantity.of_part = true;
    order.fields = {fact("id", {"受注ID", "Order ID"}, FieldType::id),
                    {.field = {.key = "number",
                               .label = {"受注番号", "Order number"},
                               .column = "o.number",
                               .shadow_column = "o.number_text"}},
                    fact("ordered_at", {"受注日", "Ordered at"}, FieldType::moment),
                    term("status", {"対応状況", "Order status"}),
                    std::move(payment_status),
                    term("payment_method", {"支払方法", "Payment method"}),
                    fact("total", {"受注総額", "Order total"}, FieldType::money),
                    of_product("product_number", {"商品番号", "Product number"}),
                    of_product("product_name", {"商品名", "Product name"}),
                    std::move(quantity),
                    term("channel", {"受注経路", "Channel"}),
                    fact("shipped_at", {"発送日", "Shipped at"}, FieldType::moment, true)};
    catalogue.add_thing(std::move(order));
}

}  // namespace otokui::order
