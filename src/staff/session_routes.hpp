#pragma once

#include "staff/routes.hpp"

namespace otokui::staff {

/// Signing in and out, oneself, setting up: the part of routes() that hashes passwords.
void add_session_routes(const RoutesContext& context, std::vector<http::Route>& routes);

}  // namespace otokui::staff
