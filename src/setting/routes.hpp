#pragma once

#include <vector>

#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::setting {

/// /settings and /settings/{name} of every declared document. `journal` must outlive the routes.
std::vector<http::Route> routes(core::Journal& journal);

}  // namespace otokui::setting
