#include "mail/template.hpp"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"

namespace otokui::mail {
namespace {

namespace mustache = kainjow::mustache;

constexpr char kMark = '\x01';
constexpr std::string_view kHidden = "••••••";

const Variable* find_variable(std::span<const Variable> variables, std::string_view name) {
    const auto found =
        std::ranges::find_if(variables, [&](const Variable& variable) { return variable.name == name; });
    return found == variables.end() ? nullptr : &*found;
}

std::string_view trimmed_tag(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

/// Walks a template tag by tag.
class Checker {
public:
    Checker(std::string_view source, Place place, std::span<const Variable> variables,
            const std::string& pointer)
        : source_(source), place_(place), variables_(variables), pointer_(pointer) {}

    std::vector<FieldError> run() {
        std::size_t at = 0;
        while ((at = source_.find("{{", at)) != std::string_view::npos) {
            const auto end = source_.find("}}", at + 2);
            if (end == std::string_view::npos) {
                add("template.unclosed_tag", at, {"「}}」がありません", "}} is missing"});
                return errors_;
            }
            check_tag(at, source_.substr(at + 2, end - at - 2));
            at = end + 2;
        }
        for (const auto& section : open_)
            add("template.unclosed_section", section.at,
                {"「{{/" + section.name + "}}」がありません", "{{/" + section.name + "}} is missing"});
        return errors_;
    }

private:
    struct Section {
        std::string name;
        std::size_t at;
        const Variable* list;  // nullptr within {{^…}}: there are no rows
    };

    void add(std::string code, std::size_t at, const Text& what) {
        const auto before = source_.substr(0, at);
        const auto line = std::to_string(std::ranges::count(before, '\n') + 1);
        const auto line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        const auto column = std::to_string(text::code_point_count(before.substr(line_start)) + 1);
        errors_.push_back({pointer_,
                           std::move(code),
                           {line + "行目の" + column + "文字目: " + what.ja + "。",
                            "Line " + line + ", column " + column + ": " + what.en + "."}});
    }

    void check_tag(std::size_t at, std::string_view content) {
        const char first = content.empty() ? '\0' : content.front();
        const auto name = trimmed_tag(content.empty() ? content : content.substr(1));
        switch (first) {
            case '!':
                return;
            case '#':
            case '^':
                return open_section(at, name, first);
            case '/':
                return close_section(at, name);
            case '{':
            case '&':
                return add("template.raw_value", at,
                           {"「{{{」と「{{&」は使えません。「{{名前}}」を使ってください",
                            "{{{ and {{& are not allowed; use {{name}}"});
            case '>':
                return add("template.partial", at,
                           {"部分テンプレートは使えません", "partials are not allowed"});
            case '=':
                return add("template.delimiters", at,
                           {"区切り記号は変更できません", "delimiters cannot be changed"});
            default:
                return check_value(at, trimmed_tag(content));
        }
    }

    const Variable* look_up(std::string_view name) const {
        for (auto section = open_.rbegin(); section != open_.rend(); ++section)
            if (section->list != nullptr)
                if (const auto* found = find_variable(section->list->columns, name)) return found;
        return find_variable(variables_, name);
    }

    void check_value(std::size_t at, std::string_view name) {
        const auto* variable = look_up(name);
        if (variable == nullptr) return unknown(at, name);
        if (variable->kind == VariableKind::list)
            return add("template.list_as_value", at,
                       {"「" + std::string(name) + "」は一覧です。「{{#" + std::string(name) + "}}…{{/" +
                            std::string(name) + "}}」で囲んでください",
                        std::string(name) + " is a list: use {{#" + std::string(name) + "}}…{{/" +
                            std::string(name) + "}}"});
        if (place_ == Place::subject && variable->kind != VariableKind::text)
            add("template.not_in_subject", at,
                {"「" + std::string(name) + "」は件名には使えません",
                 std::string(name) + " cannot stand in the subject"});
    }

    void open_section(std::size_t at, std::string_view name, char kind) {
        constexpr std::size_t kDeepest = 8;
        const auto* variable = look_up(name);
        if (variable == nullptr)
            unknown(at, name);
        else if (variable->kind != VariableKind::list)
            add("template.not_a_list", at,
                {"「" + std::string(name) + "」は一覧ではありません", std::string(name) + " is not a list"});
        else if (open_.size() >= kDeepest)
            add("template.too_deep", at, {"入れ子が深すぎます", "nested too deeply"});
        open_.push_back({std::string(name), at, kind == '#' ? variable : nullptr});
    }

    void close_section(std::size_t at, std::string_view name) {
        if (open_.empty() || open_.back().name != name) {
            add("template.wrong_end", at,
                {"「{{/" + std::string(name) + "}}」に対応する始まりがありません",
                 "{{/" + std::string(name) + "}} closes nothing"});
            return;
        }
        open_.pop_back();
    }

    void unknown(std::size_t at, std::string_view name) {
        add("template.unknown_variable", at,
            {"「" + std::string(name) + "」という差込項目はありません",
             "there is no variable \"" + std::string(name) + "\""});
    }

    std::string_view source_;
    Place place_;
    std::span<const Variable> variables_;
    const std::string& pointer_;
    std::vector<Section> open_;
    std::vector<FieldError> errors_;
};

std::string cleaned(std::string_view value, Place place) {
    std::string result;
    for (const char32_t c : text::CodePoints(value)) {
        const bool line_end = c == '\n' && place != Place::subject;
        const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
        text::append_utf8(result, control && !line_end ? U' ' : c);
    }
    return result;
}

mustache::data data_of(std::span<const Variable> variables, const Values& values, Place place) {
    mustache::data data{mustache::data::type::object};
    std::size_t used = 0;
    for (const auto& variable : variables) {
        const auto missing = [&]() -> std::logic_error {
            return std::logic_error("mail: no value for " + variable.name);
        };
        if (variable.kind == VariableKind::list) {
            const auto found = values.lists.find(variable.name);
            if (found == values.lists.end()) throw missing();
            mustache::data rows{mustache::data::type::list};
            for (const auto& row : found->second)
                rows.push_back(data_of(variable.columns, Values{.texts = row}, place));
            data.set(variable.name, rows);
        } else if (variable.kind == VariableKind::secret) {
            if (!values.secrets.contains(variable.name)) throw missing();
            data.set(variable.name, mark_of(variable.name));
        } else {
            const auto found = values.texts.find(variable.name);
            if (found == values.texts.end()) throw missing();
            data.set(variable.name, cleaned(found->second, place));
        }
        ++used;
    }
    if (used != values.texts.size() + values.secrets.size() + values.lists.size())
        throw std::logic_error("mail: a value that the template has no variable for");
    return data;
}

std::string escape_html(const std::string& text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string render_text(const std::string& source, std::span<const Variable> variables, const Values& values,
                        Place place) {
    mustache::mustache parsed{source};
    if (place == Place::body_html)
        parsed.set_custom_escape(escape_html);
    else
        parsed.set_custom_escape([](const std::string& text) { return text; });
    auto result = parsed.render(data_of(variables, values, place));
    if (!parsed.is_valid()) throw std::logic_error("mail: a template that was not checked");
    return result;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

}  // namespace

std::vector<FieldError> check_template(std::string_view source, Place place,
                                       std::span<const Variable> variables, const std::string& pointer) {
    const auto problem =
        place == Place::subject ? text::line_problem(source) : text::multiline_problem(source);
    if (problem) return {{pointer, std::string(*problem)}};
    if (place == Place::subject ? text::code_point_count(source) > kMaxSubject : source.size() > kMaxBody)
        return {{pointer, "too_long"}};
    if (place != Place::body_html && text::trimmed(source).empty()) return {{pointer, "required"}};
    return Checker(source, place, variables, pointer).run();
}

Contents render(const Contents& source, std::span<const Variable> variables, const Values& values) {
    Contents result;
    result.subject = std::string(text::first_code_points(
        render_text(source.subject, variables, values, Place::subject), 2 * kMaxSubject));
    result.body_text = render_text(source.body_text, variables, values, Place::body_text);
    if (source.body_html)
        result.body_html = render_text(*source.body_html, variables, values, Place::body_html);
    return result;
}

std::string mark_of(std::string_view secret_name) { return kMark + std::string(secret_name) + kMark; }

std::string with_secrets(std::string body, const Values& values, Place place) {
    for (const auto& [name, value] : values.secrets) {
        const auto clean = cleaned(value, place);
        body =
            replaced(std::move(body), mark_of(name), place == Place::body_html ? escape_html(clean) : clean);
    }
    return body;
}

std::string without_marks(std::string body) {
    for (auto from = body.find(kMark); from != std::string::npos; from = body.find(kMark, from)) {
        const auto end = body.find(kMark, from + 1);
        if (end == std::string::npos) break;
        body.replace(from, end - from + 1, kHidden);
    }
    return body;
}

Values samples_of(std::span<const Variable> variables) {
    Values values;
    for (const auto& variable : variables) {
        if (variable.kind == VariableKind::list)
            values.lists[variable.name] = {samples_of(variable.columns).texts};
        else if (variable.kind == VariableKind::secret)
            values.secrets[variable.name] = variable.sample;
        else
            values.texts[variable.name] = variable.sample;
    }
    return values;
}

}  // namespace otokui::mail
