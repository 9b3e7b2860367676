#include "app/routes.hpp"

#include "access/alert_routes.hpp"
#include "access/routes.hpp"
#include "access/watch_routes.hpp"
#include "api/document.hpp"
#include "api/feature.hpp"
#include "consent/routes.hpp"
#include "coupon/routes.hpp"
#include "customer/routes.hpp"
#include "customer/types.hpp"
#include "embedded/web.hpp"
#include "form/fresh_routes.hpp"
#include "form/routes.hpp"
#include "group/routes.hpp"
#include "history/routes.hpp"
#include "http/health.hpp"
#include "http/metrics.hpp"
#include "http/static_files.hpp"
#include "level/routes.hpp"
#include "list/routes.hpp"
#include "mail/routes.hpp"
#include "master/routes.hpp"
#include "memo/routes.hpp"
#include "order/routes.hpp"
#include "points/routes.hpp"
#include "postal/routes.hpp"
#include "privacy/routes.hpp"
#include "quote/routes.hpp"
#include "saved_search/routes.hpp"
#include "search/routes.hpp"
#include "setting/routes.hpp"
#include "staff/factor_gate_routes.hpp"
#include "time_travel/routes.hpp"
#include "timeline/routes.hpp"
#include "transfer/routes.hpp"
#include "transfer/service.hpp"

namespace otokui::app {
namespace {

http::Route events_route(http::EventHub& events) {
    return {
        http::Method::get, "/api/v1/events", http::Right::signed_in(),
        [&events](const http::Request& request) { return http::events(events.subscribe(request.caller)); }};
}

// What a customer was is told by whoever can tell the past.
customer::Past past_of(const time_travel::Context& times) {
    return {.customer =
                [&times](const core::Actor& actor, CustomerId id, const std::string& as_of) {
                    return time_travel::get(times, actor, id, time_travel::parse_as_of(as_of));
                },
            .addresses =
                [&times](const core::Actor& actor, CustomerId id, const std::string& as_of) {
                    return time_travel::list_addresses(times, actor, id, time_travel::parse_as_of(as_of));
                }};
}

}  // namespace

std::vector<http::Route> all_routes(Shop& shop, http::EventHub& events,
                                    const staff::RoutesContext& staff_context,
                                    std::function<std::optional<std::string>()> why_not_ready,
                                    const prometheus::Registry& metrics) {
    std::vector<http::Route> all;
    const auto add = [&all](std::vector<http::Route> routes) {
        for (auto& route : routes) all.push_back(std::move(route));
    };
    add(staff::routes(staff_context));
    add(setting::routes(shop.journal));
    add(customer::routes(shop.customers, past_of(shop.time_travels)));
    add(api::only_with(shop.journal, std::string(customer::kBlockList),
                       customer::block_routes(shop.customers)));
    add(order::routes(*shop.database, system_now));
    add(api::only_with(shop.journal, std::string(points::kFeature), points::routes(shop.point_services)));
    add(api::only_with(shop.journal, std::string(customer::kLevels), level::routes(shop.levels)));
    add(list::routes(shop.lists));
    add(search::routes(shop.journal, shop.catalogue));
    add(form::routes(shop.forms));
    add(saved_search::routes(shop.saved_searches, shop.histories));
    add(history::routes(shop.histories));
    add(access::routes(shop.accesses));
    add(access::alert_routes(shop.accesses));
    add(privacy::routes(shop.privacies));
    add(time_travel::routes(shop.time_travels));
    add(timeline::routes(shop.journal, shop.catalogue));
    add(transfer::routes(shop.transfers));
    add(mail::routes(shop.mails));
    add(memo::routes(shop.memos));
    add(master::routes(shop.masters, shop.histories));
    add(group::routes(shop.groups));
    add(consent::routes(shop.consents));
    add(quote::routes(shop.journal));
    add(api::only_with(shop.journal, "coupons", coupon::routes(shop.coupons)));
    add(postal::routes());
    all.push_back(events_route(events));
    all.push_back(api::document_route());
    all.push_back(http::health_route());
    all.push_back(http::ready_route(std::move(why_not_ready)));
    all.push_back(http::metrics_route(metrics));
    all.push_back(http::static_files(embedded::web()));
    const auto guards = [&registry = shop.registry](storage::Transaction& tx) {
        return transfer::guards_exports(tx, registry);
    };
    return access::watched(shop.access_log, shop.journal,
                           form::fresh(shop.own_fields, staff::gated(shop.journal, guards, std::move(all))));
}

}  // namespace otokui::app
