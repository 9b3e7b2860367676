#pragma once

#include <vector>

#include "http/router.hpp"

namespace otokui::postal {

/// GET /api/v1/postal-codes/{code}: the places of a postal code. POST /api/v1/postal-codes/search: the codes
/// of an address. Both offline.
std::vector<http::Route> routes();

}  // namespace otokui::postal
