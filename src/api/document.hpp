#pragma once

#include "http/router.hpp"

namespace otokui::api {

/// GET /api/v1/openapi.json: the document of this API (docs/api/openapi.yaml), for whoever is signed in.
http::Route document_route();

}  // namespace otokui::api
