#include "core/id_set.hpp"

#include <algorithm>
#include <charconv>

namespace otokui::core {

std::string format_set(std::vector<std::int64_t> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::string text;
    for (const auto id : ids) text += "," + std::to_string(id);
    if (!text.empty()) text += ",";
    return text;
}

std::vector<std::int64_t> parse_set(std::string_view text) {
    std::vector<std::int64_t> ids;
    const char* position = text.data();
    const char* const end = position + text.size();
    while (position < end) {
        std::int64_t id = 0;
        const auto [next, error] = std::from_chars(position + 1, end, id);  // + 1: the comma before each id
        if (error != std::errc()) break;
        ids.push_back(id);
        position = next;
    }
    return ids;
}

}  // namespace otokui::core
