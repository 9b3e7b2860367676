#pragma once

#include "core/registry.hpp"

namespace otokui::staff {

/// Registers the tables of staff, their kinds of operations and the rules that hold whoever changes them, an
/// undo included: the last owner cannot go, only owners touch owners, and a change of role or disabling ends
/// the person's sessions in the same transaction.
void register_tables(core::Registry& registry);

}  // namespace otokui::staff
