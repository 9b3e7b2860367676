#pragma once

#include "core/registry.hpp"

namespace otokui::form {

/// form_field and its kinds of operations. A field that customers have answered stays, also when an undo
/// would take it away.
void register_tables(core::Registry& registry);

}  // namespace otokui::form
