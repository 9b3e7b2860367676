#include "form/rules.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"

namespace otokui::form {
namespace {

constexpr std::array<std::pair<Type, std::string_view>, 7> kTypes{{{Type::text, "text"},
                                                                   {Type::long_text, "long_text"},
                                                                   {Type::number, "number"},
                                                                   {Type::date, "date"},
                                                                   {Type::select, "select"},
                                                                   {Type::multi, "multi"},
                                                                   {Type::checkbox, "checkbox"}}};

const Text kNotForType{"この種類の項目では使えません。", "A field of this type does not have this."};

bool is_key(std::string_view key) {
    return std::ranges::all_of(
        key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_code(std::string_view code) {
    return std::ranges::all_of(code, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    });
}

class Check {
public:
    std::vector<FieldError> errors;

    void fail(std::string pointer, std::string code, Text message = {}) {
        errors.push_back({std::move(pointer), std::move(code), std::move(message)});
    }
    /// `extra`: a character that means something where labels are written one after the other.
    void label(const std::string& pointer, const Text& label, char extra = '\0') {
        if (label.ja.empty()) fail(pointer + "/ja", "required");
        for (const auto& [language, text] : {std::pair("/ja", &label.ja), std::pair("/en", &label.en)}) {
            if (text->empty()) continue;
            if (text::code_point_count(*text) > kMaxLabel) fail(pointer + language, "too_long");
            const bool has_extra = extra != '\0' && text->find(extra) != std::string::npos;
            if (text::line_problem(*text) || has_extra) fail(pointer + language, "bad_character");
        }
    }
};

void check_limits(const FormField& field, Check& check) {
    if (field.max_length) {
        const auto most = field.type == Type::long_text ? kMaxLongText : kMaxText;
        if (!is_text(field.type))
            check.fail("/max_length", "not_for_type", kNotForType);
        else if (*field.max_length < 1 || *field.max_length > most)
            check.fail("/max_length", "out_of_range");
    }
    for (const auto& [pointer, limit] :
         {std::pair("/minimum", field.minimum), std::pair("/maximum", field.maximum)}) {
        if (!limit) continue;
        if (field.type != Type::number)
            check.fail(pointer, "not_for_type", kNotForType);
        else if (*limit < -kMaxNumber || *limit > kMaxNumber)
            check.fail(pointer, "out_of_range");
    }
    if (field.minimum && field.maximum && *field.minimum > *field.maximum)
        check.fail("/maximum", "reversed_range",
                   {"最大値が最小値より小さくなっています。", "The maximum is less than the minimum."});
}

void check_options(const FormField& field, Check& check) {
    if (!has_options(field.type)) {
        if (!field.options.empty()) check.fail("/options", "not_for_type", kNotForType);
        return;
    }
    const auto offered = std::ranges::count_if(field.options, [](const Option& one) { return !one.removed; });
    if (offered == 0) check.fail("/options", "required");
    if (field.options.size() > kMostOptions) check.fail("/options", "too_many");
    std::set<std::string> codes, labels;
    for (std::size_t i = 0; i < field.options.size(); ++i) {
        const auto& option = field.options[i];
        const auto pointer = "/options/" + std::to_string(i);
        if (option.code.size() > kMaxKey) check.fail(pointer + "/code", "too_long");
        if (!is_code(option.code)) check.fail(pointer + "/code", "bad_character");
        if (!codes.insert(option.code).second) check.fail(pointer + "/code", "duplicate");
        // Files join the labels by "|".
        check.label(pointer + "/labels", option.label, '|');
        if (!option.removed && !labels.insert(option.label.ja).second)
            check.fail(pointer + "/labels/ja", "duplicate");
    }
}

}  // namespace

std::string_view name_of(Type type) {
    return std::ranges::find(kTypes, type, &std::pair<Type, std::string_view>::first)->second;
}

std::optional<Type> find_type(std::string_view name) {
    const auto found = std::ranges::find(kTypes, name, &std::pair<Type, std::string_view>::second);
    return found == kTypes.end() ? std::nullopt : std::optional(found->first);
}

std::vector<FieldError> check(const core::Catalogue& catalogue, const FormField& field) {
    Check check;
    if (field.key.empty()) check.fail("/key", "required");
    if (field.key.size() > kMaxKey) check.fail("/key", "too_long");
    if (!is_key(field.key))
        check.fail("/key", "bad_character",
                   {"半角の英小文字・数字・アンダースコア（_）だけが使えます。",
                    "Only a-z, 0-9 and the underscore (_) can be used."});
    check.label("/labels", field.label);
    // A file's header says the label alone: it must name one column.
    for (const auto& standard : catalogue.fields()) {
        const bool ja = standard.label.ja == field.label.ja;
        if (ja || (!field.label.en.empty() && standard.label.en == field.label.en))
            check.fail(ja ? "/labels/ja" : "/labels/en", "taken",
                       {"この名前の項目はすでにあります。", "There is a field of this name."});
    }
    check_limits(field, check);
    check_options(field, check);
    return std::move(check.errors);
}

std::vector<Option> with_kept_options(const std::vector<Option>& before, std::vector<Option> after) {
    const auto has = [&](std::string_view code) {
        const auto is_it = [&](const Option& one) { return one.code == code; };
        return std::ranges::any_of(before, is_it) || std::ranges::any_of(after, is_it);
    };
    int number = 1;
    for (auto& option : after) {
        if (!option.code.empty()) continue;
        while (has("o" + std::to_string(number))) ++number;
        option.code = "o" + std::to_string(number);
    }
    for (const auto& old : before) {
        if (std::ranges::any_of(after, [&](const Option& one) { return one.code == old.code; })) continue;
        after.push_back(old);
        after.back().removed = true;
    }
    return after;
}

core::Field catalogue_field(const FormField& form) {
    using core::FieldType;
    core::Field field{.key = std::string(core::kOwnPrefix) + form.key,
                      .label = {form.label.ja, form.label.en.empty() ? form.label.ja : form.label.en},
                      .group = core::FieldGroup::own,
                      .privacy = core::Privacy::personal,
                      .column = std::string(core::kAnswers),
                      .answer = form.key};
    switch (form.type) {
        case Type::text:
        case Type::long_text:
            field.type = FieldType::text;
            field.multiline = form.type == Type::long_text;
            field.max_length = static_cast<std::size_t>(
                form.max_length.value_or(field.multiline ? kUsualLongText : kUsualText));
            break;
        case Type::number:
            field.type = FieldType::number;
            field.minimum = form.minimum.value_or(-kMaxNumber);
            field.maximum = form.maximum.value_or(kMaxNumber);
            break;
        case Type::date:
            field.type = FieldType::day;
            break;
        case Type::select:
            field.type = FieldType::choice;
            break;
        case Type::multi:
            field.type = FieldType::set;
            break;
        case Type::checkbox:
            field.type = FieldType::boolean;
            break;
    }
    for (const auto& option : form.options)
        field.choices.push_back(
            {option.code,
             {option.label.ja, option.label.en.empty() ? option.label.ja : option.label.en},
             option.removed});
    field.nullable = field.type != FieldType::set && field.type != FieldType::boolean;
    field.editable = true;
    field.sortable = field.type != FieldType::set;
    field.required = form.required;
    field.listed_by_default = form.on_list && !form.retired;
    field.exported_by_default = form.on_csv;
    field.retired = form.retired;
    field.merge = field.type == FieldType::set ? core::FieldMerge::unite : core::FieldMerge::choose;
    return field;
}

}  // namespace otokui::form
