#include "staff/routes.hpp"

#include <charconv>

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "http/paging.hpp"
#include "staff/account_json.hpp"
#include "staff/accounts.hpp"
#include "staff/caller_routes.hpp"
#include "staff/field_errors.hpp"
#include "staff/rules.hpp"
#include "staff/session_routes.hpp"
#include "staff/shop.hpp"
#include "staff/sign_in.hpp"
#include "staff/tokens.hpp"

namespace otokui::staff {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Right;

StaffId staff_of(const Request& request) { return {http::path_id(request, "staff")}; }

// "me" or an id.
StaffId staff_or_me(const Request& request) {
    if (request.path_parameters.get("staff") == "me") return caller_of(request).account().id;
    return staff_of(request);
}

std::optional<std::int64_t> version_seen(const Request& request) {
    const auto match = http::require_if_match(request);
    return match.any ? std::nullopt : std::optional(match.version);
}

std::int64_t below(const http::PageRequest& page) {
    if (page.cursor.empty()) return 0;
    std::int64_t id = 0;
    const auto* end = page.cursor.data() + page.cursor.size();
    const auto parsed = std::from_chars(page.cursor.data(), end, id);
    if (parsed.ec == std::errc() && parsed.ptr == end && id > 0) return id;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"カーソルが正しくありません。", "The cursor is wrong."},
                   {{"#cursor", "bad_cursor"}}});
}

/// A page of things with an id, of which one more than asked for was read.
template <class Thing, class Show>
Response page_of(std::vector<Thing> things, const http::PageRequest& page, Show show) {
    const bool has_more = things.size() > static_cast<std::size_t>(page.limit);
    if (has_more) things.resize(static_cast<std::size_t>(page.limit));
    json::Array items;
    for (const auto& thing : things) items.push_back(show(thing));
    return http::ok(http::page(std::move(items), has_more ? std::to_string(things.back().id.value) : ""));
}

Role role_of(json::ObjectReader& reader) {
    const auto role = find_role(reader.text("role"));
    if (!role) add_rule_errors(reader, {{"/role", "not_a_choice"}});
    return role.value_or(Role::viewer);
}

// Without a public URL the server is used on this machine only, under the name the browser used.
std::string base_url(const RoutesContext& context, const Request& request) {
    const std::string url = context.public_url();
    return url.empty() ? "http://" + request.headers.get("host") : url;
}

json::Object link_json(const RoutesContext& context, const Request& request, const Link& link) {
    return {{"link", base_url(context, request) + "/password#" + link.secret},
            {"link_expires_at", format_moment(link.expires_at)}};
}

Response shown(Response response, const Account& account, OperationId operation) {
    return api::with_operation(http::with_version(std::move(response), account.version), operation);
}

Response create_staff(const RoutesContext& context, const Request& request) {
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    NewAccount input;
    input.login = reader.text("login");
    input.name = reader.text("name");
    input.role = role_of(reader);
    add_rule_errors(reader, check(input));
    reader.finish("staff.invalid");
    const auto added = add_account(context.journal, api::actor_of(request), input);
    auto object = to_json(added.account);
    for (const auto& [key, value] : link_json(context, request, *added.link)) object[key] = value;
    return shown(http::created(object), added.account, added.operation);
}

Response change_staff(const RoutesContext& context, const Request& request) {
    const auto version = version_seen(request);
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    AccountChange change;
    // Null is no value of any of these: what is named must be there.
    if (reader.has("name")) change.name = reader.text("name");
    if (reader.has("role")) change.role = role_of(reader);
    if (reader.has("disabled")) change.is_disabled = reader.boolean("disabled");
    if (change.name) add_rule_errors(reader, check_name(*change.name, "/name"));
    reader.finish("staff.invalid");
    const auto changed =
        change_account(context.journal, api::actor_of(request), staff_of(request), version, change);
    return shown(http::ok(to_json(changed.account)), changed.account, changed.operation);
}

void add_staff_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/staff", one = all + "/{staff}";
    routes.push_back({Method::get, all, Right::named("staff.read"), [&context](const Request& request) {
                          const auto page = http::page_request(request);
                          auto accounts = list_accounts(context.journal, below(page), page.limit + 1);
                          return page_of(std::move(accounts), page,
                                         [](const Account& account) { return to_json(account); });
                      }});
    routes.push_back({Method::post, all, Right::named("staff.edit"),
                      [&context](const Request& request) { return create_staff(context, request); },
                      http::BodyRule::json()});
    routes.push_back({Method::get, one, Right::named("staff.read"), [&context](const Request& request) {
                          const auto account = get_account(context.journal, staff_of(request));
                          return shown(http::ok(to_json(account)), account, {});
                      }});
    routes.push_back({Method::patch, one, Right::named("staff.edit"),
                      [&context](const Request& request) { return change_staff(context, request); },
                      http::BodyRule::json()});
    routes.push_back({Method::post, one + "/link", Right::named("staff.edit"),
                      [&context](const Request& request) {
                          const auto body = http::optional_json_body(request);
                          json::ObjectReader(body).finish();
                          const auto link =
                              make_password_link(context.journal, api::actor_of(request), staff_of(request));
                          return http::created(link_json(context, request, link));
                      },
                      http::BodyRule::json()});
}

void add_sessions_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/staff/{staff}/sessions";
    const auto own = [](const Request& request) {
        const auto* session = caller_of(request).session();
        return session ? session->id : SessionId{};
    };
    routes.push_back({Method::get, all, Right::signed_in(), [&context, own](const Request& request) {
                          const auto page = http::page_request(request);
                          auto sessions = list_sessions(context.journal, api::actor_of(request),
                                                        staff_or_me(request), below(page), page.limit + 1);
                          const SessionId current = own(request);
                          return page_of(std::move(sessions), page, [&](const Session& session) {
                              return to_json(session, session.id == current);
                          });
                      }});
    routes.push_back({Method::delete_, all, Right::signed_in(), [&context, own](const Request& request) {
                          end_sessions(context.journal, api::actor_of(request), staff_or_me(request),
                                       own(request));
                          return http::no_content();
                      }});
    routes.push_back(
        {Method::delete_, all + "/{session}", Right::signed_in(), [&context](const Request& request) {
             end_session(context.journal, api::actor_of(request), staff_or_me(request),
                         {http::path_id(request, "session")});
             return http::no_content();
         }});
}

std::optional<core::Rights> find_scopes(json::ObjectReader& reader) {
    const auto names = reader.find_texts("scopes");
    if (!names) return std::nullopt;
    return core::Rights(names->begin(), names->end());
}

Response create_token(const RoutesContext& context, const Request& request) {
    if (const auto* session = caller_of(request).session()) require_fresh(*session, context.journal.now());
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    NewApiToken input{.staff = caller_of(request).account().id, .name = reader.text("name")};
    if (const auto staff = reader.find_id("staff")) input.staff = {*staff};
    input.scopes = find_scopes(reader);
    if (const auto text = reader.find_text("expires_at")) {
        input.expires_at = parse_moment(*text);
        if (!input.expires_at) reader.add_error("expires_at", "not_a_moment");
    }
    add_rule_errors(reader, check(input, context.journal.now()));
    reader.finish("token.invalid");
    const auto made = make_token(context.journal, api::actor_of(request), input);
    auto object = to_json(made.token);
    object["token"] = made.secret;
    return api::with_operation(http::created(object), made.operation);
}

void add_token_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    routes.push_back(
        {Method::get, "/api/v1/tokens", Right::named("token.edit"), [&context](const Request& request) {
             const auto page = http::page_request(request);
             auto tokens = list_tokens(context.journal, api::actor_of(request), below(page), page.limit + 1);
             return page_of(std::move(tokens), page, [](const ApiToken& token) { return to_json(token); });
         }});
    routes.push_back({Method::post, "/api/v1/tokens", Right::named("token.edit"),
                      [&context](const Request& request) { return create_token(context, request); },
                      http::BodyRule::json()});
    routes.push_back({Method::delete_, "/api/v1/tokens/{token}", Right::named("token.edit"),
                      [&context](const Request& request) {
                          return api::with_operation(http::no_content(),
                                                     revoke_token(context.journal, api::actor_of(request),
                                                                  {http::path_id(request, "token")}));
                      }});
}

void require_general(const Request& request) {
    if (request.path_parameters.get("name") == "general") return;
    throw Refused({ProblemKind::not_found,
                   "settings.not_found",
                   {"この設定はありません。", "There are no settings of this name."}});
}

Response shown(Response response, const Shop& shop, OperationId operation) {
    return api::with_operation(
        http::with_version(std::move(response), to_json(shop).at("version").as_int64()), operation);
}

void add_settings_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    const std::string one = "/api/v1/settings/{name}";
    routes.push_back({Method::get, one, Right::named("settings.read"), [&context](const Request& request) {
                          require_general(request);
                          const auto shop = context.journal.database().read(
                              [](storage::Transaction& tx) { return read_shop(tx); });
                          return shown(http::ok(to_json(shop)), shop, {});
                      }});
    routes.push_back({Method::put, one, Right::named("settings.edit"),
                      [&context](const Request& request) {
                          require_general(request);
                          const auto version = version_seen(request);
                          const auto changed =
                              change_shop(context.journal, api::actor_of(request), version,
                                          shop_of(http::json_body(request)), context.mail_rule_changed);
                          return shown(http::ok(to_json(changed.shop)), changed.shop, changed.operation);
                      },
                      http::BodyRule::json()});
}

}  // namespace

std::vector<http::Route> routes(const RoutesContext& context) {
    std::vector<http::Route> routes;
    add_session_routes(context, routes);
    add_staff_routes(context, routes);
    add_sessions_routes(context, routes);
    add_token_routes(context, routes);
    add_settings_routes(context, routes);
    return routes;
}

}  // namespace otokui::staff
