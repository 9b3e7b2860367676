#include "staff/session_routes.hpp"

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/settings.hpp"
#include "http/paging.hpp"
#include "staff/account_json.hpp"
#include "staff/accounts.hpp"
#include "staff/caller_routes.hpp"
#include "staff/field_errors.hpp"
#include "staff/member_groups.hpp"
#include "staff/preferences.hpp"
#include "staff/rules.hpp"
#include "staff/security.hpp"
#include "staff/shop.hpp"
#include "staff/sign_in.hpp"
#include "staff/store.hpp"

namespace otokui::staff {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Right;

constexpr std::size_t kMaxTypedPassword = 1024;
constexpr std::size_t kMaxTypedCode = 100;
constexpr std::size_t kMaxBody = 16'384;

// A route that hashes a password: a small body and the tight rate of sign-ins.
http::Route sign_in_route(Method method, std::string pattern, Right right, http::Handler handler) {
    return {method,
            std::move(pattern),
            std::move(right),
            std::move(handler),
            http::BodyRule::json(kMaxBody),
            http::RateClass::sign_in};
}

// What is typed is bounded before it is hashed.
std::string typed_password(json::ObjectReader& reader, std::string_view key) {
    std::string password = reader.text(key);
    if (password.size() > kMaxTypedPassword) reader.add_error(key, "too_long");
    return password;
}

struct Signed {
    const Account& account;
    const core::Rights& rights;
    std::optional<std::int64_t> points_ceiling;
    bool must_set_up_totp;
    const Session* session;
    const ApiToken* token;
    std::optional<std::string> csrf;
};

json::Object me(core::Journal& journal, const Signed& who, Language spoken) {
    json::Array rights;
    for (const auto& right : who.rights) rights.emplace_back(right);
    const auto shop = journal.database().read([](storage::Transaction& tx) { return read_shop(tx); });
    json::Object object{{"id", std::to_string(who.account.id.value)},
                        {"login", who.account.login},
                        {"name", who.account.name},
                        {"role", who.account.role},
                        {"role_name", json::labels(who.account.role_label)},
                        {"rights", std::move(rights)},
                        {"points_ceiling", nullptr},
                        {"totp", who.account.has_totp},
                        {"must_set_up_totp", who.must_set_up_totp},
                        {"csrf_token", nullptr},
                        {"session", nullptr},
                        {"token", nullptr},
                        {"shop_name", shop.name},
                        {"mail_language", nullptr},
                        {"shop_language", std::string(name_of(shop.language.value_or(Language::ja)))},
                        {"language", spoken == Language::ja ? "ja" : "en"}};
    object["member_groups"] = to_json(
        journal.database().read([&](storage::Transaction& tx) { return groups_of(tx, who.account.id); }));
    object["features"] = journal.database().read([&](storage::Transaction& tx) {
        json::Array on;
        for (auto& feature : core::settings::features_on(tx, journal.registry()))
            on.emplace_back(std::move(feature));
        return on;
    });
    if (who.points_ceiling) object["points_ceiling"] = *who.points_ceiling;
    if (who.account.mail_language) object["mail_language"] = std::string(name_of(*who.account.mail_language));
    if (who.csrf) object["csrf_token"] = *who.csrf;
    if (who.session) object["session"] = to_json(*who.session, true);
    if (who.token) object["token"] = std::to_string(who.token->id.value);
    const auto preferences = read_preferences(journal, who.account.id);
    if (const auto* language = preferences.if_contains("language"))
        if (language->is_string()) object["language"] = *language;
    return object;
}

json::Object me(core::Journal& journal, const OpenedSession& opened, Language spoken) {
    const auto read = [&](storage::Transaction& tx) {
        const bool must_set_up = !opened.account.has_totp && requires_totp(read_security(tx), opened.account);
        return std::pair(store::grant_of(tx, opened.account.role), must_set_up);
    };
    const auto [grant, must_set_up] = journal.database().read(read);
    static const core::Rights kNone;
    return me(journal,
              {opened.account, must_set_up ? kNone : *grant.rights, grant.points_ceiling, must_set_up,
               &opened.session, nullptr, csrf_token(opened.secret)},
              spoken);
}

void add_sign_in_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    routes.push_back(
        sign_in_route(Method::post, "/api/v1/session", Right::open(), [&context](const Request& request) {
            const auto body = http::json_body(request);
            json::ObjectReader reader(body);
            Credentials typed{.login = reader.text("login"), .password = typed_password(reader, "password")};
            if (typed.login.size() > kMaxTypedPassword) reader.add_error("login", "too_long");
            typed.otp = typed_otp(reader);
            reader.finish();
            const auto opened = sign_in(context, origin_of(request), typed);
            return signed_in(context, opened, http::created(me(context.journal, opened, request.language)));
        }));
    routes.push_back(
        {Method::delete_, "/api/v1/session", Right::signed_in(), [&context](const Request& request) {
             const auto& session = session_of(request);
             end_session(context.journal, api::actor_of(request), session.staff, session.id);
             auto response = http::no_content();
             delete_session_cookie(response, context.public_url());
             return response;
         }});
    routes.push_back(sign_in_route(
        Method::post, "/api/v1/session/confirm", Right::signed_in(), [&context](const Request& request) {
            const auto& session = session_of(request);
            const auto body = http::json_body(request);
            json::ObjectReader reader(body);
            ShownFactor shown{.password = {}, .otp = typed_otp(reader)};
            // One of the two; neither means the password is missing.
            if (!shown.otp || reader.has("password")) shown.password = typed_password(reader, "password");
            if (shown.otp && shown.password) reader.add_error("otp", "one_of_required");
            reader.finish();
            const auto until = confirm(context, api::actor_of(request), session.id, shown);
            return http::ok(json::Object{{"fresh_until", format_moment(until)}});
        }));
    routes.push_back(sign_in_route(
        Method::put, "/api/v1/me/password", Right::signed_in(), [&context](const Request& request) {
            session_of(request);
            const auto body = http::json_body(request);
            json::ObjectReader reader(body);
            const std::string password = typed_password(reader, "password");
            const std::string new_password = typed_password(reader, "new_password");
            reader.finish();
            const auto opened =
                change_password(context, api::actor_of(request), origin_of(request), password, new_password);
            return signed_in(context, opened, http::ok(me(context.journal, opened, request.language)));
        }));
}

void add_me_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    routes.push_back({Method::get, "/api/v1/me", Right::signed_in(), [&context](const Request& request) {
                          const auto& caller = caller_of(request);
                          return http::ok(me(context.journal,
                                             {caller.account(), *caller.actor().rights,
                                              caller.points_ceiling(), caller.must_set_up_totp(),
                                              caller.session(), caller.token(), caller.csrf_token()},
                                             request.language));
                      }});
    routes.push_back(
        {Method::get, "/api/v1/me/preferences", Right::signed_in(), [&context](const Request& request) {
             return http::ok(read_preferences(context.journal, caller_of(request).account().id));
         }});
    routes.push_back({Method::put, "/api/v1/me/preferences", Right::signed_in(),
                      [&context](const Request& request) {
                          return http::ok(write_preferences(context.journal, caller_of(request).account().id,
                                                            http::json_body(request)));
                      },
                      http::BodyRule::json()});
}

// Mails go to the person, whoever asks with his token: so it takes his session, as his password does.
void add_language_route(const RoutesContext& context, std::vector<http::Route>& routes) {
    routes.push_back({Method::put, "/api/v1/me/mail-language", Right::signed_in(),
                      [&context](const Request& request) {
                          const auto body = http::json_body(request);
                          json::ObjectReader reader(body);
                          if (!reader.has("mail_language")) reader.add_error("mail_language", "required");
                          const auto language = read_mail_language(reader);
                          reader.finish("staff.invalid");
                          session_of(request);
                          const auto changed =
                              change_own_language(context.journal, api::actor_of(request), language);
                          json::Object object{{"mail_language", nullptr}};
                          if (const auto& chosen = changed.account.mail_language)
                              object["mail_language"] = std::string(name_of(*chosen));
                          return api::with_operation(http::ok(object), changed.operation);
                      },
                      http::BodyRule::json()});
}

void add_setup_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    routes.push_back({Method::get, "/api/v1/setup", Right::open(), [&context](const Request&) {
                          return http::ok(json::Object{{"needed", !is_set_up(context.journal)}});
                      }});
    routes.push_back(
        sign_in_route(Method::post, "/api/v1/setup", Right::open(), [&context](const Request& request) {
            const auto body = http::json_body(request);
            json::ObjectReader reader(body);
            SetUp input{.secret = reader.text("token"), .login = {}, .name = {}, .password = {}};
            Shop shop;
            shop.name = reader.text("shop_name");
            shop.sender = find_sender(reader);
            shop.language = request.language;  // of the browser in which the shop is set up
            input.login = reader.text("login");
            input.name = reader.text("name");
            input.password = typed_password(reader, "password");
            add_rule_errors(reader, check_name(shop.name, "/shop_name"));
            add_rule_errors(reader, check(input));
            reader.finish();
            require_setup_link(context.journal, input.secret);
            const std::string hash = context.gate.hash(input.password);
            auto actor = core::system_actor("setup");
            actor.ip = request.remote_address;
            const auto opened =
                context.journal.write({.actor = actor, .kind = "shop.set_up"}, [&](core::Writer& writer) {
                    const StaffId owner = set_up(writer, input, hash);
                    put_shop(writer, shop);
                    return open_session(writer, owner, origin_of(request));
                });
            return signed_in(context, opened, http::created(me(context.journal, opened, request.language)));
        }));
    routes.push_back(
        sign_in_route(Method::post, "/api/v1/password", Right::open(), [&context](const Request& request) {
            const auto body = http::json_body(request);
            json::ObjectReader reader(body);
            const std::string secret = reader.text("token");
            const std::string password = typed_password(reader, "password");
            reader.finish();
            const auto login = set_password_by_link(context, secret, password, request.remote_address);
            return http::ok(json::Object{{"login", login}});
        }));
}

}  // namespace

const Session& session_of(const Request& request) {
    if (const auto* session = caller_of(request).session()) return *session;
    throw Refused({ProblemKind::conflict,
                   "session.not_a_session",
                   {"APIトークンではこの操作を行えません。", "This cannot be done with an API token."}});
}

std::optional<std::string> typed_otp(json::ObjectReader& reader) {
    auto otp = reader.find_text("otp");
    if (otp && otp->size() > kMaxTypedCode) reader.add_error("otp", "too_long");
    return otp;
}

http::Response signed_in(const RoutesContext& context, const OpenedSession& opened, Response response) {
    add_session_cookie(response, opened.secret, context.public_url());
    return response;
}

std::string csrf_token_of(const OpenedSession& opened) { return csrf_token(opened.secret); }

void add_session_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    add_sign_in_routes(context, routes);
    add_me_routes(context, routes);
    add_language_route(context, routes);
    add_setup_routes(context, routes);
}

}  // namespace otokui::staff
