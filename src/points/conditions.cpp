#include "points/conditions.hpp"

#include "points/types.hpp"

namespace otokui::points {
namespace {

using core::FieldType;
using core::ThingField;

ThingField fact(const std::string& key, Text label, FieldType type, bool nullable = false) {
    return {
        {.key = key, .label = std::move(label), .type = type, .column = "p." + key, .nullable = nullable}};
}

ThingField kind() {
    auto field = fact("kind", {"名目", "Kind"}, FieldType::choice);
    for (const auto& rule : kind_rules()) field.field.choices.push_back({std::string(rule.code), rule.label});
    return field;
}

ThingField reason() {
    return {{.key = "reason",
             .label = {"コメント", "Reason"},
             .privacy = core::Privacy::personal,
             .column = "p.reason",
             .shadow_column = "p.reason_text"}};
}

}  // namespace

void declare_conditions(core::Catalogue& catalogue) {
    catalogue.add_thing(
        {.key = "point_entry",
         .label = {"ポイント履歴", "Points"},
         .right = "customer.read",
         .feature = std::string(kFeature),
         .rows = "point_entry p",
         .customer = "p.customer_id",
         .id = "p.id",
         .fields = {fact("id", {"ポイント履歴ID", "Entry ID"}, FieldType::id), kind(),
                    fact("at", {"日時", "At"}, FieldType::moment),
                    fact("delta", {"増減", "Change"}, FieldType::number),
                    fact("balance_after", {"増減後の残高", "Balance after"}, FieldType::number),
                    fact("expires_at", {"有効期限", "Expires at"}, FieldType::moment, true), reason()}});
}

}  // namespace otokui::points
