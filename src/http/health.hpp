#pragma once

#include <functional>
#include <optional>
#include <string>

#include "http/router.hpp"

namespace otokui::http {

/// GET /healthz: 200 as long as the event loop turns.
Route health_route();

/// GET /readyz: 200, or 503 with the reason that `why_not_ready` tells. It runs on the event loop: it must
/// not block.
Route ready_route(std::function<std::optional<std::string>()> why_not_ready);

}  // namespace otokui::http
