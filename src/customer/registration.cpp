#include "customer/registration.hpp"

#include <algorithm>

#include "customer/answers.hpp"

namespace otokui::customer {
namespace {

using core::Field;
using core::FieldType;

// What every customer has anyway, or what is given otherwise than by typing it into the form.
bool is_asked(const Field& field) {
    return field.editable && !field.create_only && field.nullable && field.type != FieldType::moment;
}
// Membership has rules of its own.
bool can_be_hidden(const Field& field) {
    if (field.group == core::FieldGroup::membership || !field.feature.empty()) return false;
    return is_asked(field) || (field.editable && field.type == FieldType::boolean);
}

bool is_empty(const storage::Value* value) {
    return !value || storage::is_null(*value) || *value == storage::Value(std::string());
}

}  // namespace

core::SettingDocument registration_settings(const core::Catalogue& catalogue) {
    const core::SettingChoice optional{"optional", {"任意", "Optional"}},
        required{"required", {"必須", "Required"}}, hidden{"hidden", {"使用しない", "Not asked for"}};
    core::SettingDocument document{
        .name = std::string(kRegistration), .label = {"会員登録設定", "Form of new customers"}, .fields = {}};
    for (const auto& field : catalogue.fields()) {
        if (!can_be_hidden(field)) continue;
        core::SettingField setting{
            .key = field.key, .label = field.label, .type = core::SettingField::Type::choice};
        setting.choices = {optional};
        if (is_asked(field)) setting.choices.push_back(required);
        setting.choices.push_back(hidden);
        document.fields.push_back(std::move(setting));
    }
    return document;
}

Asked asked_of(const core::SettingDocument& document, const core::SettingValues& values, const Field& field) {
    const bool is_set = std::any_of(document.fields.begin(), document.fields.end(),
                                    [&](const auto& one) { return one.key == field.key; });
    if (!is_set) return Asked::optional;
    const auto& choice = values.choice(field.key);
    return choice == "required" ? Asked::required : choice == "hidden" ? Asked::hidden : Asked::optional;
}

Registration::Registration(storage::Transaction& tx, const core::Registry& registry)
    : document_(registry.settings(kRegistration)),
      values_(core::settings::read(tx, registry, kRegistration)) {
    for (const auto& setting : document_.fields)
        if (values_.choice(setting.key) == "required") required_.push_back(setting.key);
}

void Registration::refuse_hidden(const core::Catalogue& catalogue, const boost::json::object& body,
                                 Input& input) const {
    for (const auto& [key, value] : body)
        if (const auto* field = catalogue.find(key); field && of(*field) == Asked::hidden)
            input.errors.push_back(
                {"/" + std::string(key),
                 "read_only",
                 {"会員登録設定で使用しない項目です。", "The form of new customers does not ask for this."}});
}

void Registration::require_filled(const core::Catalogue& catalogue, const core::Record* before,
                                  Input& input) const {
    for (const auto& key : required_) {
        const auto& field = catalogue.get(key);
        const auto* given = input.find(field.column);
        if (before ? given && is_empty(given) : is_empty(given))
            input.errors.push_back({"/" + field.key, "required"});
    }
}

void require_form(const core::Catalogue& catalogue, const Registration& form, const core::Record* before,
                  Input& input) {
    form.require_filled(catalogue, before, input);
    require_answers(catalogue, before, input);
}

}  // namespace otokui::customer
