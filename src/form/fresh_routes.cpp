#include "form/fresh_routes.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace otokui::form {
namespace {

bool is_of_something_unknown(const Problem& problem) {
    constexpr std::string_view kCodes[] = {"unknown_field", "unknown_choice", "not_a_choice"};
    return problem.kind == ProblemKind::invalid &&
           std::ranges::any_of(problem.fields, [&](const FieldError& error) {
               return std::ranges::find(kCodes, std::string_view(error.code)) != std::end(kCodes);
           });
}

}  // namespace

std::vector<http::Route> fresh(OwnFields& own_fields, std::vector<http::Route> routes) {
    for (auto& route : routes) {
        auto* handler = std::get_if<http::Handler>(&route.action);
        const bool reads =
            handler && http::is_safe(route.method) && route.right.kind() == http::Right::Kind::named;
        if (!reads) continue;
        route.action = http::Handler([&own_fields, work = *handler](const http::Request& request) {
            own_fields.refresh(Look::when_due);
            return work(request);
        });
    }
    return routes;
}

http::Response around(OwnFields& own_fields, const http::Request& request, const http::Handler& next) {
    own_fields.refresh(Look::when_due);
    auto response = [&] {
        try {
            return next(request);
        } catch (const Refused& refused) {
            // An upload's body has been taken piece by piece; it cannot come again.
            const bool can_repeat = !request.body.empty() && is_of_something_unknown(refused.problem());
            if (!can_repeat || !own_fields.refresh(Look::now)) throw;
        }
        return next(request);
    }();
    if (response.headers.find("Otokui-Operation")) own_fields.refresh(Look::now);
    return response;
}

}  // namespace otokui::form
