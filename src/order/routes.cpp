#include "order/routes.hpp"

#include "api/caller.hpp"
#include "api/period.hpp"
#include "base/problem.hpp"
#include "http/paging.hpp"
#include "order/service.hpp"

namespace otokui::order {
namespace {

using http::Request;

using List = Page (*)(storage::Database&, const core::Actor&, CustomerId, const std::string&, int,
                      const std::optional<Period>&);

CustomerId customer_of(const Request& request) { return {http::path_id(request, "customer")}; }

http::Route route(const std::string& below, http::Handler answer) {
    return http::showing(http::Reads::customer("orders"),
                         {http::Method::get, "/api/v1/customers/{customer}/" + below,
                          http::Right::named("order.read"), std::move(answer)});
}

http::Route list_route(storage::Database& database, const std::string& below, List list) {
    return route(below, [&database, list](const Request& request) {
        const auto asked = http::page_request(request);
        auto page = list(database, api::actor_of(request), customer_of(request), asked.cursor, asked.limit,
                         api::period_of(request, "period"));
        return http::ok(http::page(std::move(page.items), page.next_cursor));
    });
}

std::optional<Step> step_of(const Request& request) {
    const auto& name = request.query.get("by");
    if (name.empty()) return std::nullopt;
    if (const auto step = find_step(name)) return step;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"month か year を指定してください。", "Give month or year."},
                   {{"/by", "not_a_choice"}}});
}

}  // namespace

std::vector<http::Route> routes(storage::Database& database, Clock clock) {
    return {
        list_route(database, "orders", list_orders), list_route(database, "purchases", list_purchases),
        route("purchases/periods",
              [&database, clock = std::move(clock)](const Request& request) {
                  return http::ok(purchases_over_time(database, api::actor_of(request), customer_of(request),
                                                      shop_day(clock()), step_of(request)));
              }),
        route("purchases/why", [&database](const Request& request) {
            return http::ok(explain_purchases(database, api::actor_of(request), customer_of(request)));
        })};
}

}  // namespace otokui::order
