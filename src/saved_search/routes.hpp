#pragma once

#include <vector>

#include "history/service.hpp"
#include "http/router.hpp"
#include "saved_search/service.hpp"

namespace otokui::saved_search {

/// /saved-searches. Both contexts must outlive the routes.
std::vector<http::Route> routes(const Context& context, const history::Context& histories);

}  // namespace otokui::saved_search
