#include "master/rules.hpp"

#include <algorithm>
#include <set>

#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/journal.hpp"

namespace otokui::master {
namespace {

using storage::Value;

bool has_control(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// One line of at most `most` characters; adds what is wrong with it.
std::string read_line(const json::Value& value, std::int64_t most, bool required, const std::string& pointer,
                      std::vector<FieldError>& errors) {
    const auto* given = value.if_string();
    if (!given) {
        errors.push_back({pointer, value.is_null() ? "required" : "wrong_type"});
        return {};
    }
    auto line = text::trimmed(*given);
    if (required && line.empty()) errors.push_back({pointer, "required"});
    if (text::code_point_count(line) > static_cast<std::size_t>(most))
        errors.push_back({pointer, "too_long"});
    if (has_control(line)) errors.push_back({pointer, "bad_character"});
    return line;
}

std::string read_color(const json::Value& value, const std::string& pointer,
                       std::vector<FieldError>& errors) {
    constexpr std::size_t kLength = 7;
    if (value.is_null()) return {};
    const auto* given = value.if_string();
    if (!given) {
        errors.push_back({pointer, "wrong_type"});
        return {};
    }
    std::string color(*given);
    std::ranges::transform(color, color.begin(),
                           [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    const bool good = color.size() == kLength && color.front() == '#' &&
                      color.find_first_not_of("0123456789abcdef", 1) == std::string::npos;
    if (!color.empty() && !good) errors.push_back({pointer, "not_a_color"});
    return color;
}

std::string read_texts(const Field& field, const json::Value& value, const std::string& pointer,
                       std::vector<FieldError>& errors) {
    const auto* given = value.if_array();
    if (!given) {
        errors.push_back({pointer, "wrong_type"});
        return {};
    }
    if (given->size() > static_cast<std::size_t>(field.maximum)) errors.push_back({pointer, "too_many"});
    std::set<std::string> lines;
    for (std::size_t i = 0; i < given->size(); ++i) {
        const auto at = pointer + "/" + std::to_string(i);
        const auto before = errors.size();
        auto line = read_line((*given)[i], field.longest, true, at, errors);
        if (errors.size() == before && !lines.insert(std::move(line)).second)
            errors.push_back({at, "duplicate"});
    }
    std::string stored;
    for (const auto& line : lines) stored += (stored.empty() ? "" : "\n") + line;
    return stored;
}

Value read_integer(const Field& field, const json::Value& value, const std::string& pointer,
                   std::vector<FieldError>& errors) {
    if (value.is_null() && field.nullable) return {};
    const auto* number = value.if_int64();
    if (!number)
        errors.push_back({pointer, value.is_null() ? "required" : "wrong_type"});
    else if (*number < field.minimum || *number > field.maximum)
        errors.push_back({pointer, "out_of_range"});
    return number ? *number : std::int64_t{0};
}

Value read_value(const Field& field, const json::Value& value, const std::string& pointer,
                 std::vector<FieldError>& errors) {
    switch (field.type) {
        case Field::Type::text:
            return read_line(value, field.maximum, field.required, pointer, errors);
        case Field::Type::color:
            return read_color(value, pointer, errors);
        case Field::Type::texts:
            return read_texts(field, value, pointer, errors);
        case Field::Type::integer:
            return read_integer(field, value, pointer, errors);
        case Field::Type::boolean:
            if (!value.is_bool()) errors.push_back({pointer, "wrong_type"});
            return std::int64_t{value.is_bool() && value.get_bool() ? 1 : 0};
        case Field::Type::choice: {
            const auto* code = value.if_string();
            const auto known = [&](const core::SettingChoice& one) { return code && one.code == *code; };
            if (!code)
                errors.push_back({pointer, "wrong_type"});
            else if (std::ranges::none_of(field.choices, known))
                errors.push_back({pointer, "not_a_choice"});
            return code ? std::string(*code) : std::string();
        }
    }
    return {};
}

// CSV joins the names of a set with "|".
std::string read_name(const Master& master, const json::Value& value, std::vector<FieldError>& errors) {
    auto name = read_line(value, kMaxNameLength, true, "/name", errors);
    if (master.held == Held::set && name.find('|') != std::string::npos)
        errors.push_back({"/name", "bad_character"});
    return name;
}

Value first_value(const Field& field) {
    switch (field.type) {
        case Field::Type::integer:
            return field.nullable ? Value() : Value(field.initial);
        case Field::Type::boolean:
            return field.initial;
        case Field::Type::choice:
            return field.choices.front().code;
        default:
            return std::string();
    }
}

bool is_read_only(std::string_view key) {
    return key == "id" || key == "position" || key == "members" || key == "version";
}

}  // namespace

const Value* Input::find(std::string_view column) const {
    const auto found = std::ranges::find(values, column, &std::pair<std::string, Value>::first);
    return found == values.end() ? nullptr : &found->second;
}

Input read(const Master& master, const json::Value& body, Purpose purpose) {
    Input input;
    const auto* object = body.if_object();
    if (!object) {
        input.errors.push_back({"", "wrong_type"});
        return input;
    }
    for (const auto& [name, value] : *object) {
        const std::string key(name);
        const auto pointer = json::pointer_step(key);
        const auto field = std::ranges::find(master.fields, key, &Field::key);
        if (key == "name")
            input.values.emplace_back(key, read_name(master, value, input.errors));
        else if (is_read_only(key) || (field != master.fields.end() && !field->editable))
            input.errors.push_back({pointer, "read_only"});
        else if (field == master.fields.end())
            input.errors.push_back({pointer, "unknown_field"});
        else
            input.values.emplace_back(key, read_value(*field, value, pointer, input.errors));
    }
    if (purpose == Purpose::change) return input;
    if (!object->contains("name")) input.errors.push_back({"/name", "required"});
    for (const auto& field : master.fields) {
        if (input.find(field.key)) continue;
        if (field.required) input.errors.push_back({"/" + field.key, "required"});
        input.values.emplace_back(field.key, first_value(field));
    }
    return input;
}

json::Value to_json(const Field& field, const Value& value) {
    if (field.type == Field::Type::boolean) return value != Value(std::int64_t{0});
    if (field.type != Field::Type::texts) return core::to_json(value);
    json::Array texts;
    std::string_view rest = std::get<std::string>(value);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        texts.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return texts;
}

}  // namespace otokui::master
