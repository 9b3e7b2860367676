#include "history/change_reader.hpp"

#include <set>

#include "base/clock.hpp"
#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/id_set.hpp"
#include "core/settings.hpp"
#include "core/undo.hpp"

namespace otokui::history {
namespace {

boost::json::object entry(const core::Table& table, std::int64_t row, std::string field,
                          boost::json::value before, boost::json::value after) {
    return {{"kind", table.name},          {"kind_label", json::labels(table.label)},
            {"id", std::to_string(row)},   {"field", std::move(field)},
            {"before", std::move(before)}, {"after", std::move(after)}};
}

core::answers::Object values_in(const boost::json::value* text) {
    return text && text->is_string() ? core::answers::parse(text->as_string()) : core::answers::Object();
}

// A value of a document of settings; choices by their labels, a sender as mails write it.
boost::json::value shown_setting(const core::SettingField* field, std::string_view name,
                                 const boost::json::value& value) {
    if (field && value.is_string())
        for (const auto& choice : field->choices)
            if (choice.code == value.as_string()) return json::labels(choice.label);
    if (const auto* text = value.if_string(); text && text->empty()) return nullptr;
    if (name.ends_with("_at") && value.is_int64())
        return value.as_int64() == 0 ? boost::json::value()
                                     : boost::json::value(format_moment({value.as_int64()}));
    const auto* party = value.if_object();
    if (!party) return value;
    std::string written;
    for (const auto& [key, part] : *party)
        if (part.is_string()) {
            const std::string text(part.as_string());
            written += key == "email" ? " <" + text + ">" : text;
        }
    return boost::json::value(written);
}

}  // namespace

std::string_view column_of(const core::Table& table, std::string_view field) {
    if (table.find_column(field)) return field;
    for (const auto& column : table.columns)
        if (core::holds_many(table, column.name)) return column.name;
    return field;
}

ChangeReader::ChangeReader(const Context& context, const core::Actor& actor, storage::Transaction& tx)
    : context_(context), actor_(actor), tx_(tx), masters_(tx) {
    for (const auto& field : context.catalogue.fields())
        if (!field.column.empty()) by_column_.emplace(field.column, &field);
}

void ChangeReader::append(const core::Table& table, std::int64_t row, const boost::json::object& before,
                          const boost::json::object& after, IsOwn is_own, boost::json::array& changes) {
    const bool hides = (table.is_private && is_own == IsOwn::no) || !may_read(table);
    for (const auto& column : table.columns) {
        const auto* was = before.if_contains(column.name);
        const auto* is = after.if_contains(column.name);
        if (!was && !is) continue;
        if (core::holds_many(table, column.name))
            append_many(table, row, column, before, after, hides, changes);
        else
            changes.push_back(entry(table, row, key_of(table, column.name), shown(table, column, was, hides),
                                    shown(table, column, is, hides)));
    }
}

bool ChangeReader::may_read(const core::Table& table) const {
    const auto right = context_.right_to_read ? context_.right_to_read(table) : std::string();
    return right.empty() || actor_.may(right);
}

boost::json::value ChangeReader::value_of(const core::Table& table, std::int64_t row, std::string_view field,
                                          const boost::json::object& values, IsOwn is_own) {
    const auto column = column_of(table, field);
    const auto* value = values.if_contains(column);
    if (!value) return nullptr;
    boost::json::object alone;
    alone[column] = *value;
    boost::json::array told;
    append(table, row, {}, alone, is_own, told);
    for (const auto& each : told)
        if (column == field || each.at("field").as_string() == field) return each.at("after");
    return nullptr;
}

void ChangeReader::append_many(const core::Table& table, std::int64_t row, const core::Column& column,
                               const boost::json::object& before, const boost::json::object& after,
                               bool hides, boost::json::array& changes) {
    const auto was = values_in(before.if_contains(column.name)),
               is = values_in(after.if_contains(column.name));
    const auto* named = after.if_contains("name") ? &after : &before;
    const auto prefix = prefix_of(table, row, column, *named);
    std::set<std::string_view> names;
    for (const auto* side : {&was, &is})
        for (const auto& [name, value] : *side) names.insert(name);
    for (const auto name : names) {
        const auto *old = was.if_contains(name), *now = is.if_contains(name);
        if (old && now && *old == *now) continue;
        auto called = prefix + std::string(name);
        const auto* field = core::settings::find_field(context_.journal.registry(), called);
        const auto shown = [&](const boost::json::value* value) {
            return shown_of_many(column, name, field, value, hides);
        };
        changes.push_back(entry(table, row, std::move(called), shown(old), shown(now)));
        if (field) changes.back().as_object()["field_label"] = json::labels(field->label);
    }
}

// As an undo calls it, too (core::UndoConflict::field).
std::string ChangeReader::prefix_of(const core::Table& table, std::int64_t row, const core::Column& column,
                                    const boost::json::object& values) {
    if (column.name == core::kAnswers) return std::string(core::kOwnPrefix);
    if (const auto* name = values.if_contains("name")) return std::string(name->as_string()) + ".";
    const auto name = tx_.find_text("SELECT name FROM " + table.name + " WHERE id = ?", {row});
    return name ? *name + "." : "";
}

boost::json::value ChangeReader::shown_of_many(const core::Column& column, std::string_view name,
                                               const core::SettingField* setting,
                                               const boost::json::value* value, bool hides) const {
    if (!value || value->is_null()) return nullptr;
    if (hides) return boost::json::value(core::kMask);
    if (column.name != core::kAnswers) return shown_setting(setting, name, *value);
    const auto* field = context_.catalogue.find_own(name);
    return field && field->has_text_codes() ? core::answers::names(*field, value) : *value;
}

const core::Field* ChangeReader::field_of(const core::Table& table, std::string_view column) const {
    if (table.name != "customer" && table.name != "customer_address") return nullptr;
    const auto found = by_column_.find(column);
    return found == by_column_.end() ? nullptr : found->second;
}

std::string ChangeReader::key_of(const core::Table& table, const std::string& column) const {
    const auto* field = field_of(table, column);
    return field ? field->key : column;
}

boost::json::value ChangeReader::shown(const core::Table& table, const core::Column& column,
                                       const boost::json::value* value, bool hides) {
    if (!value || value->is_null()) return nullptr;
    if (const auto* text = value->if_string(); text && text->empty()) return nullptr;
    if (hides || column.privacy == core::Privacy::secret) return boost::json::value(core::kMask);
    if (column.privacy == core::Privacy::contact && !actor_.may(core::kUnmaskedRight))
        return boost::json::value(core::kMask);
    const auto* field = field_of(table, column.name);
    if (!field && column.name.ends_with("_at") && value->is_int64())
        return boost::json::value(format_moment({value->as_int64()}));
    if (!field) return named(column.name, *value);
    switch (field->type) {
        case core::FieldType::moment:
            return boost::json::value(format_moment({value->as_int64()}));
        case core::FieldType::boolean:
            return value->as_int64() != 0;
        case core::FieldType::id:
            return boost::json::value(std::to_string(value->as_int64()));
        case core::FieldType::reference:
            return boost::json::value(masters_.name(field->master, value->as_int64()));
        case core::FieldType::set: {
            boost::json::array names;
            for (const auto id : core::parse_set(value->as_string()))
                names.emplace_back(masters_.name(field->master, id));
            return names;
        }
        default:
            return *value;
    }
}

// A row that another table knows by a name ("coupon_id" of a grant) is called so.
boost::json::value ChangeReader::named(std::string_view column, const boost::json::value& value) {
    constexpr std::string_view kReference = "_id";
    if (!column.ends_with(kReference) || !value.is_int64()) return value;
    const auto* other = context_.journal.registry().find(column.substr(0, column.size() - kReference.size()));
    if (!other || !other->find_column("name")) return value;
    return boost::json::value(masters_.name(other->name, value.as_int64()));
}

}  // namespace otokui::history
