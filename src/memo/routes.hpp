#pragma once

#include <vector>

#include "http/router.hpp"
#include "memo/types.hpp"

namespace otokui::memo {

/// `context` outlives the routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::memo
