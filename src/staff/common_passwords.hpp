#pragma once

#include <string_view>

namespace otokui::staff {

/// True for the passwords of 12 and more characters that attackers try first (common_passwords.txt), in any
/// case. Binary search over the embedded list: nothing is copied.
bool is_common_password(std::string_view password);

}  // namespace otokui::staff
