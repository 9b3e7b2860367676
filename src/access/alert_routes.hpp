#pragma once

#include <vector>

#include "access/service.hpp"
#include "http/router.hpp"

namespace otokui::access {

/// /access-alerts. `context` must outlive the routes.
std::vector<http::Route> alert_routes(const Context& context);

}  // namespace otokui::access
