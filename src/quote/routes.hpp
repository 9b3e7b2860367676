#pragma once

#include <vector>

#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::quote {

/// POST /quotes. `journal` must outlive the route.
std::vector<http::Route> routes(core::Journal& journal);

}  // namespace otokui::quote
