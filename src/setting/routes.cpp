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

json::Object object_body(const Request& request) {
    auto body = http::json_body(request);
    if (auto* object = body.if_object()) return std::move(*object);
    throw Refused({ProblemKind::invalid,
                   "body.invalid",
                   {"オブジェクトを送ってください。", "The body must be an object."},
                   {{"", "wrong_type"}}});
}

Response shown(const Document& document) {
    return api::with_operation(
        http::with_version(http::ok(document.content), document.content.at("version").as_int64()),
        document.operation);
}

Response change_named(core::Journal& journal, const Request& request) {
    const auto match = http::require_if_match(request);
    const auto version = match.any ? std::nullopt : std::optional(match.version);
    return shown(change(journal, api::actor_of(request), name_in(request), version, object_body(request)));
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
        routes.push_back({method, one, Right::named("settings.edit"), change, http::BodyRule::json()});
    return routes;
}

}  // namespace otokui::setting
