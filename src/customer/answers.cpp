#include "customer/answers.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>

#include "base/text/birth_date.hpp"
#include "base/text/card_number.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/answers.hpp"

namespace otokui::customer {
namespace {

using boost::json::value;
using core::Choice;
using core::Field;
using core::FieldType;

class AnswerReader {
public:
    AnswerReader(const Field& field, const std::string& pointer, Input& input)
        : field_(field), pointer_(pointer), input_(input) {}

    void json(const value& given) {
        if (given.is_null()) return set(nullptr);
        switch (field_.type) {
            case FieldType::text:
                return given.is_string() ? text(given.as_string()) : fail("wrong_type");
            case FieldType::number:
                return given.is_int64() ? number(given.as_int64()) : fail("wrong_type");
            case FieldType::day:
                return given.is_string() ? day(given.as_string()) : fail("wrong_type");
            case FieldType::boolean:
                return given.is_bool() ? flag(given.as_bool()) : fail("wrong_type");
            case FieldType::choice:
                return given.is_string() ? codes({code_of(given.as_string())}) : fail("wrong_type");
            case FieldType::set: {
                if (!given.is_array()) return fail("wrong_type");
                std::vector<std::string> chosen;
                for (const auto& one : given.as_array()) {
                    if (!one.is_string()) return fail("wrong_type");
                    chosen.push_back(code_of(one.as_string()));
                }
                return codes(chosen);
            }
            default:
                return fail("read_only");
        }
    }

    void cell(std::string_view raw) {
        if (field_.type == FieldType::text) return text(raw);
        const auto typed = text::trimmed(raw);
        if (typed.empty()) return set(nullptr);
        switch (field_.type) {
            case FieldType::number:
                return written_number(typed);
            case FieldType::day:
                return day(typed);
            case FieldType::boolean:
                if (const auto yes = parse_boolean(typed)) return flag(*yes);
                return fail("not_a_choice");
            case FieldType::choice:
                return codes({code_called(typed)});
            case FieldType::set: {
                std::vector<std::string> chosen;
                std::string_view rest = typed;
                for (;;) {
                    const auto end = std::min(rest.find('|'), rest.size());
                    chosen.push_back(code_called(text::trimmed(rest.substr(0, end))));
                    if (end == rest.size()) break;
                    rest.remove_prefix(end + 1);
                }
                return codes(chosen);
            }
            default:
                return fail("read_only");
        }
    }

private:
    void fail(std::string_view code, Text message = {}) {
        input_.errors.push_back({pointer_, std::string(code), std::move(message)});
    }
    void set(value answer) {
        std::erase_if(input_.answers, [&](const Answer& one) { return one.field == &field_; });
        input_.answers.push_back({&field_, pointer_, std::move(answer)});
    }

    void text(std::string_view typed) {
        if (!text::is_valid_utf8(typed)) return fail("invalid_utf8");
        auto stored = text::trimmed(typed);
        if (const auto broken =
                field_.multiline ? text::multiline_problem(stored) : text::line_problem(stored))
            return fail(*broken);
        // People write anything into such fields; a card number must not stay (SECURITY P6).
        stored = text::mask_card_numbers(stored);
        if (text::code_point_count(stored) > field_.max_length)
            return fail("too_long", {std::to_string(field_.max_length) + "文字以内で入力してください。",
                                     "At most " + std::to_string(field_.max_length) + " characters."});
        if (stored != typed) input_.adjusted.push_back({pointer_, std::string(typed), stored});
        set(stored.empty() ? value() : value(boost::json::string(stored)));
    }
    void number(std::int64_t given) {
        if (given < field_.minimum || given > field_.maximum) return fail("out_of_range", limits());
        set(given);
    }
    Text limits() const {
        const auto from = std::to_string(field_.minimum), to = std::to_string(field_.maximum);
        return {from + "以上" + to + "以下で入力してください。",
                "Give a number from " + from + " to " + to + "."};
    }
    // "１，２００", "-5", "+5".
    void written_number(std::string_view typed) {
        std::string plain;
        const auto narrow = text::mail(typed);  // NFKC
        for (const char32_t c : text::CodePoints(narrow))
            if (c != U',') text::append_utf8(plain, c == U'−' || c == U'ー' || c == U'‐' ? U'-' : c);
        std::string_view digits = plain;
        if (digits.starts_with('+')) digits.remove_prefix(1);
        std::int64_t given = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), given);
        if (error != std::errc() || end != digits.data() + digits.size()) return fail("not_a_number");
        number(given);
    }
    void day(std::string_view typed) {
        if (text::trimmed(typed).empty()) return set(nullptr);
        const auto parsed = text::parse_written_day(typed);
        if (!parsed.day) return fail(parsed.code);
        auto stored = format_day(*parsed.day);
        if (stored != typed) input_.adjusted.push_back({pointer_, std::string(typed), stored});
        set(value(boost::json::string(stored)));
    }
    // No tick is no answer.
    void flag(bool given) { set(given ? value(true) : value()); }

    std::string code_of(std::string_view code) const {
        const auto known = std::any_of(field_.choices.begin(), field_.choices.end(),
                                       [&](const Choice& one) { return one.code == code; });
        return known ? std::string(code) : std::string();
    }
    // Files are written with labels; those still offered come before removed ones, labels before codes.
    std::string code_called(std::string_view word) const {
        for (const bool removed : {false, true})
            for (const auto& choice : field_.choices)
                if (choice.removed == removed && (choice.label.ja == word || choice.label.en == word))
                    return choice.code;
        return code_of(word);
    }
    // In the order of the options, each once, so that the same answer is always written alike.
    void codes(const std::vector<std::string>& chosen) {
        if (std::any_of(chosen.begin(), chosen.end(), [](const auto& code) { return code.empty(); }))
            return fail("not_a_choice");
        boost::json::array ordered;
        for (const auto& choice : field_.choices)
            if (std::find(chosen.begin(), chosen.end(), choice.code) != chosen.end())
                ordered.emplace_back(choice.code);
        set(ordered.empty() ? value() : value(std::move(ordered)));
    }

    const Field& field_;
    const std::string& pointer_;
    Input& input_;
};

bool has_code(const value* answer, std::string_view code) {
    const auto* codes = answer ? answer->if_array() : nullptr;
    return codes && std::any_of(codes->begin(), codes->end(), [&](const value& one) {
               return one.is_string() && std::string_view(one.as_string()) == code;
           });
}

bool chooses_removed(const Answer& answer, const value* before) {
    return std::any_of(answer.field->choices.begin(), answer.field->choices.end(), [&](const Choice& choice) {
        return choice.removed && has_code(&answer.value, choice.code) && !has_code(before, choice.code);
    });
}

// One who was told what is wrong with a field is not told again.
void add_error(Input& input, const std::string& pointer, const char* code) {
    const bool told = std::any_of(input.errors.begin(), input.errors.end(),
                                  [&](const FieldError& error) { return error.pointer == pointer; });
    if (!told) input.errors.push_back({pointer, code});
}

}  // namespace

void read_answer(const Field& field, const value& given, const std::string& pointer, Input& input) {
    AnswerReader(field, pointer, input).json(given);
}

void read_answer_cell(const Field& field, std::string_view cell, const std::string& pointer, Input& input) {
    AnswerReader(field, pointer, input).cell(cell);
}

void settle_answers(const core::Table& table, const core::Record* before, Input& input) {
    if (input.answers.empty()) return;
    auto answers =
        before ? core::answers::parse(std::get<std::string>(before->values[table.column(core::kAnswers)]))
               : core::answers::Object();
    for (const auto& one : input.answers) {
        const auto& key = one.field->answer;
        if (chooses_removed(one, answers.if_contains(key))) add_error(input, one.pointer, "not_a_choice");
        if (one.value.is_null())
            answers.erase(key);
        else
            answers[key] = one.value;
    }
    input.values.emplace_back(core::kAnswers, core::answers::format(answers));
}

void require_answers(const core::Catalogue& catalogue, const core::Record* before, Input& input) {
    for (const auto* field : catalogue.own_fields()) {
        if (!field->required) continue;
        const auto given = std::find_if(input.answers.begin(), input.answers.end(), [&](const Answer& one) {
            return one.field->answer == field->answer;
        });
        const bool is_empty = given == input.answers.end() ? before == nullptr : given->value.is_null();
        if (is_empty)
            add_error(input, given == input.answers.end() ? "/" + field->key : given->pointer, "required");
    }
}

}  // namespace otokui::customer
