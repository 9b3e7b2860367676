#pragma once

#include <vector>

#include "http/router.hpp"
#include "time_travel/service.hpp"

namespace otokui::time_travel {

/// /customers/{customer}/restore-fields; `?as_of=` belongs to the customer's own routes. `context` must
/// outlive them.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::time_travel
