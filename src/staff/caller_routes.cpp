#include "staff/caller_routes.hpp"

#include <stdexcept>

#include "base/problem.hpp"
#include "staff/rules.hpp"
#include "staff/security.hpp"

namespace otokui::staff {
namespace {

constexpr std::string_view kSecureCookie = "__Host-sid";
constexpr std::string_view kPlainCookie = "sid";
constexpr std::string_view kBearer = "bearer ";
constexpr std::size_t kMaxUserAgent = 300;

core::Actor actor_of(const Authenticator::Identity& identity) {
    return {
        .staff = identity.account.id,
        .token = identity.token ? identity.token->id.value : 0,
        .name = identity.account.name,
        .rights = identity.must_set_up_totp ? std::make_shared<const core::Rights>() : identity.grant.rights,
        .points_ceiling = identity.grant.points_ceiling};
}

bool is_over_tls(std::string_view public_url) { return public_url.starts_with("https://"); }

http::Cookie session_cookie(std::string value, std::string_view public_url) {
    const bool secure = is_over_tls(public_url);
    return {.name = std::string(secure ? kSecureCookie : kPlainCookie),
            .value = std::move(value),
            .secure = secure};
}

// The scheme's name is the same in any case (RFC 9110, 11.1).
std::optional<std::string_view> find_bearer(std::string_view authorization) {
    if (authorization.size() < kBearer.size()) return std::nullopt;
    for (std::size_t i = 0; i < kBearer.size(); ++i) {
        const char c = authorization[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kBearer[i]) return std::nullopt;
    }
    return authorization.substr(kBearer.size());
}

bool is_below(std::string_view path, std::string_view root) {
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

// What a session may reach that must not do all. Pages themselves are open to anybody.
void require_open_way(const Authenticator::Identity& identity, std::string_view path) {
    if (!is_below(path, "/api")) return;
    if (identity.is_address_refused) refuse_address();
    if (!identity.must_set_up_totp || is_below(path, "/api/v1/me") || is_below(path, "/api/v1/session"))
        return;
    throw Refused({ProblemKind::forbidden,
                   "session.totp_setup_required",
                   {"先に二段階認証を設定してください。", "Set up two-step sign-in first."}});
}

}  // namespace

StaffCaller::StaffCaller(Authenticator::Identity identity, std::string_view secret)
    : ActorCaller(staff::actor_of(identity)), identity_(std::move(identity)) {
    if (identity_.session) csrf_token_ = staff::csrf_token(secret);
}

std::string StaffCaller::actor_id() const {
    const std::string staff = "staff:" + std::to_string(account().id.value);
    return token() ? staff + " token:" + std::to_string(token()->id.value) : staff;
}

std::string StaffCaller::rate_key() const {
    return token() ? "token:" + std::to_string(token()->id.value)
                   : "session:" + std::to_string(session()->id.value);
}

std::shared_ptr<const http::Caller> authenticate(Authenticator& authenticator,
                                                 const http::RequestHead& head) {
    if (const auto* authorization = head.headers.find("authorization")) {
        const auto secret = find_bearer(*authorization);
        auto identity = secret ? authenticator.by_token(*secret) : std::nullopt;
        if (!identity)
            throw Refused({ProblemKind::unauthenticated,
                           "token.invalid",
                           {"APIトークンが正しくないか、失効しています。",
                            "The API token is wrong or no longer valid."}});
        return std::make_shared<StaffCaller>(std::move(*identity), "");
    }
    for (const auto name : {kSecureCookie, kPlainCookie}) {
        const auto* secret = head.cookies.find(name);
        if (secret == nullptr || secret->empty()) continue;
        if (auto identity = authenticator.by_session(*secret, head.remote_address)) {
            require_open_way(*identity, head.path);
            return std::make_shared<StaffCaller>(std::move(*identity), *secret);
        }
    }
    return nullptr;
}

const StaffCaller& caller_of(const http::Request& request) {
    if (const auto* caller = dynamic_cast<const StaffCaller*>(request.caller.get())) return *caller;
    throw std::logic_error("staff: a route without a signed-in caller asked for one");
}

Origin origin_of(const http::Request& request) {
    // Headers may hold any bytes; what is stored must be text.
    std::string user_agent = request.headers.get("user-agent").substr(0, kMaxUserAgent);
    for (char& c : user_agent)
        if (c < 0x20 || c > 0x7e) c = '?';
    return {.ip = request.remote_address, .user_agent = std::move(user_agent)};
}

void add_session_cookie(http::Response& response, const std::string& secret, std::string_view public_url) {
    http::add_cookie(response, session_cookie(secret, public_url));
}

void delete_session_cookie(http::Response& response, std::string_view public_url) {
    auto cookie = session_cookie("", public_url);
    cookie.max_age_seconds = 0;
    http::add_cookie(response, cookie);
}

}  // namespace otokui::staff
