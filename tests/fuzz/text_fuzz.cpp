// Any bytes: shadows are the same when made again and valid UTF-8, whatever went in; valid text as typed
// becomes the stored form in one step; checks and dates answer without falling over.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text/bigram.hpp"
#include "base/text/birth_date.hpp"
#include "base/text/normalise.hpp"
#include "base/text/shadow.hpp"
#include "base/text/utf8.hpp"
#include "law.hpp"

namespace text = otokui::text;

namespace {

void check_shadows(std::string_view input) {
    for (const auto kind : {text::ShadowKind::text, text::ShadowKind::mail, text::ShadowKind::phone,
                            text::ShadowKind::digits, text::ShadowKind::address}) {
        const std::string shadow = text::shadow(kind, input);
        OTOKUI_LAW(text::is_valid_utf8(shadow) || input.find('\0') != std::string_view::npos);
        OTOKUI_LAW(text::shadow(kind, shadow) == shadow);
        if (shadow.empty()) continue;
        // n code points give n + 1 tokens of eight characters, one space between them.
        OTOKUI_LAW(text::document_tokens(shadow).size() == (text::code_point_count(shadow) + 1) * 9 - 1);
    }
}

void check_stored_forms(std::string_view input) {
    for (const auto normalise : {text::trimmed, text::kana, text::phone, text::postal_code, text::mail}) {
        const std::string stored = normalise(input);
        OTOKUI_LAW(text::is_valid_utf8(stored));
        OTOKUI_LAW(normalise(stored) == stored);
    }
    for (const auto problem : {text::mail_problem, text::phone_problem, text::postal_code_problem,
                               text::kana_problem, text::line_problem, text::multiline_problem})
        problem(input);
}

void check_days(std::string_view input) {
    const auto parsed = text::parse_written_day(input);
    OTOKUI_LAW(parsed.day.has_value() == parsed.code.empty());
    if (!parsed.day) return;
    OTOKUI_LAW(parsed.day->ok());
    OTOKUI_LAW(text::parse_written_day(text::format_slashed(*parsed.day)).day == parsed.day);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check_shadows(input);
    if (text::is_valid_utf8(input)) {
        check_stored_forms(input);
        check_days(input);
    }
    return 0;
}
