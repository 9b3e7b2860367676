#pragma once

#include "core/registry.hpp"

namespace otokui::transfer {

/// import_row, import_mapping and the kinds of operations of imports and exports.
void register_tables(core::Registry& registry);

}  // namespace otokui::transfer
