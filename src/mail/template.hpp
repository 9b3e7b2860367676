#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "mail/types.hpp"

// Mail templates: mustache with less in it. {{name}} stands for a value, {{#list}}…{{/list}} repeats over the
// rows of a list, {{^list}}…{{/list}} stands where a list is empty, {{! … }} is a note. Everything else that
// mustache has ({{{raw}}}, {{&raw}}, {{>partial}}, {{=<% %>=}}) is refused on saving, and so is a name that
// the template has no value for: nothing unescaped gets into HTML, nothing is silently empty.
namespace otokui::mail {

/// How a value may be used. contact: masked for some roles, so not in a subject, which lists show. secret:
/// not in a subject either, and kept out of the history.
enum class VariableKind { text, contact, secret, list };

struct Variable {
    std::string name;
    Text label;
    VariableKind kind = VariableKind::text;
    std::string sample = {};             // shown in the preview
    std::vector<Variable> columns = {};  // of a list's rows
};

/// A text in each part of a mail.
struct Contents {
    std::string subject;
    std::string body_text;
    std::optional<std::string> body_html = {};
    bool operator==(const Contents&) const = default;
};

/// A template as shipped, in one language. `id` never changes.
struct ShippedTemplate {
    std::int64_t id;
    std::string name;  // "password_reset"
    Language language;
    Text label;
    std::vector<Variable> variables;
    Contents contents;
};

std::span<const ShippedTemplate> shipped_templates();
const ShippedTemplate* find_shipped(std::int64_t id);
/// std::logic_error when unknown: names are given by the code that sends, not by people.
const ShippedTemplate& get_shipped(std::string_view name, Language language);

enum class Place { subject, body_text, body_html };

inline constexpr std::size_t kMaxSubject = 200;   // code points
inline constexpr std::size_t kMaxBody = 100'000;  // bytes

/// What is wrong with one text of a template, each with line and column (in characters, from 1) in its
/// message. `pointer`: the field it came in. Pure.
std::vector<FieldError> check_template(std::string_view source, Place place,
                                       std::span<const Variable> variables, const std::string& pointer);

/// Fills in. HTML is escaped in body_html and nowhere else. Control characters in values become spaces, but
/// line ends stay in the bodies. Secrets become their mark (mark_of). The source must have passed
/// check_template; std::logic_error when a variable has no value or a value no variable.
Contents render(const Contents& source, std::span<const Variable> variables, const Values& values);

/// What stands in the stored body for a secret until it is sent; holds a control character, so no value can
/// look like it.
std::string mark_of(std::string_view secret_name);
/// Puts the secrets in; for HTML escaped.
std::string with_secrets(std::string body, const Values& values, Place place);
/// The body as people may see it: a mark becomes "••••••".
std::string without_marks(std::string body);

/// The samples of the variables.
Values samples_of(std::span<const Variable> variables);

}  // namespace otokui::mail
