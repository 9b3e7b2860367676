#include "access/alert_routes.hpp"

#include "api/caller.hpp"
#include "http/paging.hpp"

namespace otokui::access {

using http::Method;
using http::Request;

std::vector<http::Route> alert_routes(const Context& context) {
    const auto right = http::Right::named("access_log.read");
    const std::string all = "/api/v1/access-alerts";
    std::vector<http::Route> routes;
    routes.push_back({Method::get, all, right, [&context](const Request& request) {
                          const auto asked = http::page_request(request);
                          const auto which = api::flag_asked(request, "unseen").value_or(false)
                                                 ? Alerts::unseen
                                                 : Alerts::all;
                          auto page =
                              list_alerts(context, api::actor_of(request), which, asked.cursor, asked.limit);
                          return http::ok(http::page(std::move(page.items), page.next_cursor));
                      }});
    routes.push_back({Method::post, all + "/{alert}/seen", right,
                      [&context](const Request& request) {
                          http::optional_json_body(request);
                          return http::ok(mark_alert_seen(context, api::actor_of(request),
                                                          http::path_id(request, "alert")));
                      },
                      http::BodyRule::json()});
    return routes;
}

}  // namespace otokui::access
