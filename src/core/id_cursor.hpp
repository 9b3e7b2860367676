#pragma once

#include <cstdint>
#include <string>

namespace otokui::core {

/// Refused invalid cursor.invalid: the place of a page is none that a list gave.
[[noreturn]] void refuse_cursor();

/// The id below which a page of a list begins that goes from the newest id down: its cursor is the last id
/// shown, and an empty one the top. Refused invalid cursor.invalid.
std::int64_t id_below(const std::string& cursor);
/// The same of a list that goes upwards, whose top is 0.
std::int64_t id_above(const std::string& cursor);

}  // namespace otokui::core
