#include "api/caller.hpp"
#include "base/problem.hpp"
#include "staff/caller_routes.hpp"
#include "staff/security.hpp"
#include "staff/shared_routes.hpp"
#include "staff/shop.hpp"

namespace otokui::staff {
namespace {

using http::Factor;
using http::Method;
using http::Request;
using http::Response;

Response shown(Response response, const Security& security, OperationId operation) {
    return api::with_operation(http::with_version(std::move(response), security.version), operation);
}

Response shown(Response response, const Shop& shop, OperationId operation) {
    return api::with_operation(
        http::with_version(std::move(response), to_json(shop).at("version").as_int64()), operation);
}

void add_security_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    const std::string one = "/api/v1/settings/security";
    routes.push_back({Method::get, one, http::Right::named("settings.read"), [&context](const Request&) {
                          const auto security = context.journal.database().read(read_security);
                          return shown(http::ok(to_json(security)), security, {});
                      }});
    routes.push_back(asking(Factor::fresh, {Method::put, one, http::Right::named("settings.edit"),
                                            [&context](const Request& request) {
                                                const auto version = api::version_seen(request);
                                                const auto changed = change_security(
                                                    context.journal, api::actor_of(request), version,
                                                    security_of(http::json_body(request)));
                                                return shown(http::ok(to_json(changed.security)),
                                                             changed.security, changed.operation);
                                            },
                                            http::BodyRule::json()}));
}

}  // namespace

void add_settings_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    add_security_routes(context, routes);
    const std::string one = "/api/v1/settings/general";
    routes.push_back({Method::get, one, http::Right::named("settings.read"), [&context](const Request&) {
                          const auto shop = context.journal.database().read(
                              [](storage::Transaction& tx) { return read_shop(tx); });
                          return shown(http::ok(to_json(shop)), shop, {});
                      }});
    routes.push_back(asking(
        Factor::fresh, {Method::put, one, http::Right::named("settings.edit"),
                        [&context](const Request& request) {
                            const auto version = api::version_seen(request);
                            const auto changed = change_shop(context.journal, api::actor_of(request), version,
                                                             shop_of(http::json_body(request)));
                            return shown(http::ok(to_json(changed.shop)), changed.shop, changed.operation);
                        },
                        http::BodyRule::json()}));
}

}  // namespace otokui::staff
