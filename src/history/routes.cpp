#include "history/routes.hpp"

#include "api/caller.hpp"
#include "http/paging.hpp"

namespace otokui::history {
namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Right;

http::Response answer(Page page) { return http::ok(http::page(std::move(page.items), page.next_cursor)); }

http::Response undo_response(const Context& context, const Request& request) {
    http::optional_json_body(request);
    const auto done = undo(context, api::actor_of(request), {http::path_id(request, "operation")});
    if (const auto* job = std::get_if<JobId>(&done))
        return http::accepted(boost::json::object{{"job", std::to_string(job->value)}});
    const auto operation = std::get<OperationId>(done);
    return api::with_operation(http::ok(boost::json::object{{"operation", std::to_string(operation.value)}}),
                               operation);
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    std::vector<http::Route> routes;
    routes.push_back(showing(Reads::customer("history"),
                             {Method::get, "/api/v1/customers/{customer}/history",
                              Right::named("history.read"), [&context](const Request& request) {
                                  const auto asked = http::page_request(request);
                                  return answer(list_history(context, api::actor_of(request),
                                                             {http::path_id(request, "customer")},
                                                             asked.cursor, asked.limit));
                              }}));
    routes.push_back(
        {Method::get, "/api/v1/operations", Right::named("history.read"), [&context](const Request& request) {
             const auto asked = http::page_request(request);
             return answer(list_operations(context, api::actor_of(request), asked.cursor, asked.limit));
         }});
    routes.push_back(
        showing(Reads::told("history"),
                {Method::get, "/api/v1/operations/{operation}", Right::named("history.read"),
                 [&context](const Request& request) {
                     const OperationId id{http::path_id(request, "operation")};
                     auto response = http::ok(get_operation(context, api::actor_of(request), id));
                     return http::with_shown(std::move(response), {.customers = customers_of(context, id)});
                 }}));
    // Refused, it shows what the values have become since.
    routes.push_back(showing(
        Reads::told("history"),
        {Method::post, "/api/v1/operations/{operation}/undo", Right::named("operation.undo"),
         [&context](const Request& request) { return http::with_shown(undo_response(context, request), {}); },
         http::BodyRule::json()}));
    return routes;
}

}  // namespace otokui::history
