#pragma once

#include <vector>

#include "history/service.hpp"
#include "http/router.hpp"

namespace otokui::history {

/// /customers/{customer}/history, /operations, undo and what an undo left alone. `context` must outlive the
/// routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::history
