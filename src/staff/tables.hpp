#pragma once

#include <functional>

#include "core/registry.hpp"

namespace otokui::staff {

/// Registers the tables of staff, their kinds of operations and the rules that hold whoever changes them, an
/// undo included: the last owner cannot go, only owners touch owners, and a change of role or disabling ends
/// the person's sessions in the same transaction. `mail_rule_changed`: see register_shop_tables.
void register_tables(core::Registry& registry, std::function<void(core::Writer&)> mail_rule_changed = {});

}  // namespace otokui::staff
