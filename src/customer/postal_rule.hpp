#pragma once

#include <vector>

#include "core/registry.hpp"
#include "customer/input.hpp"

namespace otokui::customer {

/// A postal code that `input` brings together with a prefecture it does not lie in (DOMAIN 2.2): /prefecture
/// postal_code_elsewhere, where the shop's setting check_postal_code asks for it. Codes that Japan Post's
/// table does not know pass. `table`: customers or their addresses; `before`: null for a new row.
std::vector<FieldError> check_postal_code(storage::Transaction& tx, const core::Registry& registry,
                                          const core::Table& table, const core::Record* before,
                                          const Input& input);

}  // namespace otokui::customer
