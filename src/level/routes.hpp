#pragma once

#include <vector>

#include "http/router.hpp"
#include "level/types.hpp"

namespace otokui::level {

/// /levels/judge, /customers/{customer}/level/why. `context` must outlive them.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::level
