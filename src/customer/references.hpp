#pragma once

#include <vector>

#include "core/catalogue.hpp"
#include "core/registry.hpp"

namespace otokui::customer {

/// core::Hooks::find_gone of customers: rows of masters (labels, levels …) that a customer newly holds. One
/// query for each row of a master.
std::vector<core::GoneReference> find_gone(const core::Catalogue& catalogue, const core::Table& table,
                                           storage::Transaction& tx,
                                           const std::vector<core::RowChange>& changes);

}  // namespace otokui::customer
