// A template that passes its check renders, and no value gets into HTML unescaped.

#include <cstdint>
#include <string>

#include "law.hpp"
#include "mail/template.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace otokui::mail;
    static const std::vector<Variable> variables{
        {"a", {}, VariableKind::text, "<\x02value of a>"},
        {"s", {}, VariableKind::secret, "<\x02value of s>"},
        {"l", {}, VariableKind::list, "", {{"b", {}, VariableKind::text, "<\x02value of b>"}}}};
    static const auto values = samples_of(variables);
    const std::string source(reinterpret_cast<const char*>(data), size);
    // Only values may bring this byte: a longer mark could be put together around a comment.
    if (source.find('\x02') != std::string::npos) return 0;
    if (!check_template(source, Place::body_html, variables, "/body_html").empty()) return 0;
    const auto shown = render({.subject = "", .body_text = "", .body_html = source}, variables, values);
    const auto html = with_secrets(*shown.body_html, values, Place::body_html);
    OTOKUI_LAW(html.find("<\x02") == std::string::npos);
    OTOKUI_LAW(html.find('\x01') == std::string::npos);
    return 0;
}
