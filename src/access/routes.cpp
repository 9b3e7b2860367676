#include "access/routes.hpp"

#include "api/caller.hpp"
#include "http/paging.hpp"
#include "http/query_reader.hpp"

namespace otokui::access {
namespace {

using http::Method;
using http::Request;
using http::Right;

// Of `?staff=&customer=&kind=&from=&to=`.
Filter filter_of(const Request& request) {
    http::QueryReader reader(request);
    Filter filter;
    if (const auto staff = reader.id("staff")) filter.staff = StaffId{*staff};
    if (const auto customer = reader.id("customer")) filter.customer = CustomerId{*customer};
    filter.number = request.query.get("customer_number");
    filter.kind = reader.choice("kind", [](const std::string& kind) { return is_kind(kind); });
    filter.from = reader.moment("from", 0);
    filter.before = reader.moment("to", 1);
    reader.finish();
    return filter;
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const auto right = Right::named("access_log.read");
    const std::string all = "/api/v1/access-log";
    std::vector<http::Route> routes;
    routes.push_back({Method::get, all, right, [&context](const Request& request) {
                          const auto asked = http::page_request(request);
                          auto page = list(context, api::actor_of(request), filter_of(request), asked.cursor,
                                           asked.limit);
                          return http::ok(http::page(std::move(page.items), page.next_cursor));
                      }});
    routes.push_back({Method::get, all + "/summary", right,
                      [&context](const Request& request) {
                          auto filter = filter_of(request);
                          filter.customer = {};  // of one customer there is nothing to add up
                          filter.number.clear();
                          filter.ip = request.query.get("ip");
                          return http::ok(summarise(context, api::actor_of(request), filter));
                      },
                      http::BodyRule::none(), http::RateClass::search});
    // What was searched for may be somebody's name or phone: reading it is a reading like any other.
    routes.push_back(http::showing(http::Reads::told("log"),
                                   {Method::get, all + "/{entry}", right, [&context](const Request& request) {
                                        const auto entry = http::path_id(request, "entry");
                                        auto object = get(context, api::actor_of(request), entry);
                                        http::Shown shown{.count = 1};
                                        shown.asked["entry"] = std::to_string(entry);
                                        return http::with_shown(http::ok(object), std::move(shown));
                                    }}));
    return routes;
}

}  // namespace otokui::access
