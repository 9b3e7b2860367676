#include "customer/catalogue_json.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "base/text_json.hpp"
#include "core/condition.hpp"
#include "core/record_json.hpp"
#include "core/settings.hpp"
#include "customer/fields.hpp"
#include "customer/membership.hpp"
#include "customer/registration.hpp"
#include "customer/types.hpp"
#include "master/types.hpp"

namespace otokui::customer {
namespace {

using core::Field;
using core::FieldGroup;
using core::FieldType;
using core::Operator;

struct GroupLabel {
    FieldGroup group;
    Text label;
};

const std::array<GroupLabel, 8> kGroups{{{FieldGroup::basic, {"基本情報", "Basic"}},
                                         {FieldGroup::contact, {"連絡先", "Contact"}},
                                         {FieldGroup::address, {"住所（請求先）", "Address (billing)"}},
                                         {FieldGroup::membership, {"会員情報", "Membership"}},
                                         {FieldGroup::purchase, {"購入", "Purchases"}},
                                         {FieldGroup::marketing, {"配信・対応", "Marketing and care"}},
                                         {FieldGroup::own, {"フリーフォーム", "Free-form fields"}},
                                         {FieldGroup::record, {"登録情報", "Record"}}}};

struct OperatorLabel {
    Operator op;
    Text label;
    const char* operand;
};

const std::array<OperatorLabel, 17> kOperators{
    {{Operator::is, {"と一致する", "is"}, "one"},
     {Operator::is_not, {"と一致しない", "is not"}, "one"},
     {Operator::contains, {"を含む", "contains"}, "one"},
     {Operator::not_contains, {"を含まない", "does not contain"}, "one"},
     {Operator::starts_with, {"で始まる", "starts with"}, "one"},
     {Operator::ends_with, {"で終わる", "ends with"}, "one"},
     {Operator::in, {"のいずれか", "is one of"}, "many"},
     {Operator::not_in, {"以外", "is none of"}, "many"},
     {Operator::any_of, {"のいずれかを持つ", "has any of"}, "many"},
     {Operator::all_of, {"のすべてを持つ", "has all of"}, "many"},
     {Operator::none_of, {"のいずれも持たない", "has none of"}, "many"},
     {Operator::between, {"の範囲", "is between"}, "range"},
     {Operator::at_least, {"以上", "is at least"}, "one"},
     {Operator::at_most, {"以下", "is at most"}, "one"},
     {Operator::anniversary_between, {"が毎年この期間", "falls each year between"}, "range"},
     {Operator::empty, {"が未設定", "is not set"}, "none"},
     {Operator::not_empty, {"が設定済み", "is set"}, "none"}}};

boost::json::value option_value(const Field& field, const std::string& code) {
    return field.integer_codes ? boost::json::value(std::stoll(code)) : boost::json::value(code);
}

// The column of a master, or `otherwise` when it has none of the name.
std::string column_or(const std::string& table, std::string_view column, const char* otherwise) {
    const auto& fields = master::master_of(table).fields;
    return std::ranges::any_of(fields, [&](const auto& one) { return one.key == column; })
               ? std::string(column)
               : otherwise;
}

boost::json::value options(const Field& field, storage::Transaction& tx) {
    boost::json::array result;
    if (!field.choices.empty()) {
        for (const auto& choice : field.choices) {
            boost::json::object option{{"value", option_value(field, choice.code)},
                                       {"labels", json::labels(choice.label)}};
            if (choice.removed) option["removed"] = true;
            if (field.key == "status" && field.editable)  // a customer's: things have one of their own
                for (auto& next = option["next"].emplace_array();
                     const auto status : next_statuses(choice.code))
                    next.emplace_back(status);
            result.push_back(std::move(option));
        }
        return result;
    }
    if (field.master.empty()) return nullptr;
    tx.query("SELECT id, name, " + column_or(field.master, "color", "''") + ", " +
                 column_or(field.master, "retired", "0") + ", " + column_or(field.master, "visible", "1") +
                 " FROM " + field.master + " ORDER BY position, id",
             {}, [&](const storage::Row& row) {
                 const Text name{std::string(row.text(1)), std::string(row.text(1))};
                 boost::json::object option{{"value", std::to_string(row.integer(0))},
                                            {"labels", json::labels(name)}};
                 if (!row.text(2).empty()) option["color"] = row.text(2);
                 if (row.integer(3) != 0) option["removed"] = true;
                 if (row.integer(4) == 0) option["hidden"] = true;
                 result.push_back(std::move(option));
             });
    return result;
}

boost::json::value name_key(const Field& field) {
    const bool is_own_choice = field.is_own() && field.type == FieldType::choice;
    if (field.integer_codes || field.type == FieldType::reference || is_own_choice)
        return boost::json::value(field.key + "_name");
    if (field.type == FieldType::set) return boost::json::value(field.key + "_names");
    return nullptr;
}

bool is_personal(const Field& field) {
    return field.privacy == core::Privacy::personal || field.privacy == core::Privacy::contact ||
           field.privacy == core::Privacy::sensitive;
}

boost::json::object field_json(const Field& field, Asked asked, const core::Actor& actor,
                               storage::Transaction& tx) {
    boost::json::array operators;
    const bool masked = core::is_masked(field, actor);
    if (!masked)
        for (const auto op : core::operators_of(field)) operators.emplace_back(core::name_of(op));
    const auto further = further_right(field);
    const bool is_mail = field.key == "member_id" && core::member_id_is_mail(tx);
    const bool may_set = field.editable && !is_mail && (further.empty() || actor.may(further));
    const bool is_number = field.maximum > field.minimum;
    return {
        {"key", field.key},
        {"labels", json::labels(field.label)},
        {"type", core::name_of(field.type)},
        {"group", core::name_of(field.group)},
        {"operators", std::move(operators)},
        {"options", options(field, tx)},
        {"name_key", name_key(field)},
        {"sortable", field.sortable && !masked},
        {"one_box", field.in_one_box && !masked},
        {"listable", field.listable},
        {"editable", may_set && !field.create_only},
        {"creatable", may_set && asked != Asked::hidden},
        {"required", field.required || asked == Asked::required},
        {"multiline", field.multiline},
        {"exported", field.exported_by_default},
        {"of_address", field.of_address},
        {"max_length", field.max_length > 0 ? boost::json::value(field.max_length) : boost::json::value()},
        {"minimum", is_number ? boost::json::value(field.minimum) : boost::json::value()},
        {"maximum", is_number ? boost::json::value(field.maximum) : boost::json::value()},
        {"personal", is_personal(field)},
        {"masked", masked},
        {"csv_names", boost::json::array{field.label.ja, field.key}}};
}

boost::json::array things_json(const core::Catalogue& catalogue, const core::Actor& actor,
                               storage::Transaction& tx) {
    boost::json::array things;
    for (const auto& thing : catalogue.things()) {
        if (!actor.may(thing.right) || !catalogue.is_on(thing.feature)) continue;
        boost::json::array fields;
        for (const auto& one : thing.fields)
            fields.push_back(field_json(one.field, Asked::optional, actor, tx));
        things.push_back(boost::json::object{
            {"key", thing.key}, {"labels", json::labels(thing.label)}, {"fields", std::move(fields)}});
    }
    return things;
}

}  // namespace

boost::json::object catalogue_json(const Context& context, const core::Actor& actor,
                                   storage::Transaction& tx) {
    const auto& catalogue = context.catalogue;
    boost::json::array fields, past_fields, groups, operators, columns;
    const Registration form(tx, context.journal.registry());
    for (const auto* field : catalogue.all_fields())
        fields.push_back(field_json(*field, form.of(*field), actor, tx));
    for (const auto* field : catalogue.past_fields())
        past_fields.push_back(field_json(*field, Asked::hidden, actor, tx));
    for (const auto& [group, label] : kGroups)
        groups.push_back(boost::json::object{{"key", core::name_of(group)}, {"labels", json::labels(label)}});
    for (const auto& [op, label, operand] : kOperators)
        operators.push_back(boost::json::object{
            {"op", core::name_of(op)}, {"labels", json::labels(label)}, {"operand", operand}});
    for (const auto* field : catalogue.default_columns()) columns.emplace_back(field->key);
    const auto rules = core::settings::read(tx, context.journal.registry(), kSettings);
    return {{"fields", std::move(fields)},
            {"past_fields", std::move(past_fields)},
            {"groups", std::move(groups)},
            {"operators", std::move(operators)},
            {"things", things_json(catalogue, actor, tx)},
            {"default_columns", std::move(columns)},
            {"restore_days", rules.integer("restore_days")}};
}

}  // namespace otokui::customer
