#pragma once

#include <vector>

#include "core/catalogue.hpp"
#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::timeline {

/// /customers/{customer}/timeline and /counts. Both must outlive them.
std::vector<http::Route> routes(core::Journal& journal, const core::Catalogue& catalogue);

}  // namespace otokui::timeline
