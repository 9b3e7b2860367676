#pragma once

#include <vector>

#include "base/json.hpp"

namespace otokui::staff {

/// Adds what a rule found wrong to what reading the body found wrong, so that a form is corrected in one go.
/// A field that could not even be read is not told twice.
void add_rule_errors(json::ObjectReader& reader, std::vector<FieldError> errors);

}  // namespace otokui::staff
