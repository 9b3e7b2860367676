#include "form/fresh_routes.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace otokui::form {
namespace {

bool is_of_something_unknown(const Problem& problem) {
    constexpr std::string_view kCodes[] = {"unknown_field", "unknown_choice", "not_a_choice", "feature_off"};
    return problem.kind == ProblemKind::invalid &&
           std::ranges::any_of(problem.fields, [&](const FieldError& error) {
               return std::ranges::find(kCodes, std::string_view(error.code)) != std::end(kCodes);
           });
}

http::Handler looking_first(OwnFields& own_fields, http::Handler work) {
    return [&own_fields, work = std::move(work)](const http::Request& request) {
        own_fields.refresh(Look::when_due);
        return work(request);
    };
}

// What is not known is refused before anything is written, so the request can be run again.
http::Handler looking_again(OwnFields& own_fields, http::Handler work) {
    return [&own_fields, work = std::move(work)](const http::Request& request) {
        try {
            return work(request);
        } catch (const Refused& refused) {
            if (!is_of_something_unknown(refused.problem()) || !own_fields.refresh(Look::now)) throw;
        }
        return work(request);
    };
}

}  // namespace

std::vector<http::Route> fresh(OwnFields& own_fields, std::vector<http::Route> routes) {
    for (auto& route : routes) {
        auto* handler = std::get_if<http::Handler>(&route.action);
        if (!handler || route.right.kind() != http::Right::Kind::named) continue;
        route.action = http::is_safe(route.method) ? looking_first(own_fields, *handler)
                                                   : looking_again(own_fields, *handler);
    }
    return routes;
}

http::Response around(OwnFields& own_fields, const http::Request& request, const http::Handler& next) {
    own_fields.refresh(Look::when_due);
    auto response = next(request);
    if (response.headers.has("Otokui-Operation")) own_fields.refresh(Look::now);
    return response;
}

}  // namespace otokui::form
