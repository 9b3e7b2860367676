#pragma once

#include <vector>

#include "customer/service.hpp"
#include "http/router.hpp"

namespace otokui::customer {

/// /catalogue, /customers, /customers/{customer} and its addresses. `context` must outlive the routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::customer
