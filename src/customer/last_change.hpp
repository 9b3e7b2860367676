#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "base/ids.hpp"
#include "core/registry.hpp"
#include "storage/database.hpp"

namespace otokui::customer {

/// Who last set a column of a customer, from the journal: `{operation, at, kind, kind_label, actor, reason}`;
/// null when the journal does not know (a shop that moved in, an erased history). Bounded by the customer's
/// changes, over one index.
boost::json::value last_change_of(storage::Transaction& tx, const core::Registry& registry,
                                  CustomerId customer, std::string_view column);

}  // namespace otokui::customer
