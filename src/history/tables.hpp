#pragma once

#include <string_view>

namespace otokui::history {

/// The job that takes back an operation of more changes than one transaction should hold.
inline constexpr std::string_view kUndoJob = "history.undo.v1";

}  // namespace otokui::history
