#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace otokui::demo {

/// People of a prefecture (JIS 1..47) in thousands, about 2020.
std::uint64_t thousands_of_people(std::size_t prefecture);

/// A telephone area code with its leading 0 that is used in the city, or at least in the prefecture. `choice`
/// picks one where the prefecture has several.
std::string_view area_code(int prefecture, std::string_view city, std::size_t choice);

}  // namespace otokui::demo
