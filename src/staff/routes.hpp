#pragma once

#include <functional>
#include <string>
#include <vector>

#include "http/router.hpp"
#include "staff/context.hpp"
#include "staff/member_groups.hpp"

namespace otokui::staff {

/// What the routes of staff stand on; owned by the application.
struct RoutesContext : Context {
    /// Where browsers reach the server ("https://desk.example.jp", without a slash at the end), for links and
    /// cookies; asked at each use. Empty: on this machine only.
    std::function<std::string()> public_url;
    GroupBelongings group_belongings = {};
};

/// /session, /me, /setup, /password, /staff, /member-groups, /roles, /rights, /tokens, /settings. `context`
/// must outlive the routes.
std::vector<http::Route> routes(const RoutesContext& context);

}  // namespace otokui::staff
