#include "api/caller.hpp"
#include "base/problem.hpp"
#include "customer/block.hpp"
#include "customer/routes.hpp"

namespace otokui::customer {
namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Response;
using http::Right;

CustomerId customer_of(const Request& request) { return {http::path_id(request, "customer")}; }

Response related(const Context& context, const Request& request) {
    if (request.query.get("kind") != "blocked_look_alike")
        throw Refused(
            {ProblemKind::invalid,
             "query.invalid",
             {"kind には blocked_look_alike を指定してください。", "kind takes blocked_look_alike."},
             {{"/kind", "not_a_choice"}}});
    auto items = blocked_look_alikes(context, api::actor_of(request), customer_of(request));
    http::Shown shown{.count = std::ssize(items), .contact = false};
    for (const auto& item : items)
        shown.customers.push_back(std::stoll(std::string(item.at("id").as_string())));
    return http::with_shown(
        http::ok(boost::json::object{{"items", std::move(items)}, {"next_cursor", nullptr}}),
        std::move(shown));
}

}  // namespace

std::vector<http::Route> block_routes(const Context& context) {
    const std::string one = "/api/v1/customers/{customer}";
    const auto right = Right::named("customer.read");
    std::vector<http::Route> routes;
    routes.push_back(showing(Reads::customer("open"),
                             {Method::get, one + "/related", right,
                              [&context](const Request& request) { return related(context, request); }}));
    routes.push_back(showing(Reads::customer("open"),
                             {Method::get, one + "/block/why", right, [&context](const Request& request) {
                                  return http::ok(
                                      why_blocked(context, api::actor_of(request), customer_of(request)));
                              }}));
    return routes;
}

}  // namespace otokui::customer
