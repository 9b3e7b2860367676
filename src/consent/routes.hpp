#pragma once

#include <vector>

#include "consent/types.hpp"
#include "http/router.hpp"

namespace otokui::consent {

/// `context` outlives the routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::consent
