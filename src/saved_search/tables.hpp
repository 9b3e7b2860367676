#pragma once

#include "core/registry.hpp"

namespace otokui::saved_search {

/// Registers the table, its kinds of operations, and the rule that holds whoever changes a row, an undo
/// included: personal ones are changed by their person alone, those of a group by its members and by whoever
/// may change the group.
void register_tables(core::Registry& registry);

}  // namespace otokui::saved_search
