#include "core/condition.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace otokui::core {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<Operator, std::string_view>, 17> kNames{{
    {Operator::is, "is"},
    {Operator::is_not, "is_not"},
    {Operator::contains, "contains"},
    {Operator::not_contains, "not_contains"},
    {Operator::starts_with, "starts_with"},
    {Operator::ends_with, "ends_with"},
    {Operator::in, "in"},
    {Operator::not_in, "not_in"},
    {Operator::any_of, "any_of"},
    {Operator::all_of, "all_of"},
    {Operator::none_of, "none_of"},
    {Operator::between, "between"},
    {Operator::at_least, "at_least"},
    {Operator::at_most, "at_most"},
    {Operator::anniversary_between, "anniversary_between"},
    {Operator::empty, "empty"},
    {Operator::not_empty, "not_empty"},
}};

std::string_view name_of(DayOperand::Unit unit) {
    switch (unit) {
        case DayOperand::Unit::day:
            return "day";
        case DayOperand::Unit::week:
            return "week";
        case DayOperand::Unit::month:
            return "month";
        case DayOperand::Unit::year:
            return "year";
    }
    return "";
}

// Writes an operand in the form that its field and operator are read in.
struct OperandWriter {
    const Leaf& leaf;

    json::value operator()(std::monostate) const { return nullptr; }
    json::value operator()(bool value) const { return value; }
    json::value operator()(std::int64_t value) const {
        if (leaf.field->type == FieldType::id) return id(value);
        return value;
    }
    json::value operator()(const std::string& value) const { return json::string(value); }
    json::value operator()(const DayOperand& value) const {
        if (value.relative)
            return json::object{{value.offset < 0 ? "ago" : "ahead", std::abs(value.offset)},
                                {"unit", name_of(value.unit)}};
        const auto day = format_day(value.day);
        return json::string(leaf.op == Operator::anniversary_between ? day.substr(5) : day);
    }
    template <class End>
    json::value operator()(const std::pair<End, End>& range) const {
        return json::object{{"from", (*this)(range.first)}, {"to", (*this)(range.second)}};
    }
    json::value operator()(const std::vector<std::string>& values) const {
        json::array list;
        for (const auto& value : values) list.emplace_back(value);
        return list;
    }
    json::value operator()(const std::vector<std::int64_t>& values) const {
        json::array list;
        for (const auto value : values)
            list.push_back(leaf.field->integer_codes ? json::value(value) : id(value));
        return list;
    }

    json::value operator()(const ListOperand& list) const { return json::string(list.list); }

    static json::value id(std::int64_t value) { return json::string(std::to_string(value)); }
};

void collect_fields(const Condition& condition, std::vector<const Field*>& fields) {
    if (condition.kind == Condition::Kind::leaf &&
        std::find(fields.begin(), fields.end(), condition.leaf.field) == fields.end())
        fields.push_back(condition.leaf.field);
    for (const auto& part : condition.parts) collect_fields(part, fields);
}

void collect_lists(const Condition& condition, std::vector<const ListOperand*>& lists) {
    if (condition.kind == Condition::Kind::leaf)
        if (const auto* list = std::get_if<ListOperand>(&condition.leaf.value)) lists.push_back(list);
    for (const auto& part : condition.parts) collect_lists(part, lists);
}

void collect_things(const Condition& condition, std::vector<const Thing*>& things) {
    const auto* thing = condition.has.thing;
    if (thing != nullptr && std::find(things.begin(), things.end(), thing) == things.end())
        things.push_back(thing);
    for (const auto& part : condition.parts) collect_things(part, things);
}

json::object to_json_has(const Condition& condition) {
    const auto& [thing, at_least, at_most] = condition.has;
    json::object object{{"has", thing->key}};
    if (!condition.parts.empty()) object["where"] = to_json(condition.parts.front());
    if (at_most && at_least > 0)
        object["count"] = json::object{{"between", json::object{{"from", at_least}, {"to", *at_most}}}};
    else if (at_most)
        object["count"] = json::object{{"at_most", *at_most}};
    else if (at_least != 1)
        object["count"] = json::object{{"at_least", at_least}};
    return object;
}

}  // namespace

Day DayOperand::resolve(Day today) const {
    if (!relative) return day;
    const bool by_months = unit == Unit::month || unit == Unit::year;
    const int count = unit == Unit::week ? 7 * offset : unit == Unit::year ? 12 * offset : offset;
    // Before the calendar's own arithmetic, which wraps at year 32767.
    const auto year = int(today.year()) + (by_months ? count / 12 : count / 365);
    using namespace std::chrono;
    if (year < 2) return Day{std::chrono::year(1), January, std::chrono::day(1)};
    if (year > 9998) return Day{std::chrono::year(9999), December, std::chrono::day(31)};
    return by_months ? add_months(today, count) : add_days(today, count);
}

json::value to_json(const Condition& condition) {
    if (condition.kind == Condition::Kind::leaf) {
        const auto& leaf = condition.leaf;
        json::object object{{"field", leaf.field->key}, {"op", name_of(leaf.op)}};
        if (const auto* list = std::get_if<ListOperand>(&leaf.value))
            object["list"] = list->list;
        else if (!std::holds_alternative<std::monostate>(leaf.value))
            object["value"] = std::visit(OperandWriter{leaf}, leaf.value);
        return object;
    }
    if (condition.kind == Condition::Kind::text) {
        std::string words;
        for (const auto& word : condition.text.words) words += (words.empty() ? "" : " ") + word;
        return json::object{{"text", words}};
    }
    if (condition.kind == Condition::Kind::has) return to_json_has(condition);
    json::array parts;
    for (const auto& part : condition.parts) parts.push_back(to_json(part));
    const auto* group = condition.kind == Condition::Kind::all   ? "all"
                        : condition.kind == Condition::Kind::any ? "any"
                                                                 : "none";
    return json::object{{group, std::move(parts)}};
}

bool mentions(const Condition& condition, std::string_view key) {
    if (condition.kind == Condition::Kind::leaf) return condition.leaf.field->key == key;
    if (condition.kind == Condition::Kind::has) return false;  // its fields are those of another thing
    return std::any_of(condition.parts.begin(), condition.parts.end(),
                       [&](const Condition& part) { return mentions(part, key); });
}

std::vector<const Field*> fields_of(const Condition& condition) {
    std::vector<const Field*> fields;
    collect_fields(condition, fields);
    return fields;
}

std::vector<const ListOperand*> lists_of(const Condition& condition) {
    std::vector<const ListOperand*> lists;
    collect_lists(condition, lists);
    return lists;
}

FieldError unknown_list(const ListOperand& list) {
    return {list.pointer,
            "unknown_list",
            {"このリストは見つかりません。消えたか、別の人のリストです。",
             "There is no such list. It is gone, or it is another person's."}};
}

std::vector<const Thing*> things_of(const Condition& condition) {
    std::vector<const Thing*> things;
    collect_things(condition, things);
    return things;
}

std::string_view name_of(Operator op) {
    const auto found =
        std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) { return entry.first == op; });
    return found->second;
}

std::optional<Operator> find_operator(std::string_view name) {
    const auto found =
        std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) { return entry.second == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

std::vector<Operator> operators_of(const Field& field) {
    using enum Operator;
    switch (field.type) {
        case FieldType::id:
            return {is, is_not, in, not_in, empty, not_empty};
        case FieldType::text:
            return {contains, not_contains, is, is_not, starts_with, ends_with, in, empty, not_empty};
        case FieldType::choice:
        case FieldType::reference:
            return {in, not_in, empty, not_empty};
        case FieldType::set:
            return {any_of, all_of, none_of, empty, not_empty};
        case FieldType::number:
        case FieldType::money:
        case FieldType::moment:
            return {is, between, at_least, at_most, empty, not_empty};
        case FieldType::day:
            if (field.is_own()) return {is, between, at_least, at_most, empty, not_empty};
            return {is, between, at_least, at_most, anniversary_between, empty, not_empty};
        case FieldType::boolean:
            return {is};
    }
    return {};
}

}  // namespace otokui::core
