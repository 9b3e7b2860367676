#pragma once

#include <string>

#include "core/registry.hpp"

namespace otokui::app {

/// The right it takes to see values of the table's rows, wherever they are shown: histories
/// (history::Context). Empty: none besides that of the route.
std::string right_to_read(const core::Table& table);

}  // namespace otokui::app
