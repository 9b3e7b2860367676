// Any bytes: the parser either refuses them or reads a value that survives being written and read again.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/json.hpp"
#include "base/text/utf8.hpp"
#include "law.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const auto value = otokui::json::parse(text);
        OTOKUI_LAW(otokui::text::is_valid_utf8(text));
        OTOKUI_LAW(otokui::json::parse(otokui::json::to_text(value)) == value);
    } catch (const otokui::Refused& refused) {
        OTOKUI_LAW(refused.problem().code.starts_with("json."));
    }
    return 0;
}
