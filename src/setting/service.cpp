#include "setting/service.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/settings.hpp"

namespace otokui::setting {
namespace {

using core::SettingDocument;
using core::SettingField;
using core::settings::content_of;

std::string_view name_of(SettingField::Type type) {
    switch (type) {
        case SettingField::Type::boolean:
            return "boolean";
        case SettingField::Type::integer:
            return "integer";
        case SettingField::Type::choice:
            return "choice";
    }
    return "";
}

json::Object field_json(const SettingField& field) {
    const bool is_number = field.type == SettingField::Type::integer;
    json::Array choices;
    for (const auto& one : field.choices)
        choices.push_back(json::Object{{"code", one.code}, {"labels", json::labels(one.label)}});
    return {{"key", field.key},
            {"labels", json::labels(field.label)},
            {"help", json::labels(field.help)},
            {"type", name_of(field.type)},
            {"unit", json::labels(field.unit)},
            {"minimum", is_number ? json::Value(field.minimum) : json::Value()},
            {"maximum", is_number ? json::Value(field.maximum) : json::Value()},
            {"choices", std::move(choices)}};
}

json::Object with_version(json::Object content, std::int64_t version) {
    content["version"] = version;
    return content;
}

// 1 is what nobody has saved yet: the first to save must be noticed by the second.
std::int64_t version_of(const std::optional<core::settings::Row>& row) { return row ? row->version + 1 : 1; }

json::Object content_in(storage::Transaction& tx, const SettingDocument& document) {
    const auto row = core::settings::find(tx, document.name);
    const auto values = core::settings::values_of(document, row ? row->content : json::Object());
    return with_version(content_of(document, values), version_of(row));
}

const SettingDocument& document_of(const core::Journal& journal, std::string_view name) {
    if (const auto* found = journal.registry().find_settings(name)) return *found;
    throw Refused({ProblemKind::not_found,
                   "settings.not_found",
                   {"この設定はありません。", "There are no settings of this name."}});
}

std::optional<std::string> problem_of(const SettingField& field, const json::Value& value) {
    switch (field.type) {
        case SettingField::Type::boolean:
            return value.is_bool() ? std::nullopt : std::optional<std::string>("wrong_type");
        case SettingField::Type::integer:
            if (!value.is_int64()) return "wrong_type";
            if (value.as_int64() < field.minimum || value.as_int64() > field.maximum) return "out_of_range";
            return std::nullopt;
        case SettingField::Type::choice:
            if (!value.is_string()) return "wrong_type";
            return std::ranges::any_of(field.choices,
                                       [&](const auto& one) { return one.code == value.as_string(); })
                       ? std::nullopt
                       : std::optional<std::string>("not_a_choice");
    }
    return std::nullopt;
}

// What a GET showed may come back as it was, its version included.
json::Object checked(const SettingDocument& document, const json::Object& body, json::Object content) {
    std::vector<FieldError> errors;
    for (const auto& [key, value] : body) {
        if (key == "version") continue;
        const auto pointer = "/" + std::string(key);
        const auto field = std::ranges::find(document.fields, std::string_view(key), &SettingField::key);
        if (field == document.fields.end())
            errors.push_back({pointer, "unknown_field"});
        else if (auto problem = problem_of(*field, value))
            errors.push_back({pointer, *std::move(problem)});
        else
            content[key] = value;
    }
    if (!errors.empty())
        throw Refused({ProblemKind::invalid,
                       "settings.invalid",
                       {"入力内容に誤りがあります。印の付いた項目を直してください。",
                        "Some fields are wrong. Correct the marked ones."},
                       std::move(errors)});
    return content;
}

}  // namespace

json::Array list(core::Journal& journal, const core::Actor& actor) {
    actor.require("settings.read");
    return journal.database().read([&](storage::Transaction& tx) {
        json::Array documents;
        for (const auto& document : journal.registry().settings()) {
            json::Array fields;
            for (const auto& field : document.fields) fields.push_back(field_json(field));
            documents.push_back(json::Object{{"name", document.name},
                                             {"labels", json::labels(document.label)},
                                             {"fields", std::move(fields)},
                                             {"values", content_in(tx, document)}});
        }
        return documents;
    });
}

Document get(core::Journal& journal, const core::Actor& actor, std::string_view name) {
    actor.require("settings.read");
    const auto& document = document_of(journal, name);
    return {journal.database().read([&](storage::Transaction& tx) { return content_in(tx, document); })};
}

Document change(core::Journal& journal, const core::Actor& actor, std::string_view name,
                std::optional<std::int64_t> version, const json::Object& body) {
    actor.require("settings.edit");
    const auto& document = document_of(journal, name);
    return journal.write({.actor = actor, .kind = "settings.update"}, [&](core::Writer& writer) {
        const auto row = core::settings::lock(writer, document.name);
        const auto before = core::settings::values_of(document, row ? row->content : json::Object());
        core::settings::require_version(version, version_of(row),
                                        with_version(content_of(document, before), version_of(row)), body);
        const auto content = checked(document, body, content_of(document, before));
        if (core::settings::values_of(document, content) != before)
            core::settings::put(writer, document.name, content);
        return Document{content_in(writer.tx(), document), writer.operation()};
    });
}

}  // namespace otokui::setting
