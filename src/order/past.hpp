#pragma once

#include <map>
#include <string>

#include "base/ids.hpp"
#include "core/rewind.hpp"

namespace otokui::order {

/// The purchase figures of a customer as they were, by column, from the orders of that time. Nothing when the
/// orders' changes have been emptied by an erasure.
void past_purchases(storage::Transaction& tx, const core::Registry& registry, CustomerId customer,
                    const core::Cut& cut, std::map<std::string, storage::Value, std::less<>>& figures);

}  // namespace otokui::order
