#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "base/text/fold.hpp"
#include "base/text/utf8.hpp"
#include "core/condition.hpp"

namespace otokui::core {
namespace {

using otokui::json::Array;
using otokui::json::Object;
using otokui::json::Value;

constexpr std::size_t kMaxErrors = otokui::json::ObjectReader::kMaxErrors;
constexpr std::int64_t kMaxOffset = 100'000;
constexpr std::size_t kMaxListName = 64;

// Texts of the codes that only conditions have; the common ones have theirs where problems are written.
Text message_of(std::string_view code) {
    if (code == "operator_not_for_type")
        return {"この項目では使えない条件です。", "The field does not take this operator."};
    if (code == "reversed_range")
        return {"範囲の始まりと終わりが逆です。", "The range ends before it begins."};
    if (code == "unknown_choice") return {"選択肢にない値です。", "This is not one of the choices."};
    if (code == "unknown_list") return unknown_list({}).message;
    if (code == "empty_text") return {"検索する語がありません。", "There is nothing to search for."};
    return {};
}

[[noreturn]] void refuse(std::vector<FieldError> errors) {
    throw Refused({ProblemKind::invalid,
                   "condition.invalid",
                   {"検索条件に誤りがあります。", "The condition is not valid."},
                   std::move(errors)});
}

// "12-31" in kAnyYear.
std::optional<Day> parse_month_day(std::string_view text) {
    return parse_day(std::to_string(int(kAnyYear)) + "-" + std::string(text));
}

std::optional<std::int64_t> find_integer(const Value& value) {
    if (const auto* number = value.if_int64()) return *number;
    return std::nullopt;
}

// An id or integer code, as JSON has it (a string of digits) or as a number.
std::optional<std::int64_t> find_id(const Value& value) {
    if (const auto number = find_integer(value)) return *number > 0 ? number : std::nullopt;
    const auto* text = value.if_string();
    if (text == nullptr || text->empty() || text->front() < '1' || text->front() > '9') return std::nullopt;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id);
    return error == std::errc() && end == text->data() + text->size() ? std::optional(id) : std::nullopt;
}

std::optional<DayOperand::Unit> find_unit(std::string_view name) {
    using enum DayOperand::Unit;
    if (name == "day") return day;
    if (name == "week") return week;
    if (name == "month") return month;
    if (name == "year") return year;
    return std::nullopt;
}

class Parser {
public:
    explicit Parser(const Catalogue& catalogue) : catalogue_(catalogue) {}

    Condition node(const Value& value, const std::string& pointer, int groups);
    TextLeaf text(std::string_view typed, const std::string& pointer);
    std::vector<FieldError> errors;

private:
    void fail(const std::string& pointer, std::string code) {
        if (errors.size() < kMaxErrors) errors.push_back({pointer, code, message_of(code)});
    }
    Condition group(Condition::Kind kind, const Value& parts, const std::string& pointer, int groups);
    Condition leaf(const Object& object, const std::string& pointer);
    void count_leaf(const std::string& pointer);
    void only(const Object& object, const std::string& pointer,
              std::initializer_list<std::string_view> known);

    Operand operand(const Field& field, Operator op, const Value& value, const std::string& pointer);
    Operand list_operand(const Object& object, const Field& field, Operator op, const Value& value,
                         const std::string& pointer);
    Operand single(const Field& field, const Value& value, const std::string& pointer);
    Operand list(const Field& field, const Value& value, const std::string& pointer);
    Operand range(const Field& field, Operator op, const Value& value, const std::string& pointer);
    std::string text_operand(const Field& field, const Value& value, const std::string& pointer);
    std::int64_t integer(const Value& value, const std::string& pointer);
    DayOperand day(const Value& value, const std::string& pointer, Operator op);
    DayOperand relative_day(const Object& object, const std::string& pointer);

    const Catalogue& catalogue_;
    std::size_t leaves_ = 0;
};

Condition Parser::node(const Value& value, const std::string& pointer, int groups) {
    const Object* object = value.if_object();
    if (object == nullptr) {
        fail(pointer, "wrong_type");
        return {};
    }
    using Kind = Condition::Kind;
    for (const auto& [name, kind] : {std::pair{"all", Kind::all}, {"any", Kind::any}, {"none", Kind::none}})
        if (const auto* parts = object->if_contains(name)) {
            only(*object, pointer, {name});
            return group(kind, *parts, pointer + "/" + name, groups + 1);
        }
    if (const auto* words = object->if_contains("text")) {
        only(*object, pointer, {"text"});
        count_leaf(pointer);
        Condition condition;
        condition.kind = Kind::text;
        if (const auto* typed = words->if_string())
            condition.text = text(*typed, pointer + "/text");
        else
            fail(pointer + "/text", "wrong_type");
        return condition;
    }
    return leaf(*object, pointer);
}

Condition Parser::group(Condition::Kind kind, const Value& value, const std::string& pointer, int groups) {
    Condition condition;
    condition.kind = kind;
    const Array* parts = value.if_array();
    if (parts == nullptr) {
        fail(pointer, "wrong_type");
    } else if (groups > kMaxConditionDepth) {
        fail(pointer, "too_deep");
    } else {
        for (std::size_t i = 0; i < parts->size() && leaves_ <= kMaxConditionLeaves; ++i)
            condition.parts.push_back(node((*parts)[i], pointer + "/" + std::to_string(i), groups));
    }
    return condition;
}

void Parser::count_leaf(const std::string& pointer) {
    if (++leaves_ == kMaxConditionLeaves + 1) fail(pointer, "too_many");
}

void Parser::only(const Object& object, const std::string& pointer,
                  std::initializer_list<std::string_view> known) {
    for (const auto& member : object)
        if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end())
            fail(pointer + otokui::json::pointer_step(member.key()), "unknown_field");
}

Condition Parser::leaf(const Object& object, const std::string& pointer) {
    count_leaf(pointer);
    only(object, pointer, {"field", "op", "value", "list"});
    Condition condition;
    condition.kind = Condition::Kind::leaf;
    const auto name = [&](std::string_view member) -> const boost::json::string* {
        const auto* found = object.if_contains(member);
        if (found == nullptr || found->is_null()) {
            fail(pointer + "/" + std::string(member), "required");
            return nullptr;
        }
        if (!found->is_string()) fail(pointer + "/" + std::string(member), "wrong_type");
        return found->if_string();
    };
    const auto* key = name("field");
    const auto* operator_name = name("op");
    const Field* field = key == nullptr ? nullptr : catalogue_.find(*key);
    if (key != nullptr && field == nullptr) fail(pointer + "/field", "unknown_field");
    const auto op = operator_name == nullptr ? std::nullopt : find_operator(*operator_name);
    if (operator_name != nullptr && !op) fail(pointer + "/op", "unknown_operator");
    if (field == nullptr || !op) return condition;

    const auto known = operators_of(*field);
    if (std::find(known.begin(), known.end(), *op) == known.end()) {
        fail(pointer + "/op", "operator_not_for_type");
        return condition;
    }
    condition.leaf = {field, *op, {}};
    if (const auto* list = object.if_contains("list")) {
        condition.leaf.value = list_operand(object, *field, *op, *list, pointer);
        return condition;
    }
    const auto* value = object.if_contains("value");
    const bool given = value != nullptr && !value->is_null();
    const bool wanted = *op != Operator::empty && *op != Operator::not_empty;
    if (given && wanted)
        condition.leaf.value = operand(*field, *op, *value, pointer + "/value");
    else if (given || wanted)
        fail(pointer + "/value", given ? "wrong_type" : "required");
    return condition;
}

// A kept list stands in the place of ids, not beside them.
Operand Parser::list_operand(const Object& object, const Field& field, Operator op, const Value& value,
                             const std::string& pointer) {
    const auto at = pointer + "/list";
    const auto* name = value.if_string();
    if (field.type != FieldType::id || (op != Operator::in && op != Operator::not_in))
        fail(at, "operator_not_for_type");
    else if (object.contains("value"))
        fail(pointer + "/value", "unknown_field");
    else if (name == nullptr)
        fail(at, "wrong_type");
    else if (name->empty() || name->size() > kMaxListName)
        fail(at, "unknown_list");
    else
        return ListOperand{std::string(*name), at};
    return {};
}

Operand Parser::operand(const Field& field, Operator op, const Value& value, const std::string& pointer) {
    switch (op) {
        case Operator::in:
        case Operator::not_in:
        case Operator::any_of:
        case Operator::all_of:
        case Operator::none_of:
            return list(field, value, pointer);
        case Operator::between:
        case Operator::anniversary_between:
            return range(field, op, value, pointer);
        default:
            return single(field, value, pointer);
    }
}

Operand Parser::single(const Field& field, const Value& value, const std::string& pointer) {
    switch (field.type) {
        case FieldType::text:
            return text_operand(field, value, pointer);
        case FieldType::boolean:
            if (const auto* flag = value.if_bool()) return *flag;
            break;
        case FieldType::id:
            if (const auto id = find_id(value)) return *id;
            break;
        case FieldType::number:
        case FieldType::money:
            return integer(value, pointer);
        case FieldType::day:
        case FieldType::moment:
            return day(value, pointer, Operator::is);
        case FieldType::choice:
        case FieldType::reference:
        case FieldType::set:
            break;
    }
    fail(pointer, "wrong_type");
    return {};
}

Operand Parser::list(const Field& field, const Value& value, const std::string& pointer) {
    const Array* values = value.if_array();
    if (values == nullptr || values->size() > kMaxInlineValues) {
        fail(pointer, values == nullptr ? "wrong_type" : "too_many");
        return {};
    }
    std::vector<std::string> texts;
    std::vector<std::int64_t> ids;
    for (std::size_t i = 0; i < values->size(); ++i) {
        const Value& one = (*values)[i];
        const auto at = pointer + "/" + std::to_string(i);
        const auto is_choice = [&](std::string_view code) {
            return std::any_of(field.choices.begin(), field.choices.end(),
                               [&](const Choice& choice) { return choice.code == code; });
        };
        if (field.type == FieldType::text) {
            texts.push_back(text_operand(field, one, at));
        } else if (field.type == FieldType::choice && !field.integer_codes) {
            const auto* code = one.if_string();
            if (code == nullptr)
                fail(at, "wrong_type");
            else if (!is_choice(*code))
                fail(at, "unknown_choice");
            else
                texts.emplace_back(*code);
        } else if (const auto id = find_id(one); !id) {
            fail(at, field.integer_codes && find_integer(one) ? "unknown_choice" : "wrong_type");
        } else if (field.integer_codes && !is_choice(std::to_string(*id))) {
            fail(at, "unknown_choice");
        } else {
            ids.push_back(*id);
        }
    }
    if (field.type == FieldType::text || (field.type == FieldType::choice && !field.integer_codes))
        return texts;
    return ids;
}

Operand Parser::range(const Field& field, Operator op, const Value& value, const std::string& pointer) {
    const Object* object = value.if_object();
    if (object == nullptr) {
        fail(pointer, "wrong_type");
        return {};
    }
    only(*object, pointer, {"from", "to"});
    const Value* ends[2] = {};
    for (const int end : {0, 1}) {
        const auto* name = end == 0 ? "from" : "to";
        ends[end] = object->if_contains(name);
        if (ends[end] == nullptr || ends[end]->is_null()) {
            fail(pointer + "/" + name, "required");
            ends[end] = nullptr;
        }
    }
    const bool both = ends[0] != nullptr && ends[1] != nullptr;
    const auto faults = errors.size();
    if (field.type == FieldType::day || field.type == FieldType::moment) {
        const auto from = ends[0] ? day(*ends[0], pointer + "/from", op) : DayOperand{};
        const auto to = ends[1] ? day(*ends[1], pointer + "/to", op) : DayOperand{};
        // What mixes both kinds of day can be judged only when it runs; then it may find nobody.
        const bool comparable =
            both && faults == errors.size() && from.relative == to.relative && from.unit == to.unit;
        const bool reversed = from.relative ? from.offset > to.offset : from.day > to.day;
        if (comparable && reversed && op == Operator::between) fail(pointer, "reversed_range");
        return std::pair(from, to);
    }
    const auto from = ends[0] ? integer(*ends[0], pointer + "/from") : 0;
    const auto to = ends[1] ? integer(*ends[1], pointer + "/to") : 0;
    if (both && faults == errors.size() && from > to) fail(pointer, "reversed_range");
    return std::pair(from, to);
}

std::string Parser::text_operand(const Field& field, const Value& value, const std::string& pointer) {
    const auto* typed = value.if_string();
    if (typed == nullptr)
        fail(pointer, "wrong_type");
    else if (text::shadow(field.shadow, *typed).empty())
        fail(pointer, "empty_text");
    else
        return std::string(*typed);
    return {};
}

std::int64_t Parser::integer(const Value& value, const std::string& pointer) {
    const auto number = find_integer(value);
    if (!number) fail(pointer, "wrong_type");
    return number.value_or(0);
}

DayOperand Parser::day(const Value& value, const std::string& pointer, Operator op) {
    if (const auto* object = value.if_object()) return relative_day(*object, pointer);
    const auto* text = value.if_string();
    const auto day = text == nullptr                       ? std::nullopt
                     : op == Operator::anniversary_between ? parse_month_day(*text)
                                                           : parse_day(*text);
    if (!day) fail(pointer, text == nullptr ? "wrong_type" : "not_a_date");
    return {.day = day.value_or(Day{})};
}

DayOperand Parser::relative_day(const Object& object, const std::string& pointer) {
    const bool ago = object.contains("ago");
    const char* direction = ago ? "ago" : "ahead";
    only(object, pointer, {direction, "unit"});
    DayOperand result{.relative = true};
    const auto* count = object.if_contains(direction);
    const auto offset = count == nullptr ? std::nullopt : find_integer(*count);
    if (count == nullptr)
        fail(pointer + "/ahead", "required");
    else if (!offset)
        fail(pointer + "/" + direction, "wrong_type");
    else if (*offset < 0 || *offset > kMaxOffset)
        fail(pointer + "/" + direction, "out_of_range");
    else
        result.offset = static_cast<int>(ago ? -*offset : *offset);

    const auto* name = object.if_contains("unit");
    const auto* text = name == nullptr ? nullptr : name->if_string();
    const auto unit = text == nullptr ? std::nullopt : find_unit(*text);
    if (!unit) fail(pointer + "/unit", name == nullptr ? "required" : "wrong_type");
    result.unit = unit.value_or(DayOperand::Unit::day);
    return result;
}

TextLeaf Parser::text(std::string_view typed, const std::string& pointer) {
    TextLeaf leaf;
    if (text::code_point_count(typed) > kMaxTextLength) {
        fail(pointer, "too_long");
        return leaf;
    }
    std::string word;
    const auto end_word = [&] {
        if (!text::shadow(text::ShadowKind::text, word).empty()) leaf.words.push_back(word);
        word.clear();
    };
    for (const char32_t code_point : text::CodePoints(typed)) {
        if (text::is_space(code_point))
            end_word();
        else
            text::append_utf8(word, code_point);
    }
    end_word();
    if (leaf.words.empty()) fail(pointer, "empty_text");
    return leaf;
}

}  // namespace

Condition parse_condition(const Catalogue& catalogue, const Value& tree, std::string_view prefix) {
    if (tree.is_null()) return {};
    Parser parser(catalogue);
    auto condition = parser.node(tree, std::string(prefix), 0);
    if (!parser.errors.empty()) refuse(std::move(parser.errors));
    return condition;
}

TextLeaf parse_text(std::string_view text, std::string_view pointer) {
    const Catalogue none;
    Parser parser(none);
    auto leaf = parser.text(text, std::string(pointer));
    if (!parser.errors.empty()) refuse(std::move(parser.errors));
    return leaf;
}

}  // namespace otokui::core
