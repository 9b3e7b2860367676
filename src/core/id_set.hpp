#pragma once

#include <string>

#include <cstdint>
#include <string_view>
#include <vector>

namespace otokui::core {

/// ",3,17," ascending without repeats: how a set of ids is stored in one column. Empty set: "".
std::string format_set(std::vector<std::int64_t> ids);
std::vector<std::int64_t> parse_set(std::string_view text);

}  // namespace otokui::core
