#include "customer/routes.hpp"

#include "api/caller.hpp"
#include "customer/addresses.hpp"
#include "customer/catalogue_json.hpp"
#include "http/paging.hpp"

namespace otokui::customer {
namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Response;
using http::Right;

CustomerId customer_of(const Request& request) { return {http::path_id(request, "customer")}; }
AddressId address_of(const Request& request) { return {http::path_id(request, "address")}; }

Seen seen_by(const Request& request) {
    const auto match = http::require_if_match(request);
    return {match.any, match.version};
}

Response versioned(Response response, const Json& record) {
    return http::with_version(std::move(response), record.at("version").as_int64());
}

Response answer(Response response, const Written& written) {
    return api::with_operation(versioned(std::move(response), written.record), written.operation);
}

Response created_at(const std::string& location, const Written& written) {
    auto response = answer(http::created(written.record), written);
    response.headers.set("Location", location);
    return response;
}

std::string path_of(CustomerId customer) { return "/api/v1/customers/" + std::to_string(customer.value); }

Response revealed(const Context& context, const Request& request) {
    const auto customer = customer_of(request);
    auto told = reveal(context, api::actor_of(request), customer, api::object_body(request));
    http::Shown shown{.customers = {customer.value}, .revealed = true};
    shown.asked["field"] = told.at("field");
    return http::with_shown(http::ok(std::move(told)), std::move(shown));
}

void add_customer_routes(const Context& context, const Past& past, std::vector<http::Route>& routes) {
    const std::string one = "/api/v1/customers/{customer}";
    routes.push_back(
        showing(Reads::own_input(),
                {Method::post, "/api/v1/customers", Right::named("customer.edit"),
                 [&context](const Request& request) {
                     const auto written = create(context, api::actor_of(request), api::object_body(request));
                     return created_at(
                         "/api/v1/customers/" + std::string(written.record.at("id").as_string()), written);
                 },
                 http::BodyRule::json()}));
    routes.push_back(
        showing(Reads::customer("open"),
                {Method::get, one, Right::named("customer.read"), [&context, past](const Request& request) {
                     if (const auto* as_of = request.query.find("as_of"))
                         return http::ok(past.customer(api::actor_of(request), customer_of(request), *as_of));
                     const auto record = get(context, api::actor_of(request), customer_of(request));
                     return versioned(http::ok(record), record);
                 }}));
    routes.push_back(showing(Reads::told("reveal"),
                             {Method::post, one + "/reveal", Right::named("customer.reveal"),
                              [&context](const Request& request) { return revealed(context, request); },
                              http::BodyRule::json(), http::RateClass::search}));
    routes.push_back(showing(Reads::customer("edit"), {Method::patch, one, Right::named("customer.edit"),
                                                       [&context](const Request& request) {
                                                           const auto written =
                                                               update(context, api::actor_of(request),
                                                                      customer_of(request), seen_by(request),
                                                                      api::object_body(request));
                                                           return answer(http::ok(written.record), written);
                                                       },
                                                       http::BodyRule::json()}));
    routes.push_back(
        showing(Reads::customer("edit"),
                {Method::delete_, one, Right::named("customer.delete"), [&context](const Request& request) {
                     const auto operation =
                         remove(context, api::actor_of(request), customer_of(request), seen_by(request));
                     return api::with_operation(http::no_content(), operation);
                 }}));
    routes.push_back(showing(Reads::customer("edit"),
                             {Method::post, one + "/withdraw", Right::named("customer.withdraw"),
                              [&context](const Request& request) {
                                  const auto written =
                                      withdraw(context, api::actor_of(request), customer_of(request),
                                               http::optional_json_body(request));
                                  return answer(http::ok(written.record), written);
                              },
                              http::BodyRule::json()}));
    routes.push_back(showing(Reads::customer("edit"),
                             {Method::post, one + "/restore", Right::named("customer.delete"),
                              [&context](const Request& request) {
                                  http::optional_json_body(request);
                                  const auto written =
                                      restore(context, api::actor_of(request), customer_of(request));
                                  return answer(http::ok(written.record), written);
                              },
                              http::BodyRule::json()}));
}

void add_address_routes(const Context& context, const Past& past, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/customers/{customer}/addresses";
    const std::string one = all + "/{address}";
    routes.push_back(showing(
        Reads::customer("addresses"),
        {Method::get, all, Right::named("customer.read"), [&context, past](const Request& request) {
             if (const auto* as_of = request.query.find("as_of"))
                 return http::ok(past.addresses(api::actor_of(request), customer_of(request), *as_of));
             const auto asked = http::page_request(request);
             return http::ok(list_addresses(context, api::actor_of(request), customer_of(request),
                                            asked.cursor, asked.limit));
         }}));
    routes.push_back(showing(Reads::own_input(),
                             {Method::post, all, Right::named("customer.edit"),
                              [&context](const Request& request) {
                                  const auto customer = customer_of(request);
                                  const auto written = create_address(context, api::actor_of(request),
                                                                      customer, api::object_body(request));
                                  const std::string id(written.record.at("id").as_string());
                                  return created_at(path_of(customer) + "/addresses/" + id, written);
                              },
                              http::BodyRule::json()}));
    routes.push_back(showing(
        Reads::customer("addresses"),
        {Method::get, one, Right::named("customer.read"), [&context](const Request& request) {
             const auto record =
                 get_address(context, api::actor_of(request), customer_of(request), address_of(request));
             return versioned(http::ok(record), record);
         }}));
    routes.push_back(showing(Reads::customer("edit"), {Method::patch, one, Right::named("customer.edit"),
                                                       [&context](const Request& request) {
                                                           const auto written = update_address(
                                                               context, api::actor_of(request),
                                                               customer_of(request), address_of(request),
                                                               seen_by(request), api::object_body(request));
                                                           return answer(http::ok(written.record), written);
                                                       },
                                                       http::BodyRule::json()}));
    routes.push_back(showing(
        Reads::customer("edit"),
        {Method::delete_, one, Right::named("customer.edit"), [&context](const Request& request) {
             const auto operation = remove_address(context, api::actor_of(request), customer_of(request),
                                                   address_of(request), seen_by(request));
             return api::with_operation(http::no_content(), operation);
         }}));
}

void add_catalogue_route(const Context& context, std::vector<http::Route>& routes) {
    routes.push_back(
        {Method::get, "/api/v1/catalogue", Right::named("customer.read"), [&context](const Request& request) {
             const auto actor = api::actor_of(request);
             return http::ok(context.journal.database().read(
                 [&](storage::Transaction& tx) { return catalogue_json(context, actor, tx); }));
         }});
}

}  // namespace

std::vector<http::Route> routes(const Context& context, const Past& past) {
    std::vector<http::Route> routes;
    add_catalogue_route(context, routes);
    add_customer_routes(context, past, routes);
    add_address_routes(context, past, routes);
    return routes;
}

}  // namespace otokui::customer
