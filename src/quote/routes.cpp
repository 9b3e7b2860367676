#include "quote/routes.hpp"

#include "api/caller.hpp"
#include "quote/service.hpp"

namespace otokui::quote {

std::vector<http::Route> routes(core::Journal& journal) {
    const auto act = [&journal](const http::Request& request) {
        auto quote = make(journal, api::actor_of(request), http::json_body(request));
        const auto customer = std::stoll(std::string(quote.at("customer").as_string()));
        return http::with_shown(http::ok(std::move(quote)),
                                {.customers = {customer}, .count = 1, .contact = false});
    };
    return {http::showing(http::Reads::told("orders"),
                          {http::Method::post, "/api/v1/quotes", http::Right::named("customer.read"), act,
                           http::BodyRule::json()})};
}

}  // namespace otokui::quote
