#pragma once

#include <string_view>

namespace otokui::group {

/// Parameters: group, act ("add", "remove"), target ({condition?, text?}).
inline constexpr std::string_view kMembersJob = "group.members.v1";

}  // namespace otokui::group
