#pragma once

#include "core/catalogue.hpp"
#include "core/registry.hpp"

namespace otokui::memo {

/// Table, kinds of operations, timeline and verification.
void register_tables(core::Registry& registry);

/// What conditions can ask of a customer's memos: {"has":"memo",…}.
void declare_conditions(core::Catalogue& catalogue);

}  // namespace otokui::memo
