#pragma once

#include <string_view>

namespace otokui::text {

/// Whether a spreadsheet would take the cell for a formula or cut it: it begins with = + - @ TAB CR LF NUL or
/// the full-width ＝ ＋ － ＠ (SECURITY I4).
bool begins_like_formula(std::string_view cell);

}  // namespace otokui::text
