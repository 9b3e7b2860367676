#pragma once

#include <vector>

#include "http/router.hpp"
#include "storage/database.hpp"

namespace otokui::order {

/// /customers/{customer}/orders, /purchases and /purchases/why. `database` must outlive the routes.
std::vector<http::Route> routes(storage::Database& database);

}  // namespace otokui::order
