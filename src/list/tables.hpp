#pragma once

#include "core/registry.hpp"

namespace otokui::list {

inline constexpr std::string_view kTable = "customer_list";
inline constexpr std::string_view kMemberTable = "customer_list_member";

void register_tables(core::Registry& registry);

}  // namespace otokui::list
