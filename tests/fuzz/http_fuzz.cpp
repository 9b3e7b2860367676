// Any bytes as the head of a request, a target, cookies, a form: a head is judged the same however it
// arrives, and what is decoded is valid UTF-8 and without what must not be in it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text/utf8.hpp"
#include "http/head_check.hpp"
#include "http/target.hpp"
#include "law.hpp"

namespace http = otokui::http;

namespace {

void check_parameters(const http::Parameters& parameters) {
    for (const auto& [name, value] : parameters) {
        OTOKUI_LAW(otokui::text::is_valid_utf8(name));
        OTOKUI_LAW(otokui::text::is_valid_utf8(value));
    }
}

void check_head(std::string_view bytes) {
    http::HeadScanner whole;
    whole.scan(bytes);
    http::HeadScanner pieces;
    for (std::size_t end = 0; end <= bytes.size() && !pieces.fault() && !pieces.size(); ++end)
        pieces.scan(bytes.substr(0, end));
    OTOKUI_LAW(pieces.size() == whole.size());
    OTOKUI_LAW(pieces.fault().has_value() == whole.fault().has_value());
    if (!whole.size()) return;
    OTOKUI_LAW(*whole.size() <= bytes.size());
    const std::string_view head = bytes.substr(0, *whole.size());
    if (http::find_head_fault(head)) return;
    OTOKUI_LAW(head.ends_with("\r\n\r\n") && head.size() > 4);
    // What is handed on has one meaning: no lone line ends, no folded lines, no NUL.
    OTOKUI_LAW(head.find('\0') == head.npos);
    OTOKUI_LAW(head.find("\n ") == head.npos && head.find("\n\t") == head.npos);
    OTOKUI_LAW(std::ranges::count(head, '\r') == std::ranges::count(head, '\n'));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_head(bytes);
    if (const auto target = http::parse_target(bytes)) {
        OTOKUI_LAW(otokui::text::is_valid_utf8(target->path));
        for (const auto& segment : target->segments) OTOKUI_LAW(otokui::text::is_valid_utf8(segment));
        check_parameters(target->query);
    }
    if (const auto form = http::parse_form(bytes)) check_parameters(*form);
    check_parameters(http::parse_cookies(bytes));
    http::choose_language("", bytes);
    return 0;
}
