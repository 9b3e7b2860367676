#include "base/text/utf8.hpp"

namespace otokui::text {

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead == 0) return at;
        if (lead < 0x80) {
            ++at;
            continue;
        }
        const std::size_t start = at;
        next_code_point(text, at);
        if (at - start == 1) return start;
    }
    return std::nullopt;
}

std::size_t code_point_count(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
    return count;
}

std::string_view first_code_points(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    std::size_t at = 0;
    for (std::size_t count = 0; at < text.size() && count < limit; ++count) next_code_point(text, at);
    return text.substr(0, at);
}

std::string_view first_bytes(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    std::size_t cut = limit;
    while (cut > 0 && limit - cut < 3 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    return text.substr(0, cut);
}

}  // namespace otokui::text
