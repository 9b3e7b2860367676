#pragma once

#include "core/registry.hpp"

namespace otokui::level {

/// Registers the plans of judging, the settings, the kind of operation, and what `verify` looks at: every
/// level held exists and is a member's.
void register_tables(core::Registry& registry);

}  // namespace otokui::level
