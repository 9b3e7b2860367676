#pragma once

#include <vector>

#include "http/router.hpp"
#include "points/service.hpp"

namespace otokui::points {

/// /customers/{customer}/points, /customers/{customer}/points/lots, /points/{entry}/cancel, /point-kinds.
/// `context` must outlive them.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::points
