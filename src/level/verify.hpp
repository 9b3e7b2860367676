#pragma once

#include <string>
#include <vector>

#include "core/registry.hpp"
#include "storage/database.hpp"

namespace otokui::level {

/// What is wrong with the levels held, for `otokui verify`: a level that is not there, a holder who is no
/// member, or a member who has not changed since the last judging and holds what its rule does not give.
/// Members in stretches, whatever their number; the first 20 findings.
std::vector<std::string> verify_levels(storage::Transaction& tx, const core::Registry& registry);

}  // namespace otokui::level
