#pragma once

#include "core/catalogue.hpp"

namespace otokui::order {

/// What conditions can ask of a customer's orders: {"has":"order",…}.
void declare_conditions(core::Catalogue& catalogue);

}  // namespace otokui::order
