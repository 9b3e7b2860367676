#pragma once

#include "http/router.hpp"

namespace otokui::postal {

/// GET /api/v1/postal-codes/{code}: the places of a postal code, offline.
http::Route route();

}  // namespace otokui::postal
