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
                      const Narrowed&);

CustomerId customer_of(const Request& request) { return {http::path_id(request, "customer")}; }

http::Route route(const std::string& below, http::Handler answer) {
    return http::showing(http::Reads::customer("orders"),
                         {http::Method::get, "/api/v1/customers/{customer}/" + below,
                          http::Right::named("order.read"), std::move(answer)});
}

http::Route list_route(storage::Database& database, const std::string& below, List list) {
    return route(below, [&database, list](const Request& request) {
        const auto asked = http::page_request(request);
        const Narrowed narrowed{.period = api::period_of(request, "period"),
                                .number = request.query.get("order_number"),
                                .unsettled = api::flag_asked(request, "unsettled").value_or(false)};
        auto page =
            list(database, api::actor_of(request), customer_of(request), asked.cursor, asked.limit, narrowed);
        return http::ok(http::page(std::move(page.items), page.next_cursor));
    });
}

// Orders that are nobody's are somebody's all the same: the log of readings has them without a customer.
http::Shown shown_of(const boost::json::object& order) {
    http::Shown shown{.count = 1};
    const auto& to = order.at("ship_to").as_object();
    shown.contact =
        !to.at("postal_code").is_null() || !to.at("address").is_null() || !to.at("phone").is_null();
    if (const auto* customer = order.at("customer").if_string())
        shown.customers.push_back(std::stoll(std::string(*customer)));
    return shown;
}

http::Route order_route(storage::Database& database) {
    return http::showing(
        http::Reads::told("orders"),
        {http::Method::get, "/api/v1/orders/{order}", http::Right::named("order.read"),
         [&database](const Request& request) {
             const auto order =
                 get_order(database, api::actor_of(request), {http::path_id(request, "order")});
             return http::with_shown(http::with_version(http::ok(order), order.at("version").as_int64()),
                                     shown_of(order));
         }});
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
        order_route(database), list_route(database, "orders", list_orders),
        list_route(database, "purchases", list_purchases),
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
