#pragma once

#include "core/registry.hpp"

namespace otokui::mail {

void register_tables(core::Registry& registry);

/// Mails in the timeline of a customer; called by register_tables.
void register_timeline(core::Registry& registry);

}  // namespace otokui::mail
