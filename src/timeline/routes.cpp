#include "timeline/routes.hpp"

#include "api/caller.hpp"
#include "http/paging.hpp"
#include "timeline/service.hpp"

namespace otokui::timeline {
namespace {

// "order,mail"
std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(',');
        if (end != 0) parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

}  // namespace

std::vector<http::Route> routes(core::Journal& journal, const core::Catalogue& catalogue) {
    const auto answer = [&journal](const http::Request& request) {
        const auto asked = http::page_request(request);
        auto page = list(journal, api::actor_of(request), {http::path_id(request, "customer")},
                         split(request.query.get("kinds")), asked.cursor, asked.limit);
        auto json = http::page(std::move(page.items), page.next_cursor);
        json["kinds"] = std::move(page.kinds);
        return http::ok(std::move(json));
    };
    const auto counts = [&journal, &catalogue](const http::Request& request) {
        return http::ok(boost::json::object{{"counts", count(journal, catalogue, api::actor_of(request),
                                                             {http::path_id(request, "customer")})}});
    };
    const std::string customer = "/api/v1/customers/{customer}";
    const auto right = http::Right::named("customer.read");
    return {http::showing(http::Reads::customer("timeline"),
                          {http::Method::get, customer + "/timeline", right, answer}),
            http::showing(http::Reads::customer("open"),
                          {http::Method::get, customer + "/counts", right, counts})};
}

}  // namespace otokui::timeline
