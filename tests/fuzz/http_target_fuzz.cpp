// Targets, queries, cookies and languages: what is read is clean text, whatever was sent.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/text/utf8.hpp"
#include "http/target.hpp"
#include "law.hpp"

namespace {

void check(const otokui::http::Parameters& parameters) {
    for (const auto& [name, value] : parameters)
        OTOKUI_LAW(otokui::text::is_valid_utf8(name) && otokui::text::is_valid_utf8(value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace otokui::http;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto target = parse_target(bytes)) {
        check(target->query);
        OTOKUI_LAW(!target->segments.empty() && target->path.starts_with('/'));
        const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
        OTOKUI_LAW(!(std::ranges::any_of(target->path, is_control)));
        OTOKUI_LAW(otokui::text::is_valid_utf8(target->path));
    }
    if (const auto form = parse_form(bytes)) check(*form);
    check(parse_cookies(bytes));
    choose_language("", bytes);
    return 0;
}
