#include "coupon/routes.hpp"

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "coupon/grants.hpp"
#include "coupon/service.hpp"
#include "coupon/uses.hpp"
#include "http/paging.hpp"

namespace otokui::coupon {
namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Response;
using http::Right;

CouponId coupon_of(const Request& request) { return {http::path_id(request, "coupon")}; }
CustomerId customer_of(const Request& request) { return {http::path_id(request, "customer")}; }

Response answer(const Page& page) { return http::ok(http::page(page.items, page.next_cursor)); }

Response written(Response response, const Written& done) {
    return api::with_operation(http::with_version(std::move(response), done.coupon.at("version").as_int64()),
                               done.operation);
}

Response made(const Written& done) {
    auto response = written(http::created(done.coupon), done);
    response.headers.set("Location", "/api/v1/coupons/" + std::string(done.coupon.at("id").as_string()));
    return response;
}

Response grant_route(const Context& context, const Request& request) {
    const auto actor = api::actor_of(request);
    const auto body = http::json_body(request);
    if (asks_by_condition(body)) {
        const auto job = std::to_string(start_granting(context, actor, coupon_of(request), body).value);
        auto response = http::accepted(json::Object{{"job", job}});
        response.headers.set("Location", "/api/v1/jobs/" + job);
        return response;
    }
    const auto done = grant(context, actor, coupon_of(request), body);
    return api::with_operation(http::ok(json::Object{{"granted", done.granted}, {"already", done.already}}),
                               done.operation);
}

void add_master(const Context& context, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/coupons", one = all + "/{coupon}";
    const auto read = Right::named("customer.read"), edit = Right::named(std::string(kRight));
    routes.push_back({Method::get, all, read, [&context](const Request& request) {
                          const auto enabled = api::flag_asked(request, "enabled");
                          const auto asked = http::page_request(request);
                          return answer(list(context, api::actor_of(request), request.query.get("text"),
                                             enabled, asked.cursor, asked.limit));
                      }});
    routes.push_back({Method::post, all, edit,
                      [&context](const Request& request) {
                          return made(create(context, api::actor_of(request), http::json_body(request)));
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::get, one, read, [&context](const Request& request) {
                          const auto coupon = get(context, api::actor_of(request), coupon_of(request));
                          return http::with_version(http::ok(coupon), coupon.at("version").as_int64());
                      }});
    routes.push_back({Method::patch, one, edit,
                      [&context](const Request& request) {
                          const auto version = api::version_seen(request);
                          const auto done = update(context, api::actor_of(request), coupon_of(request),
                                                   version, http::json_body(request));
                          return written(http::ok(done.coupon), done);
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::delete_, one, edit, [&context](const Request& request) {
                          const auto version = api::version_seen(request);
                          return api::with_operation(
                              http::no_content(),
                              remove(context, api::actor_of(request), coupon_of(request), version));
                      }});
}

void add_grants_and_uses(const Context& context, std::vector<http::Route>& routes) {
    const std::string one = "/api/v1/coupons/{coupon}";
    const auto edit = Right::named(std::string(kRight));
    routes.push_back({Method::post, one + "/grants", edit,
                      [&context](const Request& request) { return grant_route(context, request); },
                      http::BodyRule::json()});
    routes.push_back({Method::delete_, one + "/grants/{customer}", edit, [&context](const Request& request) {
                          const auto version = api::version_seen(request);
                          return api::with_operation(
                              http::no_content(), revoke(context, api::actor_of(request), coupon_of(request),
                                                         customer_of(request), version));
                      }});
    routes.push_back(
        showing(Reads::own_input(), {Method::post, one + "/uses", edit,
                                     [&context](const Request& request) {
                                         const auto done = use(context, api::actor_of(request),
                                                               coupon_of(request), http::json_body(request));
                                         return api::with_operation(
                                             done.is_new ? http::created(done.use) : http::ok(done.use),
                                             done.operation);
                                     },
                                     http::BodyRule::json()}));
    routes.push_back(showing(
        Reads::own_input(), {Method::post, "/api/v1/coupon-uses/{use}/cancel", edit,
                             [&context](const Request& request) {
                                 http::optional_json_body(request);
                                 const auto done =
                                     cancel(context, api::actor_of(request), {http::path_id(request, "use")});
                                 return api::with_operation(http::ok(done.use), done.operation);
                             },
                             http::BodyRule::json()}));
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    std::vector<http::Route> routes;
    add_master(context, routes);
    add_grants_and_uses(context, routes);
    routes.push_back(showing(Reads::customer("coupon"),
                             {Method::get, "/api/v1/customers/{customer}/coupons",
                              Right::named("customer.read"), [&context](const Request& request) {
                                  const auto asked = http::page_request(request);
                                  return answer(
                                      list_of_customer(context, api::actor_of(request), customer_of(request),
                                                       request.query.get("kind"), asked.cursor, asked.limit));
                              }}));
    return routes;
}

}  // namespace otokui::coupon
