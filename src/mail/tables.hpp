#pragma once

#include "core/registry.hpp"

namespace otokui::mail {

void register_tables(core::Registry& registry);

}  // namespace otokui::mail
