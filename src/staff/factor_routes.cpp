#include "api/caller.hpp"
#include "base/problem.hpp"
#include "staff/caller_routes.hpp"
#include "staff/factors.hpp"
#include "staff/session_routes.hpp"
#include "staff/shared_routes.hpp"

namespace otokui::staff {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t kMaxBody = 16'384;

http::Route factor_route(Method method, std::string pattern, http::Handler handler) {
    return asking(http::Factor::fresh,
                  {method, std::move(pattern), http::Right::signed_in(), std::move(handler),
                   method == Method::delete_ ? http::BodyRule::none() : http::BodyRule::json(kMaxBody),
                   http::RateClass::sign_in});
}

json::Array array_of(const std::vector<std::string>& codes) {
    json::Array array;
    for (const auto& code : codes) array.emplace_back(code);
    return array;
}

Response begin(const RoutesContext& context, const Request& request) {
    session_of(request);  // a factor belongs to a person at a browser: tokens have none
    json::ObjectReader(http::optional_json_body(request)).finish();
    const auto seed = begin_totp(context, api::actor_of(request));
    return http::created(json::Object{{"secret", seed.secret}, {"uri", seed.uri}});
}

Response confirm(const RoutesContext& context, const Request& request) {
    session_of(request);
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    const auto otp = typed_otp(reader);
    if (!otp) reader.add_error("otp", "required");
    reader.finish("totp.invalid");
    const auto on = confirm_totp(context, api::actor_of(request), origin_of(request), *otp);
    return signed_in(context, on.opened,
                     http::ok(json::Object{{"recovery_codes", array_of(on.recovery_codes)},
                                           {"csrf_token", csrf_token_of(on.opened)}}));
}

}  // namespace

void add_factor_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    const std::string totp = "/api/v1/me/totp";
    routes.push_back({Method::get, totp, http::Right::signed_in(), [&context](const Request& request) {
                          const auto state = factor_state(context.journal, caller_of(request).account().id);
                          return http::ok(json::Object{{"enabled", state.is_on},
                                                       {"required", state.is_required},
                                                       {"recovery_codes_left", state.recovery_codes}});
                      }});
    routes.push_back(factor_route(Method::post, totp,
                                  [&context](const Request& request) { return begin(context, request); }));
    routes.push_back(factor_route(Method::post, totp + "/confirm",
                                  [&context](const Request& request) { return confirm(context, request); }));
    routes.push_back(factor_route(Method::post, totp + "/recovery-codes", [&context](const Request& request) {
        session_of(request);
        json::ObjectReader(http::optional_json_body(request)).finish();
        const auto codes = renew_recovery_codes(context, api::actor_of(request));
        return http::created(json::Object{{"recovery_codes", array_of(codes)}});
    }));
    routes.push_back(factor_route(Method::delete_, totp, [&context](const Request& request) {
        session_of(request);
        const auto opened = turn_totp_off(context, api::actor_of(request), origin_of(request));
        return signed_in(context, opened, http::no_content());
    }));
}

}  // namespace otokui::staff
