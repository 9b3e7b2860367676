#pragma once

#include <prometheus/registry.h>

#include <vector>

#include "app/shop.hpp"
#include "http/event_hub.hpp"
#include "http/router.hpp"
#include "staff/routes.hpp"

namespace otokui::app {

/// Every route of the product. What is handed in must outlive them. `why_not_ready` answers /readyz.
std::vector<http::Route> all_routes(Shop& shop, http::EventHub& events,
                                    const staff::RoutesContext& staff_context,
                                    std::function<std::optional<std::string>()> why_not_ready,
                                    const prometheus::Registry& metrics);

}  // namespace otokui::app
