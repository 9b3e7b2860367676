#pragma once

#include <vector>

#include "http/router.hpp"
#include "list/service.hpp"

namespace otokui::list {

/// `context` outlives the routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::list
