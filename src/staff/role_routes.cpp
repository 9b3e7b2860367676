#include "api/caller.hpp"
#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "staff/account_json.hpp"
#include "staff/caller_routes.hpp"
#include "staff/field_errors.hpp"
#include "staff/roles.hpp"
#include "staff/shared_routes.hpp"

namespace otokui::staff {
namespace {

using http::Factor;
using http::Method;
using http::Request;
using http::Response;

RoleDraft draft_of(const Request& request) {
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    RoleDraft draft{.name = reader.text("name")};
    const auto rights = reader.texts("rights");
    draft.rights = core::Rights(rights.begin(), rights.end());
    draft.points_ceiling = reader.find_integer("points_ceiling");
    add_rule_errors(reader, check(draft));
    reader.finish("role.invalid");
    return draft;
}

// Absent members stay as they are.
RoleDraft changed_draft(const RoleEntry& now, const Request& request) {
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    RoleDraft draft{
        .name = now.label.ja, .rights = *now.grant.rights, .points_ceiling = now.grant.points_ceiling};
    if (reader.has("name")) draft.name = reader.text("name");
    if (reader.has("rights")) {
        const auto rights = reader.texts("rights");
        draft.rights = core::Rights(rights.begin(), rights.end());
    }
    if (reader.has("points_ceiling")) draft.points_ceiling = reader.find_integer("points_ceiling");
    if (!now.is_built_in) add_rule_errors(reader, check(draft));
    reader.finish("role.invalid");
    return draft;
}

Response shown(Response response, const ChangedRole& changed) {
    return api::with_operation(http::with_version(std::move(response), changed.role.version),
                               changed.operation);
}

json::Object rights_json() {
    json::Array items;
    for (const auto& right : all_rights())
        items.push_back(json::Object{{"name", right.name},
                                     {"label", json::labels(right.label)},
                                     {"area", name_of(right.area)},
                                     {"area_label", json::labels(label_of(right.area))},
                                     {"grantable", right.name != kOwnerRight}});
    return {{"items", std::move(items)}};
}

const std::string& id_of(const Request& request) { return request.path_parameters.get("role"); }

Response change(const RoutesContext& context, const Request& request) {
    const auto version = api::version_seen(request);
    const auto draft = changed_draft(get_role(context.journal, id_of(request)), request);
    const auto changed = change_role(context.journal, api::actor_of(request), id_of(request), version, draft);
    return shown(http::ok(to_json(changed.role)), changed);
}

}  // namespace

void add_role_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/roles", one = all + "/{role}";
    routes.push_back({Method::get, "/api/v1/rights", http::Right::signed_in(),
                      [](const Request&) { return http::ok(rights_json()); }});
    routes.push_back({Method::get, all, http::Right::named("staff.read"), [&context](const Request&) {
                          json::Array items;
                          for (const auto& role : list_roles(context.journal)) items.push_back(to_json(role));
                          return http::ok(http::page(std::move(items), ""));
                      }});
    routes.push_back(asking(Factor::fresh, {Method::post, all, http::Right::named("staff.edit"),
                                            [&context](const Request& request) {
                                                const auto made =
                                                    add_role(context.journal, api::actor_of(request),
                                                             draft_of(request));
                                                return shown(http::created(to_json(made.role)), made);
                                            },
                                            http::BodyRule::json()}));
    routes.push_back({Method::get, one, http::Right::named("staff.read"), [&context](const Request& request) {
                          const auto role = get_role(context.journal, id_of(request));
                          return http::with_version(http::ok(to_json(role)), role.version);
                      }});
    routes.push_back(asking(
        Factor::fresh,
        {Method::patch, one, http::Right::named("staff.edit"),
         [&context](const Request& request) { return change(context, request); }, http::BodyRule::json()}));
    routes.push_back(
        asking(Factor::fresh,
               {Method::delete_, one, http::Right::named("staff.edit"), [&context](const Request& request) {
                    const auto version = api::version_seen(request);
                    return api::with_operation(
                        http::no_content(),
                        delete_role(context.journal, api::actor_of(request), id_of(request), version));
                }}));
}

}  // namespace otokui::staff
