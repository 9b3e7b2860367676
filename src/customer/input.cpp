#include "customer/input.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <charconv>
#include <unordered_set>

#include "base/prefectures.hpp"
#include "base/text/birth_date.hpp"
#include "base/text/card_number.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/id_set.hpp"
#include "customer/answers.hpp"

namespace otokui::customer {
namespace {

using core::Field;
using core::FieldType;
using core::Normalisation;
using storage::Value;

std::string stored_form(const Field& field, std::string_view typed) {
    switch (field.normalisation) {
        case Normalisation::kana:
            return text::kana(typed);
        case Normalisation::phone:
            return text::phone(typed);
        case Normalisation::postal_code:
            return text::postal_code(typed);
        case Normalisation::mail:
            return text::mail(typed);
        case Normalisation::trim:
            return text::trimmed(typed);
        case Normalisation::none:
            return std::string(typed);
    }
    return std::string(typed);
}

constexpr std::size_t kMostInSet = 50;  // of labels, groups, reasons (DOMAIN 2.6)

// Fields people write freely into, where a card number must not end up (SECURITY P6).
bool is_free_text(const Field& field) { return field.key == "memo" || field.key == "alert"; }
bool has_lines(const Field& field) { return field.multiline || field.key == "memo"; }

std::optional<std::string_view> text_problem(const Field& field, std::string_view stored) {
    if (stored.empty()) return std::nullopt;
    const auto broken = has_lines(field) ? text::multiline_problem(stored) : text::line_problem(stored);
    if (broken) return broken;
    switch (field.normalisation) {
        case Normalisation::kana:
            return text::kana_problem(stored);
        case Normalisation::phone:
            return text::phone_problem(stored);
        case Normalisation::postal_code:
            return text::postal_code_problem(stored);
        case Normalisation::mail:
            return text::mail_problem(stored);
        case Normalisation::trim:
        case Normalisation::none:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

void set(Input& input, const Field& field, Value value) {
    input.values.emplace_back(field.column, std::move(value));
}

// What 未設定 is in the column of this field.
Value unset(const Field& field) {
    const bool text = field.type == FieldType::text || field.type == FieldType::set ||
                      (field.type == FieldType::choice && !field.integer_codes);
    return text ? Value(std::string()) : Value();
}

// The ids in the order they came; nothing may stand twice.
void set_of_ids(Input& input, const Field& field, const std::string& pointer,
                const std::vector<std::int64_t>& ids) {
    if (ids.size() > kMostInSet) return input.errors.push_back({pointer, "too_many"});
    std::unordered_set<std::int64_t> seen;
    for (const auto id : ids)
        if (!seen.insert(id).second) return input.errors.push_back({pointer, "duplicate"});
    set(input, field, core::format_set(ids));
}

const core::Choice* find_choice(const Field& field, std::string_view code_or_label) {
    for (const auto& choice : field.choices)
        if (choice.code == code_or_label || choice.label.ja == code_or_label ||
            choice.label.en == code_or_label)
            return &choice;
    return nullptr;
}

// "2024-01-16T13:59:58+09:00", "2024/01/16 13:59:58", "2024-01-16": the last two in the shop's zone.
std::optional<Moment> parse_written_moment(std::string_view typed) {
    if (const auto exact = parse_moment(typed)) return exact;
    const auto space = typed.find_first_of(" T");
    const auto day = text::parse_written_day(typed.substr(0, space)).day;
    if (!day) return std::nullopt;
    if (space == std::string_view::npos) return start_of(*day);
    const std::string time(typed.substr(space + 1));
    const auto whole = format_day(*day) + "T" + time;
    for (const auto* rest : {"+09:00", ":00+09:00", ""})
        if (const auto moment = parse_moment(whole + rest)) return moment;
    return std::nullopt;
}

}  // namespace

std::optional<bool> parse_boolean(std::string_view cell) {
    static constexpr std::array<std::string_view, 8> kYes{"1",    "true", "yes",  "はい",
                                                          "TRUE", "Yes",  "有効", "可"};
    static constexpr std::array<std::string_view, 8> kNo{"0",     "false", "no",   "いいえ",
                                                         "FALSE", "No",    "無効", "不可"};
    if (std::find(kYes.begin(), kYes.end(), cell) != kYes.end()) return true;
    if (std::find(kNo.begin(), kNo.end(), cell) != kNo.end()) return false;
    return std::nullopt;
}

const Value* Input::find(std::string_view column) const {
    for (auto one = values.rbegin(); one != values.rend(); ++one)
        if (one->first == column) return &one->second;
    return nullptr;
}

core::Assignments Input::assignments() const { return {values.begin(), values.end()}; }

void FieldInput::read_set(const Field& field, const boost::json::array& array, const std::string& pointer,
                          Input& input) {
    std::vector<std::int64_t> ids;
    bool sound = true;
    for (std::size_t i = 0; i < array.size(); ++i) {
        const auto* text = array[i].if_string();
        const auto id = text ? whole_number(std::string_view(*text)) : std::nullopt;
        if (id && masters_.exists(field.master, *id)) {
            ids.push_back(*id);
            continue;
        }
        input.errors.push_back({pointer + "/" + std::to_string(i), text ? "not_a_choice" : "wrong_type"});
        sound = false;
    }
    if (sound) set_of_ids(input, field, pointer, ids);
}

// "VIP|ギフト利用", as an export writes it.
void FieldInput::read_names(const Field& field, std::string_view cell, const std::string& pointer,
                            Input& input) {
    std::vector<std::int64_t> ids;
    for (auto rest = cell; !rest.empty();) {
        const auto bar = rest.find('|');
        const auto name = text::trimmed(rest.substr(0, bar));
        rest.remove_prefix(std::min(rest.size(), bar == std::string_view::npos ? bar : bar + 1));
        if (name.empty()) continue;
        const auto id = masters_.find(field.master, name);
        if (!id) return input.errors.push_back({pointer, "not_a_choice"});
        ids.push_back(*id);
    }
    set_of_ids(input, field, pointer, ids);
}

void FieldInput::read_text(const Field& field, std::string_view typed, const std::string& pointer,
                           Input& input) {
    if (!text::is_valid_utf8(typed)) return input.errors.push_back({pointer, "invalid_utf8"});
    auto stored = stored_form(field, typed);
    if (const auto problem = text_problem(field, stored))
        return input.errors.push_back({pointer, std::string(*problem)});
    if (is_free_text(field)) stored = text::mask_card_numbers(stored);
    if (field.max_length > 0 && text::code_point_count(stored) > field.max_length)
        return input.errors.push_back({pointer, "too_long"});
    if (stored.empty() && !field.nullable) return input.errors.push_back({pointer, "required"});
    if (stored != typed) input.adjusted.push_back({pointer, std::string(typed), stored});
    set(input, field, std::move(stored));
}

void FieldInput::read_day(const Field& field, std::string_view typed, const std::string& pointer,
                          Input& input) {
    const auto parsed = text::parse_birth_date(typed, today_);
    if (!parsed.day) return input.errors.push_back({pointer, std::string(parsed.code)});
    auto stored = format_day(*parsed.day);
    if (stored != typed) input.adjusted.push_back({pointer, std::string(typed), stored});
    set(input, field, std::move(stored));
}

void FieldInput::read_json(const Field& field, const boost::json::value& value, const std::string& pointer,
                           Input& input) {
    if (field.is_own()) return read_answer(field, value, pointer, input);
    const auto wrong_type = [&] { input.errors.push_back({pointer, "wrong_type"}); };
    if (value.is_null()) {
        if (!field.nullable) return input.errors.push_back({pointer, "required"});
        return set(input, field, unset(field));
    }
    switch (field.type) {
        case FieldType::text:
            if (!value.is_string()) return wrong_type();
            return read_text(field, value.as_string(), pointer, input);
        case FieldType::day:
            if (!value.is_string()) return wrong_type();
            return read_day(field, value.as_string(), pointer, input);
        case FieldType::moment: {
            if (!value.is_string()) return wrong_type();
            const auto moment = parse_moment(std::string_view(value.as_string()));
            if (!moment) return input.errors.push_back({pointer, "not_a_moment"});
            return set(input, field, moment->milliseconds);
        }
        case FieldType::boolean:
            if (!value.is_bool()) return wrong_type();
            return set(input, field, std::int64_t{value.as_bool()});
        case FieldType::choice: {
            if (field.integer_codes ? !value.is_int64() : !value.is_string()) return wrong_type();
            const auto code =
                field.integer_codes ? std::to_string(value.as_int64()) : std::string(value.as_string());
            const auto known = std::any_of(field.choices.begin(), field.choices.end(),
                                           [&](const auto& one) { return one.code == code; });
            if (!known) return input.errors.push_back({pointer, "not_a_choice"});
            return set(input, field, field.integer_codes ? Value(value.as_int64()) : Value(code));
        }
        case FieldType::reference: {
            if (!value.is_string()) return wrong_type();
            const auto id = whole_number(std::string_view(value.as_string()));
            if (!id || !masters_.exists(field.master, *id))
                return input.errors.push_back({pointer, "not_a_choice"});
            return set(input, field, *id);
        }
        case FieldType::set:
            if (!value.is_array()) return wrong_type();
            return read_set(field, value.as_array(), pointer, input);
        case FieldType::id:
        case FieldType::number:
        case FieldType::money:
            return input.errors.push_back({pointer, "read_only"});
    }
}

void FieldInput::read_cell(const Field& field, std::string_view raw, const std::string& pointer,
                           Input& input) {
    if (field.is_own()) return read_answer_cell(field, raw, pointer, input);
    const auto cell = text::trimmed(raw);
    if (field.type == FieldType::text) return read_text(field, raw, pointer, input);
    const bool is_unset = field.type == FieldType::choice && (cell == "未設定" || cell == "Not set");
    if (cell.empty() || is_unset) {
        if (field.type == FieldType::boolean) return set(input, field, std::int64_t{0});
        if (field.type == FieldType::set) return set(input, field, unset(field));
        if (!field.nullable) return input.errors.push_back({pointer, "required"});
        return set(input, field, unset(field));
    }
    switch (field.type) {
        case FieldType::day:
            return read_day(field, cell, pointer, input);
        case FieldType::moment: {
            const auto moment = parse_written_moment(cell);
            if (!moment) return input.errors.push_back({pointer, "not_a_moment"});
            return set(input, field, moment->milliseconds);
        }
        case FieldType::boolean: {
            const auto flag = parse_boolean(cell);
            if (!flag) return input.errors.push_back({pointer, "not_a_choice"});
            return set(input, field, std::int64_t{*flag});
        }
        case FieldType::choice: {
            if (field.key == "prefecture") {
                const auto number = parse_prefecture(cell);
                if (!number) return input.errors.push_back({pointer, "not_a_choice"});
                return set(input, field, std::int64_t{*number});
            }
            const auto* choice = find_choice(field, cell);
            if (!choice) return input.errors.push_back({pointer, "not_a_choice"});
            return set(input, field, choice->code);
        }
        case FieldType::reference: {
            const auto id = masters_.find(field.master, cell);
            if (!id) return input.errors.push_back({pointer, "not_a_choice"});
            return set(input, field, *id);
        }
        case FieldType::set:
            return read_names(field, cell, pointer, input);
        case FieldType::text:
        case FieldType::id:
        case FieldType::number:
        case FieldType::money:
            return input.errors.push_back({pointer, "read_only"});
    }
}

Input read_customer(const core::Catalogue& catalogue, const boost::json::object& body, Purpose purpose,
                    core::Masters& masters, Day today) {
    Input input;
    FieldInput fields(masters, today);
    for (const auto& [key, value] : body) {
        const auto pointer = "/" + std::string(key);
        const Field* field = catalogue.find_declared(key);
        if (!field)
            input.errors.push_back({pointer, "unknown_field"});
        else if (!field->editable || (field->create_only && purpose == Purpose::update))
            input.errors.push_back({pointer, "read_only"});
        else
            fields.read_json(*field, value, pointer, input);
    }
    return input;
}

boost::json::array to_json(const std::vector<Adjusted>& adjusted) {
    boost::json::array result;
    for (const auto& one : adjusted)
        result.push_back(
            boost::json::object{{"pointer", one.pointer}, {"before", one.before}, {"after", one.after}});
    return result;
}

}  // namespace otokui::customer
