#pragma once

#include <vector>

#include "history/service.hpp"
#include "http/router.hpp"
#include "master/service.hpp"

namespace otokui::master {

/// /masters, and for each master /{path}, /{path}/order, /{path}/{master}, its history;
/// /groups/{master}/default. Both contexts must outlive the routes.
std::vector<http::Route> routes(const Context& context, const history::Context& histories);

}  // namespace otokui::master
