#include "api/caller.hpp"
#include "base/problem.hpp"
#include "staff/account_json.hpp"
#include "staff/accounts.hpp"
#include "staff/caller_routes.hpp"
#include "staff/factors.hpp"
#include "staff/field_errors.hpp"
#include "staff/member_groups.hpp"
#include "staff/rules.hpp"
#include "staff/shared_routes.hpp"

namespace otokui::staff {
namespace {

using http::Factor;
using http::Method;
using http::Request;
using http::Response;

StaffId staff_of(const Request& request) { return {http::path_id(request, "staff")}; }

// Null when the person got it by mail: then it is nobody else's business.
json::Object link_json(const RoutesContext& context, const Request& request, const MadeLink& made) {
    json::Object object{{"link", nullptr},
                        {"link_expires_at", format_moment(made.link.expires_at)},
                        {"link_mailed", made.is_mailed}};
    if (!made.is_mailed) object["link"] = base_url(context, request) + "/password#" + made.link.secret;
    return object;
}

LinkUrl link_url(const RoutesContext& context, const Request& request) {
    return [base = base_url(context, request)](const std::string& secret) {
        return base + "/password#" + secret;
    };
}

Response shown(Response response, const Account& account, OperationId operation) {
    return api::with_operation(http::with_version(std::move(response), account.version), operation);
}

// A member of staff with the groups he is in.
json::Object staff_json(const RoutesContext& context, const Account& account) {
    auto object = to_json(account);
    object["member_groups"] = to_json(
        context.journal.database().read([&](storage::Transaction& tx) { return groups_of(tx, account.id); }));
    return object;
}

Response list_staff(const RoutesContext& context, const Request& request) {
    const auto page = http::page_request(request);
    auto accounts = list_accounts(context.journal, below(page), page.limit + 1);
    std::vector<StaffId> people;
    for (const auto& account : accounts) people.push_back(account.id);
    auto groups =
        context.journal.database().read([&](storage::Transaction& tx) { return groups_of(tx, people); });
    return page_of(std::move(accounts), page, [&](const Account& account) {
        auto object = to_json(account);
        object["member_groups"] = to_json(groups[account.id]);
        return object;
    });
}

Response create_staff(const RoutesContext& context, const Request& request) {
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    NewAccount input;
    input.login = reader.text("login");
    input.name = reader.text("name");
    input.role = reader.text("role");
    input.kana = reader.find_text("kana").value_or("");
    input.email = reader.find_text("email").value_or("");
    input.mail_language = read_mail_language(reader);
    add_rule_errors(reader, check(normalised(input)));
    reader.finish("staff.invalid");
    const auto added = add_account(context, api::actor_of(request), input, link_url(context, request));
    auto object = staff_json(context, added.account);
    for (const auto& [key, value] : link_json(context, request, {*added.link, added.is_mailed}))
        object[key] = value;
    return shown(http::created(object), added.account, added.operation);
}

Response change_staff(const RoutesContext& context, const Request& request) {
    const auto version = api::version_seen(request);
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    AccountChange change;
    // Null is no value of any of these but kana, mail and its language: what is named must be there.
    if (reader.has("name")) change.name = reader.text("name");
    if (reader.has("kana")) change.kana = reader.find_text("kana").value_or("");
    if (reader.has("email")) change.email = reader.find_text("email").value_or("");
    if (reader.has("mail_language")) change.mail_language = read_mail_language(reader);
    if (reader.has("role")) change.role = reader.text("role");
    if (reader.has("disabled")) change.is_disabled = reader.boolean("disabled");
    add_rule_errors(reader, check(normalised(change)));
    reader.finish("staff.invalid");
    const auto changed =
        change_account(context.journal, api::actor_of(request), staff_of(request), version, change);
    return shown(http::ok(staff_json(context, changed.account)), changed.account, changed.operation);
}

void add_acts(const RoutesContext& context, const std::string& one, std::vector<http::Route>& routes) {
    routes.push_back(asking(Factor::fresh, {Method::post, one + "/link", http::Right::named("staff.edit"),
                                            [&context](const Request& request) {
                                                const auto body = http::optional_json_body(request);
                                                json::ObjectReader(body).finish();
                                                const auto made = make_password_link(
                                                    context, api::actor_of(request), staff_of(request),
                                                    link_url(context, request));
                                                return http::created(link_json(context, request, made));
                                            },
                                            http::BodyRule::json()}));
    routes.push_back(
        asking(Factor::fresh, {Method::delete_, one + "/totp", http::Right::named("staff.edit"),
                               [&context](const Request& request) {
                                   return api::with_operation(
                                       http::no_content(),
                                       remove_totp(context, api::actor_of(request), staff_of(request)));
                               }}));
}

}  // namespace

void add_staff_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/staff", one = all + "/{staff}";
    routes.push_back({Method::get, all, http::Right::named("staff.read"),
                      [&context](const Request& request) { return list_staff(context, request); }});
    routes.push_back(
        asking(Factor::fresh, {Method::post, all, http::Right::named("staff.edit"),
                               [&context](const Request& request) { return create_staff(context, request); },
                               http::BodyRule::json()}));
    routes.push_back({Method::get, one, http::Right::named("staff.read"), [&context](const Request& request) {
                          const auto account = get_account(context.journal, staff_of(request));
                          return shown(http::ok(staff_json(context, account)), account, {});
                      }});
    routes.push_back(
        asking(Factor::fresh, {Method::patch, one, http::Right::named("staff.edit"),
                               [&context](const Request& request) { return change_staff(context, request); },
                               http::BodyRule::json()}));
    routes.push_back(
        asking(Factor::fresh,
               {Method::delete_, one, http::Right::named("staff.edit"), [&context](const Request& request) {
                    const auto version = api::version_seen(request);
                    return api::with_operation(
                        http::no_content(),
                        delete_account(context.journal, api::actor_of(request), staff_of(request), version));
                }}));
    add_acts(context, one, routes);
}

}  // namespace otokui::staff
