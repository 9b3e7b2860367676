#pragma once

#include <vector>

#include "coupon/types.hpp"
#include "http/router.hpp"

namespace otokui::coupon {

/// `context` outlives the routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::coupon
