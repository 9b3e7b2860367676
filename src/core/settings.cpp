#include "core/settings.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace otokui::core::settings {

std::optional<Row> find(storage::Transaction& tx, std::string_view name) {
    std::optional<Row> found;
    tx.query("SELECT id, content, version FROM setting WHERE name = ?", {std::string(name)},
             [&](const storage::Row& row) {
                 found = Row{row.integer(0), json::parse(row.text(1)).as_object(),
                             std::max<std::int64_t>(row.integer(2), 1)};
             });
    return found;
}

std::optional<Row> lock(Writer& writer, std::string_view name) {
    const auto seen = find(writer.tx(), name);
    if (!seen) return std::nullopt;
    writer.find(writer.registry().get("setting"), seen->id);
    return find(writer.tx(), name);
}

void put(Writer& writer, std::string_view name, const json::Object& content) {
    const auto& table = writer.registry().get("setting");
    const std::string text = json::to_text(content);
    if (const auto row = find(writer.tx(), name))
        writer.update(table, row->id, {{"content", text}});
    else
        writer.insert(table, {{"name", std::string(name)}, {"content", text}});
}

void require_version(std::optional<std::int64_t> seen, std::int64_t now, json::Object current,
                     json::Object sent) {
    if (!seen || *seen == now) return;
    Problem problem{ProblemKind::stale,
                    "settings.stale",
                    {"ほかの人が先に変更しました。最新の内容を確認してください。",
                     "Somebody else changed this first. Look at what it is now."}};
    problem.extra["current"] = std::move(current);
    problem.extra["sent"] = std::move(sent);
    throw Refused(std::move(problem));
}

namespace {

bool is_allowed(const SettingField& field, const json::Value& value) {
    switch (field.type) {
        case SettingField::Type::boolean:
            return value.is_bool();
        case SettingField::Type::integer:
            return value.is_int64() && value.as_int64() >= field.minimum && value.as_int64() <= field.maximum;
        case SettingField::Type::choice:
            return value.is_string() && std::ranges::any_of(field.choices, [&](const SettingChoice& one) {
                       return one.code == value.as_string();
                   });
    }
    return false;
}

SettingValues::Value as_shipped(const SettingField& field) {
    if (field.type == SettingField::Type::choice) return field.choices.front().code;
    return field.initial;
}

SettingValues::Value value_of(const json::Value& value) {
    if (value.is_bool()) return std::int64_t{value.as_bool()};
    if (value.is_int64()) return value.as_int64();
    return std::string(value.as_string());
}

}  // namespace

SettingValues values_of(const SettingDocument& document, const json::Object& content) {
    SettingValues values;
    for (const auto& field : document.fields) {
        const auto* stored = content.if_contains(field.key);
        values.set(field.key, stored && is_allowed(field, *stored) ? value_of(*stored) : as_shipped(field));
    }
    return values;
}

SettingValues read(storage::Transaction& tx, const Registry& registry, std::string_view name) {
    const auto row = find(tx, name);
    return values_of(registry.settings(name), row ? row->content : json::Object());
}

json::Object content_of(const SettingDocument& document, const SettingValues& values) {
    json::Object content;
    for (const auto& field : document.fields) {
        if (field.type == SettingField::Type::boolean)
            content[field.key] = values.flag(field.key);
        else if (field.type == SettingField::Type::integer)
            content[field.key] = values.integer(field.key);
        else
            content[field.key] = values.choice(field.key);
    }
    return content;
}

json::Object content_of(const Table& table, const Record* record) {
    if (!record) return {};
    return json::parse(std::get<std::string>(record->values[table.column("content")])).as_object();
}

std::string name_of(const Table& table, const RowChange& change) {
    const auto& record = change.after ? *change.after : *change.before;
    return std::get<std::string>(record.values[table.column("name")]);
}

void tell_documents(Writer& writer, const std::vector<RowChange>& changes) {
    const auto& table = writer.registry().get("setting");
    for (const auto& change : changes) {
        const auto* document = writer.registry().find_settings(name_of(table, change));
        if (!document || !document->changed) continue;
        const auto before = values_of(*document, content_of(table, change.before));
        const auto after = values_of(*document, content_of(table, change.after));
        if (before != after) document->changed(writer, before, after);
    }
}

const SettingField* find_field(const Registry& registry, std::string_view called) {
    const auto dot = called.find('.');
    if (dot == std::string_view::npos) return nullptr;
    const auto* document = registry.find_settings(called.substr(0, dot));
    if (!document) return nullptr;
    const auto found = std::ranges::find(document->fields, called.substr(dot + 1), &SettingField::key);
    return found == document->fields.end() ? nullptr : &*found;
}

bool is_on(storage::Transaction& tx, const Registry& registry, std::string_view feature) {
    return read(tx, registry, kFeatures).flag(feature);
}

std::vector<std::string> features_on(storage::Transaction& tx, const Registry& registry) {
    const auto values = read(tx, registry, kFeatures);
    std::vector<std::string> on;
    for (const auto& field : registry.settings(kFeatures).fields)
        if (values.flag(field.key)) on.push_back(field.key);
    return on;
}

}  // namespace otokui::core::settings
