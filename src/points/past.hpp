#pragma once

#include <map>
#include <string>

#include "base/ids.hpp"
#include "core/rewind.hpp"

namespace otokui::points {

/// The customer's balance as it was, from the ledger of that time. The nearest date is not told: a change of
/// the rules may have moved it since.
void past_points(storage::Transaction& tx, const core::Registry& registry, CustomerId customer,
                 const core::Cut& cut, std::map<std::string, storage::Value, std::less<>>& figures);

}  // namespace otokui::points
