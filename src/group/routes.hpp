#pragma once

#include <vector>

#include "group/service.hpp"
#include "http/router.hpp"

namespace otokui::group {

/// POST /groups/{master}/members. `context` must outlive the routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::group
