#pragma once

#include "core/registry.hpp"

namespace otokui::search {

/// stored_search, customer_set and customer_answer. The text index is the engine's own and stands in no
/// registry.
void register_tables(core::Registry& registry);

}  // namespace otokui::search
