#pragma once

#include "core/registry.hpp"

namespace otokui::search {

/// stored_search and customer_set. The text index is the engine's own and stands in no registry.
void register_tables(core::Registry& registry);

}  // namespace otokui::search
