#include "history/routes.hpp"

#include "api/caller.hpp"
#include "http/paging.hpp"
#include "http/query_reader.hpp"

namespace otokui::history {
namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Right;

http::Response answer(Page page) { return http::ok(http::page(std::move(page.items), page.next_cursor)); }

OperationFilter filter_of(const Context& context, const Request& request) {
    http::QueryReader reader(request);
    OperationFilter filter;
    if (const auto staff = reader.id("staff")) filter.staff = StaffId{*staff};
    filter.from = reader.moment("from", 0);
    filter.before = reader.moment("to", 1);
    filter.kinds = reader.choices("kinds", [&](const std::string& kind) { return is_kind(context, kind); });
    reader.finish();
    return filter;
}

http::Response undo_response(const Context& context, const Request& request) {
    http::optional_json_body(request);
    const OperationId id{http::path_id(request, "operation")};
    const auto done = undo(context, api::actor_of(request), id);
    if (const auto* job = std::get_if<JobId>(&done))
        return http::accepted(boost::json::object{{"job", std::to_string(job->value)}});
    const auto operation = std::get<OperationId>(done);
    return api::with_operation(http::ok(boost::json::object{{"operation", std::to_string(operation.value)}}),
                               operation);
}

http::Response conflicts_response(const Context& context, const Request& request) {
    const auto asked = http::page_request(request);
    auto page = list_conflicts(context, api::actor_of(request), {http::path_id(request, "job")}, asked.cursor,
                               asked.limit);
    http::Shown shown;
    for (const auto& item : page.items)
        if (const auto* customer = item.at("customer").if_string())
            shown.customers.push_back(std::stoll(std::string(*customer)));
    return http::with_shown(answer(std::move(page)), std::move(shown));
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
             return answer(list_operations(context, api::actor_of(request), filter_of(context, request),
                                           asked.cursor, asked.limit));
         }});
    routes.push_back({Method::get, "/api/v1/operation-kinds", Right::named("history.read"),
                      [&context](const Request& request) {
                          return http::ok(
                              boost::json::object{{"items", list_kinds(context, api::actor_of(request))}});
                      }});
    routes.push_back(
        showing(Reads::told("history"),
                {Method::get, "/api/v1/operations/{operation}", Right::named("history.read"),
                 [&context](const Request& request) {
                     const OperationId id{http::path_id(request, "operation")};
                     auto response = http::ok(get_operation(context, api::actor_of(request), id));
                     return http::with_shown(std::move(response), {.customers = customers_of(context, id)});
                 }}));
    routes.push_back(
        showing(Reads::told("history"),
                {Method::get, "/api/v1/jobs/{job}/conflicts", Right::named("history.read"),
                 [&context](const Request& request) { return conflicts_response(context, request); }}));
    // Refused, it shows what the values have become since. What asked for a factor is not taken back without
    // one.
    routes.push_back(
        asking(http::Factor::of_operation,
               showing(Reads::told("history"),
                       {Method::post, "/api/v1/operations/{operation}/undo", Right::named("operation.undo"),
                        [&context](const Request& request) {
                            return http::with_shown(undo_response(context, request), {});
                        },
                        http::BodyRule::json()})));
    return routes;
}

}  // namespace otokui::history
