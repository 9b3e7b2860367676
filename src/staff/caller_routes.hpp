#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/caller.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "staff/sign_in.hpp"

// From the credentials of a request to a caller, and the cookie of a session.
namespace otokui::staff {

/// Somebody signed in, by session or by token.
class StaffCaller final : public api::ActorCaller {
public:
    /// `secret` of the session; unused with a token.
    StaffCaller(Authenticator::Identity identity, std::string_view secret);
    std::string actor_id() const override;
    std::string rate_key() const override;
    std::optional<std::string> csrf_token() const override { return csrf_token_; }

    const Account& account() const { return identity_.account; }
    /// The role requires a second factor that is not set up: nothing else can be done.
    bool must_set_up_totp() const { return identity_.must_set_up_totp; }
    std::optional<std::int64_t> points_ceiling() const { return identity_.grant.points_ceiling; }
    /// nullptr with a token.
    const Session* session() const { return identity_.session ? &*identity_.session : nullptr; }
    /// nullptr with a session.
    const ApiToken* token() const { return identity_.token ? &*identity_.token : nullptr; }

private:
    Authenticator::Identity identity_;
    std::optional<std::string> csrf_token_;
};

/// For http::Hooks::authenticate. `Authorization: Bearer` goes before the cookie; a token that does not work
/// is Refused token.invalid, a session that is over is nobody.
std::shared_ptr<const http::Caller> authenticate(Authenticator& authenticator, const http::RequestHead& head);

/// The signed-in caller of a route that needs one.
const StaffCaller& caller_of(const http::Request& request);
Origin origin_of(const http::Request& request);

/// "__Host-sid" wherever the shop's pages come over TLS; plain "sid" on loopback, where browsers refuse
/// Secure cookies.
void add_session_cookie(http::Response& response, const std::string& secret, std::string_view public_url);
void delete_session_cookie(http::Response& response, std::string_view public_url);

}  // namespace otokui::staff
