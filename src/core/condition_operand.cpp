#include "core/condition_operand.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>

#include "base/json.hpp"
#include "base/text/shadow.hpp"

namespace otokui::core {
namespace {

using otokui::json::Array;
using otokui::json::Object;
using otokui::json::Value;

constexpr std::int64_t kMaxOffset = 100'000;

// Texts of the codes that only conditions have; the common ones have theirs where problems are written.
Text message_of(std::string_view code) {
    if (code == "operator_not_for_type")
        return {"この項目では使えない条件です。", "The field does not take this operator."};
    if (code == "reversed_range")
        return {"範囲の始まりと終わりが逆です。", "The range ends before it begins."};
    if (code == "unknown_choice") return {"選択肢にない値です。", "This is not one of the choices."};
    if (code == "unknown_list") return unknown_list({}).message;
    if (code == "unknown_thing")
        return {"この種類のものは条件にできません。", "There is no such thing to have."};
    if (code == "feature_off")
        return {"この機能は設定で使用しないことになっています。",
                "This part is switched off in the settings."};
    if (code == "empty_text") return {"検索する語がありません。", "There is nothing to search for."};
    return {};
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

class OperandParser {
public:
    explicit OperandParser(Faults& faults) : faults_(faults) {}
    Operand operand(const Field& field, Operator op, const Value& value, const std::string& pointer);

private:
    void fail(const std::string& pointer, std::string code) { faults_.fail(pointer, std::move(code)); }
    Operand single(const Field& field, const Value& value, const std::string& pointer);
    Operand list(const Field& field, const Value& value, const std::string& pointer);
    Operand range(const Field& field, Operator op, const Value& value, const std::string& pointer);
    std::string text_operand(const Field& field, const Value& value, const std::string& pointer);
    std::int64_t integer(const Value& value, const std::string& pointer);
    DayOperand day(const Value& value, const std::string& pointer, Operator op);
    DayOperand relative_day(const Object& object, const std::string& pointer);

    Faults& faults_;
};

Operand OperandParser::operand(const Field& field, Operator op, const Value& value,
                               const std::string& pointer) {
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

Operand OperandParser::single(const Field& field, const Value& value, const std::string& pointer) {
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

Operand OperandParser::list(const Field& field, const Value& value, const std::string& pointer) {
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
        } else if (field.has_text_codes()) {
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
    if (field.type == FieldType::text || field.has_text_codes()) return texts;
    return ids;
}

Operand OperandParser::range(const Field& field, Operator op, const Value& value,
                             const std::string& pointer) {
    const auto faults = faults_.errors.size();
    const auto ends = parse_ends(value, pointer, faults_);
    if (field.type == FieldType::day || field.type == FieldType::moment) {
        const auto from = ends.from ? day(*ends.from, pointer + "/from", op) : DayOperand{};
        const auto to = ends.to ? day(*ends.to, pointer + "/to", op) : DayOperand{};
        // What mixes both kinds of day can be judged only when it runs; then it may find nobody.
        const bool comparable =
            faults == faults_.errors.size() && from.relative == to.relative && from.unit == to.unit;
        const bool reversed = from.relative ? from.offset > to.offset : from.day > to.day;
        if (comparable && reversed && op == Operator::between) fail(pointer, "reversed_range");
        return std::pair(from, to);
    }
    const auto from = ends.from ? integer(*ends.from, pointer + "/from") : 0;
    const auto to = ends.to ? integer(*ends.to, pointer + "/to") : 0;
    if (faults == faults_.errors.size() && from > to) fail(pointer, "reversed_range");
    return std::pair(from, to);
}

std::string OperandParser::text_operand(const Field& field, const Value& value, const std::string& pointer) {
    const auto* typed = value.if_string();
    if (typed == nullptr)
        fail(pointer, "wrong_type");
    else if (text::shadow(field.shadow, *typed).empty())
        fail(pointer, "empty_text");
    else
        return std::string(*typed);
    return {};
}

std::int64_t OperandParser::integer(const Value& value, const std::string& pointer) {
    const auto number = find_integer(value);
    if (!number) fail(pointer, "wrong_type");
    return number.value_or(0);
}

DayOperand OperandParser::day(const Value& value, const std::string& pointer, Operator op) {
    if (const auto* object = value.if_object()) return relative_day(*object, pointer);
    const auto* text = value.if_string();
    const auto day = text == nullptr                       ? std::nullopt
                     : op == Operator::anniversary_between ? parse_month_day(*text)
                                                           : parse_day(*text);
    if (!day) fail(pointer, text == nullptr ? "wrong_type" : "not_a_date");
    return {.day = day.value_or(Day{})};
}

DayOperand OperandParser::relative_day(const Object& object, const std::string& pointer) {
    const bool ago = object.contains("ago");
    const char* direction = ago ? "ago" : "ahead";
    faults_.only(object, pointer, {direction, "unit"});
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

}  // namespace

void Faults::fail(const std::string& pointer, std::string code) {
    if (errors.size() < otokui::json::ObjectReader::kMaxErrors)
        errors.push_back({pointer, code, message_of(code)});
}

void Faults::only(const Object& object, const std::string& pointer,
                  std::initializer_list<std::string_view> known) {
    for (const auto& member : object)
        if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end())
            fail(pointer + otokui::json::pointer_step(member.key()), "unknown_field");
}

Ends parse_ends(const Value& value, const std::string& pointer, Faults& faults) {
    const Object* object = value.if_object();
    if (object == nullptr) {
        faults.fail(pointer, "wrong_type");
        return {};
    }
    faults.only(*object, pointer, {"from", "to"});
    const auto end = [&](const std::string& name) -> const Value* {
        const Value* found = object->if_contains(name);
        if (found != nullptr && !found->is_null()) return found;
        faults.fail(pointer + "/" + name, "required");
        return nullptr;
    };
    const auto* from = end("from");
    return {from, end("to")};
}

Operand parse_operand(const Field& field, Operator op, const Value& value, const std::string& pointer,
                      Faults& faults) {
    return OperandParser(faults).operand(field, op, value, pointer);
}

}  // namespace otokui::core
