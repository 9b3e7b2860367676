#include "base/text/digits.hpp"

#include "base/text/utf8.hpp"

namespace otokui::text {

int digit_value(char32_t code_point) {
    if (code_point >= '0' && code_point <= '9') return static_cast<int>(code_point - '0');
    if (code_point >= 0xFF10 && code_point <= 0xFF19) return static_cast<int>(code_point - 0xFF10);
    return -1;
}

std::string only_digits(std::string_view text) {
    std::string digits;
    for (std::size_t at = 0; at < text.size();) {
        const int value = digit_value(next_code_point(text, at));
        if (value >= 0) digits.push_back(static_cast<char>('0' + value));
    }
    return digits;
}

std::string phone_digits(std::string_view text) {
    bool international = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        if (digit_value(point) >= 0) break;
        if (point == '+' || point == 0xFF0B) international = true;
    }
    std::string digits = only_digits(text);
    if (!international || !digits.starts_with("81")) return digits;
    digits.erase(0, 2);
    if (!digits.starts_with('0')) digits.insert(digits.begin(), '0');
    return digits;
}

}  // namespace otokui::text
