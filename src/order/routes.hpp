#pragma once

#include <vector>

#include "base/clock.hpp"
#include "http/router.hpp"
#include "storage/database.hpp"

namespace otokui::order {

/// /orders/{order}; /customers/{customer}/orders, /purchases, /purchases/periods and /purchases/why.
/// `database` must outlive the routes.
std::vector<http::Route> routes(storage::Database& database, Clock clock);

}  // namespace otokui::order
