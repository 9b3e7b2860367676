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

std::vector<http::Route> routes(core::Journal& journal) {
    const auto answer = [&journal](const http::Request& request) {
        const auto asked = http::page_request(request);
        auto page = list(journal, api::actor_of(request), {http::path_id(request, "customer")},
                         split(request.query.get("kinds")), asked.cursor, asked.limit);
        auto json = http::page(std::move(page.items), page.next_cursor);
        json["kinds"] = std::move(page.kinds);
        return http::ok(std::move(json));
    };
    return {http::showing(http::Reads::customer("timeline"),
                          {http::Method::get, "/api/v1/customers/{customer}/timeline",
                           http::Right::named("customer.read"), answer})};
}

}  // namespace otokui::timeline
