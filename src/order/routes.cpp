#include "order/routes.hpp"

#include "api/caller.hpp"
#include "http/paging.hpp"
#include "order/service.hpp"

namespace otokui::order {
namespace {

using List = Page (*)(storage::Database&, const core::Actor&, CustomerId, const std::string&, int);

http::Route list_route(storage::Database& database, const std::string& pattern, List list) {
    return http::showing(http::Reads::customer("orders"),
                         {http::Method::get, pattern, http::Right::named("order.read"),
                          [&database, list](const http::Request& request) {
                              const auto asked = http::page_request(request);
                              auto page =
                                  list(database, api::actor_of(request), {http::path_id(request, "customer")},
                                       asked.cursor, asked.limit);
                              return http::ok(http::page(std::move(page.items), page.next_cursor));
                          }});
}

}  // namespace

std::vector<http::Route> routes(storage::Database& database) {
    return {list_route(database, "/api/v1/customers/{customer}/orders", list_orders),
            list_route(database, "/api/v1/customers/{customer}/purchases", list_purchases),
            http::showing(http::Reads::customer("orders"),
                          {http::Method::get, "/api/v1/customers/{customer}/purchases/why",
                           http::Right::named("order.read"), [&database](const http::Request& request) {
                               return http::ok(explain_purchases(database, api::actor_of(request),
                                                                 {http::path_id(request, "customer")}));
                           }})};
}

}  // namespace otokui::order
