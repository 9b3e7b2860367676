#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/text_pair.hpp"
#include "core/actor.hpp"
#include "staff/rights.hpp"

namespace otokui::staff {

using SessionId = Id<struct SessionTag>;
using TokenId = Id<struct TokenTag>;
using RoleId = Id<struct RoleTag>;

/// What a role gives. No ceiling: any number of points in one change.
struct Grant {
    std::shared_ptr<const core::Rights> rights;
    std::optional<std::int64_t> points_ceiling = {};
};

/// A role of the shop's own, as somebody wants it.
struct RoleDraft {
    std::string name;
    core::Rights rights = {};
    std::optional<std::int64_t> points_ceiling = {};
};

struct OwnRole {
    RoleId id;
    RoleDraft draft;
    Moment created_at;
    std::int64_t version = 1;
};

/// Any role, shipped or own.
struct RoleEntry {
    std::string id;  // "operator"; of an own role its number
    Text label;      // twice the same for an own role
    Grant grant;
    bool is_built_in = false;
    std::int64_t members = 0;
    std::int64_t version = 1;
};

/// A member of staff.
struct Account {
    StaffId id;
    std::string login, name, kana, email;        // kana and email may be empty
    std::optional<Language> mail_language = {};  // of mails to the person; nothing: the shop's
    std::string role;                            // "operator"; of an own role its id
    Text role_label;
    bool is_disabled = false;
    bool is_deleted = false;    // the row stays for histories; the login is free again
    bool has_password = false;  // false until the first one-time link was used
    bool has_totp = false;      // signing in asks for a one-time password
    Moment created_at;
    std::optional<Moment> last_login_at;
    std::int64_t version = 1;
};

struct NewAccount {
    std::string login, name;  // as typed; rules.hpp has the limits
    std::string role = {};
    std::string kana = {}, email = {};
    std::string mail_language = {};  // "ja", "en"; empty: the shop's
};

/// What shall change; absent members stay.
struct AccountChange {
    std::optional<std::string> name = {}, kana = {}, email = {}, mail_language = {};
    std::optional<std::string> role = {};
    std::optional<bool> is_disabled = {};
};

/// When sessions end: so long after the last request, and after so long in any case. As shipped; a shop may
/// shorten both (settings/security).
struct SessionTimes {
    std::chrono::minutes idle{30};
    std::chrono::hours whole{12};
    bool operator==(const SessionTimes&) const = default;
};

/// An open session of a browser. The secret in the cookie is not part of it: nobody keeps that.
struct Session {
    SessionId id;
    StaffId staff;
    Moment created_at, last_used_at;
    Moment fresh_at;  // when a factor was last shown
    std::string ip, user_agent;
    SessionTimes times = {};  // by which it ends
};

/// From where a request comes, for the audit and the list of sessions.
struct Origin {
    std::string ip, user_agent;
};

/// A session just opened; `secret` goes into the cookie and nowhere else.
struct OpenedSession {
    Account account;
    Session session;
    std::string secret;
};

struct ApiToken {
    TokenId id;
    StaffId staff;
    std::string staff_name, name;
    std::optional<core::Rights> scopes;  // nothing: not narrowed
    Moment created_at;
    std::optional<Moment> expires_at, last_used_at;
};

struct NewApiToken {
    StaffId staff;
    std::string name;
    std::optional<core::Rights> scopes = {};
    std::optional<Moment> expires_at = {};  // it works before this moment
};

/// A one-time link: the secret stands behind '#', which browsers do not send.
struct Link {
    std::string secret;
    Moment expires_at;
};

}  // namespace otokui::staff
