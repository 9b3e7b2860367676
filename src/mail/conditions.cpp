#include "mail/conditions.hpp"

#include "mail/template.hpp"

namespace otokui::mail {
namespace {

using core::Choice;
using core::FieldType;
using core::ThingField;

const std::vector<Choice> kStatuses{{"queued", {"送信待ち", "Waiting"}},
                                    {"sent", {"送信済み", "Sent"}},
                                    {"failed", {"失敗", "Failed"}},
                                    {"bounced", {"不達", "Bounced"}},
                                    {"suppressed", {"抑止", "Kept back"}}};

std::vector<Choice> templates() {
    std::vector<Choice> choices;
    for (const auto& shipped : shipped_templates())
        if (shipped.language == Language::ja) choices.push_back({shipped.name, shipped.label});
    return choices;
}

ThingField fact(const std::string& key, Text label, FieldType type, bool nullable = false) {
    return {
        {.key = key, .label = std::move(label), .type = type, .column = "m." + key, .nullable = nullable}};
}

ThingField choice(const std::string& key, Text label, std::vector<Choice> choices) {
    auto field = fact(key, std::move(label), FieldType::choice);
    field.field.choices = std::move(choices);
    return field;
}

}  // namespace

void declare_conditions(core::Catalogue& catalogue) {
    catalogue.add_thing({.key = "mail",
                         .label = {"メール", "Mails"},
                         .right = "mail.read",
                         .rows = "mail_message m",
                         .customer = "m.customer_id",
                         .id = "m.id",
                         .fields = {fact("id", {"メールID", "Mail ID"}, FieldType::id),
                                    choice("status", {"状態", "State"}, kStatuses),
                                    choice("template", {"種類", "Kind"}, templates()),
                                    fact("created_at", {"作成日", "Created at"}, FieldType::moment),
                                    fact("sent_at", {"送信日", "Sent at"}, FieldType::moment, true)}});
}

}  // namespace otokui::mail
