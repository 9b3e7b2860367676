#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "storage/database.hpp"

// Many values as one: a list of any length is one bound value, so that no engine's limit of values is met and
// few statements differ. It goes as JSON, which both engines read; an array literal would need its own
// escapes.
namespace otokui::storage {

/// "(SELECT …)" with one row per number or text of the one value bound in it; `column` names the rows.
std::string select_integers(Engine engine, std::string_view column = "value");
std::string select_texts(Engine engine, std::string_view column = "value");

Value list_value(std::span<const std::int64_t> numbers);
/// The texts are UTF-8 without NUL.
Value list_value(std::span<const std::string> texts);

}  // namespace otokui::storage
