#pragma once

#include <string>
#include <vector>

#include "core/journal.hpp"
#include "http/router.hpp"

// Parts of the product that a shop can switch off.
namespace otokui::api {

/// The routes, each refused not_found feature.off while the part is switched off. `journal` must outlive
/// them.
std::vector<http::Route> only_with(core::Journal& journal, std::string feature,
                                   std::vector<http::Route> routes);

}  // namespace otokui::api
