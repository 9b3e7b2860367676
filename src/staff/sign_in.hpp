#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include "staff/context.hpp"
#include "staff/types.hpp"

// Signing in, sessions, and who a request comes from.
namespace otokui::staff {

/// What was typed to sign in.
struct Credentials {
    std::string login, password;
    std::optional<std::string> otp = {};  // of the app, or a recovery code
};
/// Unknown login, wrong password and disabled account are one answer after one time: Refused session.refused.
/// After five failures for a login from an address within 15 minutes: Refused session.delayed with the time
/// to wait, without a look at the password. Refused session.busy when too many sign in at once. With a
/// second factor the right password alone is Refused session.otp_required, which is no failure, and a wrong
/// code session.otp_refused, which is one. Refused session.ip_refused from an address that is not allowed.
OpenedSession sign_in(const Context& context, const Origin& origin, const Credentials& credentials);
/// Opens a session without a password, for whoever has just set one by other means (set_up).
OpenedSession open_session(core::Writer& writer, StaffId staff, const Origin& origin);

/// A factor shown again; answers until when it counts. Refused as sign_in.
struct ShownFactor {
    std::optional<std::string> password, otp;  // one of them
};
Moment confirm(const Context& context, const core::Actor& actor, SessionId session, const ShownFactor& shown);
/// Refused session.not_fresh when the last factor is older than 10 minutes.
void require_fresh(const Session& session, Moment now);
/// Ends all sessions of the person and opens a new one. Refused as sign_in, and staff.invalid for the new
/// password.
OpenedSession change_password(const Context& context, const core::Actor& actor, const Origin& origin,
                              const std::string& password, const std::string& new_password);

/// Refused session.delayed while failures of this login from this address make it wait.
void require_no_delay(core::Journal& journal, const std::string& login, const std::string& ip);
/// Counts a wrong password or code against login and address, and leaves it in the record of the person.
void note_failure(core::Journal& journal, const std::string& login, std::optional<StaffId> staff,
                  const Origin& origin);

/// Sessions of others need staff.edit, and those of somebody with more rights are not ended. Refused
/// staff.not_found.
std::vector<Session> list_sessions(core::Journal& journal, const core::Actor& actor, StaffId staff,
                                   std::int64_t below, int limit);
/// Refused session.not_found.
void end_session(core::Journal& journal, const core::Actor& actor, StaffId staff, SessionId session);
/// All but `kept` (0: all).
void end_sessions(core::Journal& journal, const core::Actor& actor, StaffId staff, SessionId kept);

/// Tells who a request comes from. Thread-safe. Cost: one or two indexed reads; at most one small write a
/// minute for each session and token in use.
class Authenticator {
public:
    explicit Authenticator(core::Journal& journal) : journal_(journal) {}

    struct Identity {
        Account account;
        Grant grant;
        std::optional<Session> session;  // exactly one of the two is there
        std::optional<ApiToken> token;
        bool must_set_up_totp = false;    // a session whose role requires a second factor it does not have
        bool is_address_refused = false;  // a session from outside the allowed networks
    };
    /// Nothing when the session is unknown or over, or the account is disabled.
    std::optional<Identity> by_session(std::string_view secret, std::string_view ip = {});
    /// Nothing when the token is unknown, revoked or expired, or the account is disabled.
    std::optional<Identity> by_token(std::string_view secret);

private:
    /// The server's clock, but never earlier than it was: setting it back revives nothing.
    Moment now();

    core::Journal& journal_;
    std::atomic<std::int64_t> latest_ = 0;
};

}  // namespace otokui::staff
