#include "consent/routes.hpp"

#include "api/caller.hpp"
#include "consent/service.hpp"
#include "http/paging.hpp"

namespace otokui::consent {

using http::Method;
using http::Reads;
using http::Request;
using http::Right;

std::vector<http::Route> routes(const Context& context) {
    const std::string all = "/api/v1/customers/{customer}/consents";
    std::vector<http::Route> routes;
    routes.push_back(showing(
        Reads::customer("consent"),
        {Method::get, all, Right::named("customer.read"), [&context](const Request& request) {
             const auto asked = http::page_request(request);
             auto page = list_of(context, api::actor_of(request), {http::path_id(request, "customer")},
                                 request.query.get("what"), asked.cursor, asked.limit);
             return http::ok(http::page(std::move(page.items), page.next_cursor));
         }}));
    routes.push_back(showing(Reads::own_input(),
                             {Method::post, all, Right::named("customer.edit"),
                              [&context](const Request& request) {
                                  const auto done =
                                      record(context, api::actor_of(request),
                                             {http::path_id(request, "customer")}, http::json_body(request));
                                  return api::with_operation(http::created(done.entry), done.operation);
                              },
                              http::BodyRule::json()}));
    routes.push_back({Method::post, "/api/v1/bounces", Right::named("mailing"),
                      [&context](const Request& request) {
                          const auto done = bounce(context, api::actor_of(request), http::json_body(request));
                          return api::with_operation(
                              http::ok(json::Object{
                                  {"cleaned", done.cleaned}, {"already", done.already}, {"kept", done.kept}}),
                              done.operation);
                      },
                      http::BodyRule::json()});
    return routes;
}

}  // namespace otokui::consent
