#pragma once

#include <vector>

#include "core/catalogue.hpp"

namespace otokui::order {

/// 決済状況, in the order of an order's life.
const std::vector<core::Choice>& payment_statuses();

}  // namespace otokui::order
