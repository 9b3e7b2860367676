#include "group/routes.hpp"

#include "api/caller.hpp"

namespace otokui::group {
namespace {

using http::Request;
using http::Response;

Response members(const Context& context, const Request& request) {
    const auto actor = api::actor_of(request);
    const auto group = http::path_id(request, "master");
    const auto body = http::json_body(request);
    if (asks_by_condition(body))
        return http::accepted(
            json::Object{{"job", std::to_string(start_change(context, actor, group, body).value)}});
    const auto changed = change_members(context, actor, group, body);
    return api::with_operation(
        http::ok(json::Object{
            {"added", changed.added}, {"removed", changed.removed}, {"members", changed.members}}),
        changed.operation);
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    return {{http::Method::post, "/api/v1/groups/{master}/members", http::Right::named("master.edit"),
             [&context](const Request& request) { return members(context, request); },
             http::BodyRule::json()}};
}

}  // namespace otokui::group
