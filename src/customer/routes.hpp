#pragma once

#include <functional>
#include <string>
#include <vector>

#include "customer/service.hpp"
#include "http/router.hpp"

namespace otokui::customer {

/// What answers `?as_of=MOMENT`, the moment as it was typed: handed in by the composition root, because
/// customers know no time travel.
struct Past {
    std::function<Json(const core::Actor&, CustomerId, const std::string& as_of)> customer, addresses;
};

/// /catalogue, /customers, /customers/{customer} and its addresses. `context` must outlive the routes.
std::vector<http::Route> routes(const Context& context, const Past& past);

/// What belongs to the block list, a part that can be switched off.
std::vector<http::Route> block_routes(const Context& context);

}  // namespace otokui::customer
