#pragma once

#include <vector>

#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::timeline {

/// /customers/{customer}/timeline. `journal` must outlive it.
std::vector<http::Route> routes(core::Journal& journal);

}  // namespace otokui::timeline
