#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otokui {

/// Name of a prefecture by its JIS X 0401 number 1..47: "東京都" for 13. Empty for any other number.
std::string prefecture_name(int number);
/// The English name without its suffix: "Tokyo".
std::string prefecture_name_en(int number);
/// The number of a prefecture written "東京都", "東京", "Tokyo", "tokyo" or "13"; nothing when it is none.
std::optional<int> parse_prefecture(std::string_view text);

}  // namespace otokui
