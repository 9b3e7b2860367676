#include "core/catalogue.hpp"

#include <algorithm>
#include <mutex>
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
    if (field.type == FieldType::choice && field.choices.empty() && !field.is_own())
        refuse("a choice without choices");
    const bool is_reference = field.type == FieldType::reference || field.type == FieldType::set;
    if (is_reference && field.master.empty() && !field.is_own()) refuse("a reference without its master");
    if (field.editable && field.derived) refuse("both editable and derived");
    if (field.type == FieldType::boolean && field.nullable) refuse("booleans are never null");
    if (field.of_address && (field.column.empty() || !(field.is_text() || field.integer_codes)))
        refuse("addresses have texts and whole numbers alone");
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

void check_own(const Field& field) {
    check(field);
    if (!field.is_own() || field.column != kAnswers || field.key != std::string(kOwnPrefix) + field.answer)
        throw std::logic_error("field " + field.key + " is no own field");
}

bool is_own_key(std::string_view key) { return key.starts_with(kOwnPrefix); }

}  // namespace

/// One state of the own fields; never changed once made.
struct Catalogue::Own {
    std::vector<Field> fields;
    std::vector<const Field*> in_use;
    std::unordered_map<std::string_view, const Field*> by_answer, by_label;
};

struct Catalogue::Generations {
    std::mutex mutex;
    Features off;
    std::shared_ptr<const Own> now = std::make_shared<Own>();
    std::vector<std::shared_ptr<const Own>> all;  // kept: conditions and layouts point into them
};

Catalogue::Catalogue() : generations_(std::make_unique<Generations>()) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;

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

void Catalogue::set_own(std::vector<Field> fields) {
    auto made = std::make_shared<Own>();
    made->fields = std::move(fields);
    for (const auto& field : made->fields) {
        check_own(field);
        if (!made->by_answer.emplace(field.answer, &field).second)
            throw std::logic_error("field " + field.key + " declared twice");
        if (field.retired) continue;
        made->in_use.push_back(&field);
        made->by_label.emplace(field.label.ja, &field);
        made->by_label.emplace(field.label.en, &field);
    }
    const std::lock_guard lock(generations_->mutex);
    generations_->now = made;
    generations_->all.push_back(std::move(made));
}

void Catalogue::set_off(Features features) {
    const std::lock_guard lock(generations_->mutex);
    generations_->off = std::move(features);
}

bool Catalogue::is_on(std::string_view feature) const {
    if (feature.empty()) return true;
    const std::lock_guard lock(generations_->mutex);
    return !generations_->off.contains(feature);
}

std::shared_ptr<const Catalogue::Own> Catalogue::own() const {
    const std::lock_guard lock(generations_->mutex);
    return generations_->now;
}

std::vector<const Field*> Catalogue::own_fields() const { return own()->in_use; }

std::vector<const Field*> Catalogue::all_fields() const {
    std::vector<const Field*> all;
    for (const auto& field : fields_)
        if (is_on(field.feature)) all.push_back(&field);
    const auto shop = own();
    all.insert(all.end(), shop->in_use.begin(), shop->in_use.end());
    return all;
}

std::vector<const Field*> Catalogue::past_fields() const {
    std::vector<const Field*> past;
    for (const auto& field : fields_)
        if (!is_on(field.feature)) past.push_back(&field);
    const auto shop = own();
    for (const auto& field : shop->fields)
        if (field.retired) past.push_back(&field);
    return past;
}

const Field* Catalogue::find_own(std::string_view answer) const {
    const auto shop = own();
    const auto found = shop->by_answer.find(answer);
    return found == shop->by_answer.end() ? nullptr : found->second;
}

const Field* Catalogue::find(std::string_view key) const {
    const auto* field = find_declared(key);
    return field && is_on(field->feature) ? field : nullptr;
}

const Field* Catalogue::find_declared(std::string_view key) const {
    if (is_own_key(key)) {
        const auto* field = find_own(key.substr(kOwnPrefix.size()));
        return field && !field->retired ? field : nullptr;
    }
    const auto found = positions_.find(std::string(key));
    return found == positions_.end() ? nullptr : &fields_[found->second];
}

const Field& Catalogue::get(std::string_view key) const {
    if (const Field* field = find_declared(key)) return *field;
    throw std::logic_error("no field " + std::string(key));
}

std::vector<const Field*> Catalogue::default_columns() const {
    std::vector<const Field*> columns;
    for (const bool leads : {true, false})
        for (const auto* field : all_fields())
            if (field->listed_by_default && field->leads_list == leads) columns.push_back(field);
    return columns;
}

const Field* Catalogue::find_by_header(std::string_view header) const {
    if (const Field* field = find_declared(header)) return field;
    const auto found = labels_.find(std::string(header));
    if (found != labels_.end()) return &fields_[found->second];
    const auto shop = own();
    const auto labelled = shop->by_label.find(header);
    return labelled == shop->by_label.end() ? nullptr : labelled->second;
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
        case FieldGroup::own:
            return "own";
    }
    return "";
}

}  // namespace otokui::core
