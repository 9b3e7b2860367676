#pragma once

#include "core/registry.hpp"

namespace otokui::points {

/// Rows of the ledger in the one stream of everything about a customer.
std::vector<core::TimelineItem> list_timeline(storage::Transaction& tx, const core::Actor& actor,
                                              std::int64_t customer,
                                              std::optional<core::TimelinePlace> before, std::size_t most);

}  // namespace otokui::points
