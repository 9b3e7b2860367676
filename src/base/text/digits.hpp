#pragma once

#include <string>
#include <string_view>

namespace otokui::text {

/// 0..9 for an ASCII or full-width digit, -1 for anything else.
int digit_value(char32_t code_point);

/// The digits of `text`, full width made ASCII, all else dropped.
std::string only_digits(std::string_view text);

/// only_digits, but a leading +81 (before any other digit) becomes one 0: "+81 (0)90-1234" -> "0901234".
std::string phone_digits(std::string_view text);

}  // namespace otokui::text
