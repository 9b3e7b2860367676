#include "core/catalogue.hpp"

#include <algorithm>
#include <stdexcept>

namespace otokui::core {
namespace {

void check(const Field& field) {
    const auto refuse = [&](std::string_view why) {
        throw std::logic_error("field " + field.key + ": " + std::string(why));
    };
    const int sources =
        int(!field.column.empty()) + int(!field.parts.empty()) + int(!field.computed_from.empty());
    if (sources != 1) refuse("must have exactly one of column, parts and computed_from");
    if (field.type == FieldType::choice && field.choices.empty()) refuse("a choice without choices");
    if ((field.type == FieldType::reference || field.type == FieldType::set) && field.master.empty())
        refuse("a reference without its master");
    if (field.editable && field.derived) refuse("both editable and derived");
    if (field.type == FieldType::boolean && field.nullable) refuse("booleans are never null");
}

void check(const Thing& thing) {
    for (const auto& [field, of_part, terms, part_column] : thing.fields) {
        check(field);
        const auto refuse = [&](std::string_view why) {
            throw std::logic_error(thing.key + " field " + field.key + ": " + std::string(why));
        };
        if (field.column.find('.') == std::string::npos) refuse("its column bears no alias of its table");
        if (field.type == FieldType::set) refuse("things have no sets");
        if (field.is_text() && field.shadow_column.empty() == terms.empty())
            refuse("a text has either a shadow column or terms");
        if (of_part && thing.things.empty()) refuse("a thing without parts has no field of them");
        if (of_part && !field.nullable && !field.is_text()) refuse("fields of parts may be empty");
    }
}

}  // namespace

const ThingField* Thing::find(std::string_view field) const {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const ThingField& one) { return one.field.key == field; });
    return found == fields.end() ? nullptr : &*found;
}

void Catalogue::add_thing(Thing thing) {
    check(thing);
    if (find_thing(thing.key)) throw std::logic_error("thing " + thing.key + " declared twice");
    for (auto& one : thing.fields) one.field.listable = false;
    things_.push_back(std::move(thing));
}

const Thing* Catalogue::find_thing(std::string_view key) const {
    const auto found =
        std::find_if(things_.begin(), things_.end(), [&](const Thing& thing) { return thing.key == key; });
    return found == things_.end() ? nullptr : &*found;
}

void Catalogue::add(Field field) {
    check(field);
    if (!positions_.emplace(field.key, fields_.size()).second)
        throw std::logic_error("field " + field.key + " declared twice");
    if (!labels_.emplace(field.label.ja, fields_.size()).second)
        throw std::logic_error("field " + field.key + " has the label of another field");
    fields_.push_back(std::move(field));
}

const Field* Catalogue::find(std::string_view key) const {
    const auto found = positions_.find(std::string(key));
    return found == positions_.end() ? nullptr : &fields_[found->second];
}

const Field& Catalogue::get(std::string_view key) const {
    if (const Field* field = find(key)) return *field;
    throw std::logic_error("no field " + std::string(key));
}

std::vector<const Field*> Catalogue::default_columns() const {
    std::vector<const Field*> columns;
    for (const auto& field : fields_)
        if (field.listed_by_default) columns.push_back(&field);
    return columns;
}

const Field* Catalogue::find_by_header(std::string_view header) const {
    if (const Field* field = find(header)) return field;
    const auto found = labels_.find(std::string(header));
    return found == labels_.end() ? nullptr : &fields_[found->second];
}

std::string_view name_of(FieldType type) {
    switch (type) {
        case FieldType::id:
            return "id";
        case FieldType::text:
            return "text";
        case FieldType::choice:
            return "choice";
        case FieldType::reference:
            return "reference";
        case FieldType::set:
            return "set";
        case FieldType::number:
            return "number";
        case FieldType::money:
            return "money";
        case FieldType::day:
            return "date";
        case FieldType::moment:
            return "moment";
        case FieldType::boolean:
            return "boolean";
    }
    return "";
}

std::string_view name_of(FieldGroup group) {
    switch (group) {
        case FieldGroup::basic:
            return "basic";
        case FieldGroup::contact:
            return "contact";
        case FieldGroup::address:
            return "address";
        case FieldGroup::membership:
            return "membership";
        case FieldGroup::purchase:
            return "purchase";
        case FieldGroup::marketing:
            return "marketing";
        case FieldGroup::record:
            return "record";
    }
    return "";
}

}  // namespace otokui::core
