#pragma once

#include <vector>

#include "base/problem.hpp"
#include "core/catalogue.hpp"
#include "form/types.hpp"

namespace otokui::form {

/// Everything that is wrong with a field, with pointers into the body of the API. `catalogue`: whose standard
/// fields' labels are taken.
std::vector<FieldError> check(const core::Catalogue& catalogue, const FormField& field);

/// The options after an edit: those of `after` in their order, then those of `before` that it leaves out,
/// removed. Options without a code get a free one ("o1", "o2" …).
std::vector<Option> with_kept_options(const std::vector<Option>& before, std::vector<Option> after);

/// As everything else reads it: label, type, limits and choices in the catalogue.
core::Field catalogue_field(const FormField& field);

}  // namespace otokui::form
