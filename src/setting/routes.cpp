#include "setting/routes.hpp"

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "setting/service.hpp"

namespace otokui::setting {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Right;

std::string name_in(const Request& request) { return std::string(request.path_parameters.get("name")); }

Response shown(const Document& document) {
    return api::with_operation(
        http::with_version(http::ok(document.content), document.content.at("version").as_int64()),
        document.operation);
}

Response change_named(core::Journal& journal, const Request& request) {
    const auto version = api::version_seen(request);
    return shown(
        change(journal, api::actor_of(request), name_in(request), version, api::object_body(request)));
}

}  // namespace

std::vector<http::Route> routes(core::Journal& journal) {
    std::vector<http::Route> routes;
    const std::string one = "/api/v1/settings/{name}";
    routes.push_back(
        {Method::get, "/api/v1/settings", Right::named("settings.read"), [&journal](const Request& request) {
             return http::ok(
                 json::Object{{"items", list(journal, api::actor_of(request))}, {"next_cursor", nullptr}});
         }});
    routes.push_back({Method::get, one, Right::named("settings.read"), [&journal](const Request& request) {
                          return shown(get(journal, api::actor_of(request), name_in(request)));
                      }});
    const auto change = [&journal](const Request& request) { return change_named(journal, request); };
    for (const auto method : {Method::put, Method::patch})
        routes.push_back(asking(http::Factor::fresh, {method, one, Right::named("settings.edit"), change,
                                                      http::BodyRule::json()}));
    return routes;
}

}  // namespace otokui::setting
