#pragma once

#include "base/json.hpp"
#include "core/journal.hpp"
#include "staff/types.hpp"

// How a person likes the screens: columns, widths, density, language.
namespace otokui::staff {

/// What the person has chosen; an empty object before the first choice.
json::Object read_preferences(core::Journal& journal, StaffId staff);
/// Replaces them and answers what is kept; null means not chosen. Refused body.invalid with every field
/// error.
json::Object write_preferences(core::Journal& journal, StaffId staff, const json::Value& body);

}  // namespace otokui::staff
