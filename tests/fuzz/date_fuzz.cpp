// A day that was read exists and is read again from every form it is shown in; anything else has a code.

#include <cstdint>
#include <string_view>

#include "base/text/birth_date.hpp"
#include "law.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace otokui;
    const std::string_view written(reinterpret_cast<const char*>(data), size);
    const text::ParsedDay parsed = text::parse_written_day(written);
    OTOKUI_LAW(parsed.day.has_value() == parsed.code.empty());
    if (!parsed.day) return 0;
    OTOKUI_LAW(parsed.day->ok());
    OTOKUI_LAW(text::parse_written_day(format_day(*parsed.day)).day == parsed.day);
    OTOKUI_LAW(text::parse_written_day(text::format_slashed(*parsed.day)).day == parsed.day);
    const std::string japanese = text::format_japanese_day(*parsed.day);
    OTOKUI_LAW(japanese.empty() || text::parse_written_day(japanese).day == parsed.day ||
               static_cast<int>(parsed.day->year()) > 2117);
    return 0;
}
