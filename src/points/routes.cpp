#include "points/routes.hpp"

#include "api/caller.hpp"
#include "api/period.hpp"
#include "http/paging.hpp"
#include "points/kinds.hpp"

namespace otokui::points {
namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Right;

CustomerId customer_of(const Request& request) { return {http::path_id(request, "customer")}; }

// "never", or a period.
std::optional<Expiring> expiring_of(const Request& request) {
    if (request.query.get("expires") == "never") return Expiring{};
    const auto period = api::period_of(request, "expires");
    return period ? std::optional(Expiring{period}) : std::nullopt;
}

http::Response made(const Written& written) {
    return api::with_operation(http::created(written.entry), written.operation);
}

http::Response shown(http::Response (*answer)(const json::Value&), const WrittenKind& written) {
    return api::with_operation(
        http::with_version(answer(written.kind), written.kind.at("version").as_int64()), written.operation);
}

void add_kinds(const Context& context, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/point-kinds", one = all + "/{kind}";
    const auto edit = Right::named("master.edit");
    routes.push_back({Method::get, all, Right::named("customer.read"), [&context](const Request& request) {
                          return http::ok(http::page(list_kinds(context, api::actor_of(request)), ""));
                      }});
    routes.push_back({Method::post, all, edit,
                      [&context](const Request& request) {
                          return shown(http::created, create_kind(context, api::actor_of(request),
                                                                  http::json_body(request)));
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::patch, one, edit,
                      [&context](const Request& request) {
                          const auto version = api::version_seen(request);
                          return shown(http::ok, change_kind(context, api::actor_of(request),
                                                             http::path_id(request, "kind"), version,
                                                             http::json_body(request)));
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::delete_, one, edit, [&context](const Request& request) {
                          const auto version = api::version_seen(request);
                          const auto operation = remove_kind(context, api::actor_of(request),
                                                             http::path_id(request, "kind"), version);
                          return api::with_operation(http::no_content(), operation);
                      }});
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const std::string all = "/api/v1/customers/{customer}/points";
    std::vector<http::Route> routes;
    routes.push_back(showing(
        Reads::customer("points"),
        {Method::get, all, Right::named("customer.read"), [&context](const Request& request) {
             const auto asked = http::page_request(request);
             auto page =
                 list(context, api::actor_of(request), customer_of(request), asked.cursor, asked.limit);
             return http::ok(http::page(std::move(page.items), page.next_cursor));
         }}));
    routes.push_back(showing(Reads::own_input(), {Method::post, all, Right::named("points.edit"),
                                                  [&context](const Request& request) {
                                                      return made(give(context, api::actor_of(request),
                                                                       customer_of(request),
                                                                       http::json_body(request)));
                                                  },
                                                  http::BodyRule::json()}));
    routes.push_back(showing(
        Reads::customer("points"),
        {Method::get, all + "/lots", Right::named("customer.read"), [&context](const Request& request) {
             return http::ok(
                 explain(context, api::actor_of(request), customer_of(request), expiring_of(request)));
         }}));
    routes.push_back(showing(Reads::own_input(),
                             {Method::post, "/api/v1/points/{entry}/cancel", Right::named("points.edit"),
                              [&context](const Request& request) {
                                  return made(cancel(context, api::actor_of(request),
                                                     {http::path_id(request, "entry")},
                                                     http::optional_json_body(request)));
                              },
                              http::BodyRule::json()}));
    add_kinds(context, routes);
    return routes;
}

}  // namespace otokui::points
