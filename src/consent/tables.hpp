#pragma once

#include <vector>

#include "core/catalogue.hpp"
#include "core/registry.hpp"

namespace otokui::consent {

/// Table, kinds of operations, timeline and verification. The catalogue, which says what the four are called,
/// outlives the registry.
void register_tables(core::Registry& registry, const core::Catalogue& catalogue);

/// For core::Hooks::after of table customer: an entry for each of the four that a row changed, in the same
/// transaction, whoever changed it. A new customer's "no" is no statement and leaves none.
void note_changes(core::Writer& writer, const std::vector<core::RowChange>& changes);

}  // namespace otokui::consent
