// Any bytes: the parser either refuses them or reads a value that survives being written and read again, and
// that no reader of objects can be confused by.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/json.hpp"
#include "base/text/utf8.hpp"
#include "law.hpp"

namespace {

std::size_t depth_of(const otokui::json::Value& value) {
    std::size_t deepest = 0;
    if (const auto* array = value.if_array())
        for (const auto& element : *array) deepest = std::max(deepest, depth_of(element));
    if (const auto* object = value.if_object())
        for (const auto& member : *object) deepest = std::max(deepest, depth_of(member.value()));
    return deepest + (value.is_structured() ? 1 : 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const auto value = otokui::json::parse(text);
        OTOKUI_LAW(otokui::text::is_valid_utf8(text));
        OTOKUI_LAW(depth_of(value) <= otokui::json::kMaxDepth);
        OTOKUI_LAW(otokui::json::parse(otokui::json::to_text(value)) == value);
        otokui::json::ObjectReader reader(value);
        reader.find_text("text");
        reader.find_integer("integer");
        reader.find_ids("ids");
        OTOKUI_LAW(reader.id("id") >= 0);
        OTOKUI_LAW(reader.errors().size() <= otokui::json::ObjectReader::kMaxErrors);
    } catch (const otokui::Refused& refused) {
        OTOKUI_LAW(refused.problem().code.starts_with("json."));
    }
    return 0;
}
