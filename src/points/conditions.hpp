#pragma once

#include "core/catalogue.hpp"

namespace otokui::points {

/// What conditions can ask of the ledger: {"has":"point_entry",…}.
void declare_conditions(core::Catalogue& catalogue);

}  // namespace otokui::points
