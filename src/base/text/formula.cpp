#include "base/text/formula.hpp"

#include <algorithm>
#include <array>

namespace otokui::text {

bool begins_like_formula(std::string_view cell) {
    if (cell.empty()) return false;
    if (std::string_view("=+-@\t\r\n\0", 8).find(cell.front()) != std::string_view::npos) return true;
    constexpr std::array<std::string_view, 4> kFullWidth{"＝", "＋", "－", "＠"};
    return std::any_of(kFullWidth.begin(), kFullWidth.end(),
                       [cell](std::string_view sign) { return cell.starts_with(sign); });
}

}  // namespace otokui::text
