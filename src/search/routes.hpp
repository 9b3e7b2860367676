#pragma once

#include <vector>

#include "core/catalogue.hpp"
#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::search {

/// POST /customers/search, POST /searches, GET /searches/{search}. Journal and catalogue must outlive the
/// routes.
std::vector<http::Route> routes(core::Journal& journal, const core::Catalogue& catalogue);

}  // namespace otokui::search
