#include "time_travel/routes.hpp"

#include "api/caller.hpp"

namespace otokui::time_travel {

std::vector<http::Route> routes(const Context& context) {
    const auto restore = [&context](const http::Request& request) {
        const auto match = http::require_if_match(request);
        const auto written =
            restore_fields(context, api::actor_of(request), {http::path_id(request, "customer")},
                           {match.any, match.version}, http::json_body(request));
        auto response = http::with_version(http::ok(written.record), written.record.at("version").as_int64());
        return api::with_operation(std::move(response), written.operation);
    };
    return {http::showing(http::Reads::customer("edit"),
                          {http::Method::post, "/api/v1/customers/{customer}/restore-fields",
                           http::Right::named("customer.edit"), restore, http::BodyRule::json()})};
}

}  // namespace otokui::time_travel
