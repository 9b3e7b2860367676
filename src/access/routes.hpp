#pragma once

#include <vector>

#include "access/service.hpp"
#include "http/router.hpp"

namespace otokui::access {

/// /access-log. `context` must outlive the routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::access
