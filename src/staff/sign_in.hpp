#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include "core/journal.hpp"
#include "staff/password_gate.hpp"
#include "staff/types.hpp"

// Signing in, sessions, and who a request comes from.
namespace otokui::staff {

/// Unknown login, wrong password and disabled account are one answer after one time: Refused session.refused.
/// After five failures for a login from an address within 15 minutes: Refused session.delayed with the time
/// to wait, without a look at the password. Refused session.busy when too many sign in at once.
OpenedSession sign_in(core::Journal& journal, PasswordGate& gate, const Origin& origin,
                      const std::string& login, const std::string& password);
/// Opens a session without a password, for whoever has just set one by other means (set_up).
OpenedSession open_session(core::Writer& writer, StaffId staff, const Origin& origin);

/// A factor shown again; answers until when it counts. Refused as sign_in.
Moment confirm(core::Journal& journal, PasswordGate& gate, const core::Actor& actor, SessionId session,
               const std::string& password);
/// Refused session.not_fresh when the last factor is older than 10 minutes.
void require_fresh(const Session& session, Moment now);
/// Ends all sessions of the person and opens a new one. Refused as sign_in, and staff.invalid for the new
/// password.
OpenedSession change_password(core::Journal& journal, PasswordGate& gate, const core::Actor& actor,
                              const Origin& origin, const std::string& password,
                              const std::string& new_password);

/// Sessions of others need staff.edit (and those of owners an owner). Refused staff.not_found.
std::vector<Session> list_sessions(core::Journal& journal, const core::Actor& actor, StaffId staff,
                                   std::int64_t below, int limit);
/// Refused session.not_found.
void end_session(core::Journal& journal, const core::Actor& actor, StaffId staff, SessionId session);
/// All but `kept`.
void end_sessions(core::Journal& journal, const core::Actor& actor, StaffId staff, SessionId kept);

/// Tells who a request comes from. Thread-safe. Cost: one or two indexed reads; at most one small write a
/// minute for each session and token in use.
class Authenticator {
public:
    explicit Authenticator(core::Journal& journal) : journal_(journal) {}

    struct Identity {
        Account account;
        std::shared_ptr<const core::Rights> rights;
        std::optional<Session> session;  // exactly one of the two is there
        std::optional<ApiToken> token;
    };
    /// Nothing when the session is unknown or over, or the account is disabled.
    std::optional<Identity> by_session(std::string_view secret);
    /// Nothing when the token is unknown, revoked or expired, or the account is disabled.
    std::optional<Identity> by_token(std::string_view secret);

private:
    /// The server's clock, but never earlier than it was: setting it back revives nothing.
    Moment now();

    core::Journal& journal_;
    std::atomic<std::int64_t> latest_ = 0;
};

}  // namespace otokui::staff
