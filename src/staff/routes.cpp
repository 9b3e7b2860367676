#include "staff/routes.hpp"

#include <charconv>

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "staff/account_json.hpp"
#include "staff/accounts.hpp"
#include "staff/caller_routes.hpp"
#include "staff/field_errors.hpp"
#include "staff/rules.hpp"
#include "staff/session_routes.hpp"
#include "staff/shared_routes.hpp"
#include "staff/sign_in.hpp"
#include "staff/tokens.hpp"

namespace otokui::staff {
namespace {

using http::Factor;
using http::Method;
using http::Request;
using http::Response;
using http::Right;

// "me" or an id.
StaffId staff_or_me(const Request& request) {
    if (request.path_parameters.get("staff") == "me") return caller_of(request).account().id;
    return {http::path_id(request, "staff")};
}

// ?current=true: this session as well.
bool ends_this_too(const Request& request) {
    const auto* value = request.query.find("current");
    if (value == nullptr || *value == "false") return false;
    if (*value == "true") return request.path_parameters.get("staff") == "me";
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"current は true か false です。", "current is true or false."},
                   {{"/current", "not_a_choice"}}});
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
                          const bool with_this = ends_this_too(request);
                          end_sessions(context.journal, api::actor_of(request), staff_or_me(request),
                                       with_this ? SessionId{} : own(request));
                          auto response = http::no_content();
                          if (with_this) delete_session_cookie(response, context.public_url());
                          return response;
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
    routes.push_back(
        asking(Factor::fresh, {Method::post, "/api/v1/tokens", Right::named("token.edit"),
                               [&context](const Request& request) { return create_token(context, request); },
                               http::BodyRule::json()}));
    routes.push_back(asking(Factor::fresh, {Method::delete_, "/api/v1/tokens/{token}",
                                            Right::named("token.edit"), [&context](const Request& request) {
                                                return api::with_operation(
                                                    http::no_content(),
                                                    revoke_token(context.journal, api::actor_of(request),
                                                                 {http::path_id(request, "token")}));
                                            }}));
}

}  // namespace

std::int64_t below(const http::PageRequest& page) {
    if (page.cursor.empty()) return 0;
    std::int64_t id = 0;
    const auto* end = page.cursor.data() + page.cursor.size();
    const auto parsed = std::from_chars(page.cursor.data(), end, id);
    if (parsed.ec == std::errc() && parsed.ptr == end && id > 0) return id;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"カーソルが正しくありません。", "The cursor is wrong."},
                   {{"/cursor", "bad_cursor"}}});
}

std::string base_url(const RoutesContext& context, const Request& request) {
    const std::string url = context.public_url();
    return url.empty() ? "http://" + request.headers.get("host") : url;
}

std::vector<http::Route> routes(const RoutesContext& context) {
    std::vector<http::Route> routes;
    add_session_routes(context, routes);
    add_factor_routes(context, routes);
    add_staff_routes(context, routes);
    add_sessions_routes(context, routes);
    add_member_group_routes(context, routes);
    add_role_routes(context, routes);
    add_token_routes(context, routes);
    add_settings_routes(context, routes);
    return routes;
}

}  // namespace otokui::staff
