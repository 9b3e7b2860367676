#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "core/actor.hpp"
#include "staff/rights.hpp"

namespace otokui::staff {

using SessionId = Id<struct SessionTag>;
using TokenId = Id<struct TokenTag>;

/// A member of staff.
struct Account {
    StaffId id;
    std::string login, name;
    Role role = Role::viewer;
    bool is_disabled = false;
    bool has_password = false;  // false until the first one-time link was used
    Moment created_at;
    std::optional<Moment> last_login_at;
    std::int64_t version = 1;
};

struct NewAccount {
    std::string login, name;  // as typed; rules.hpp has the limits
    Role role = Role::viewer;
};

/// What shall change; absent members stay.
struct AccountChange {
    std::optional<std::string> name = {};
    std::optional<Role> role = {};
    std::optional<bool> is_disabled = {};
};

/// An open session of a browser. The secret in the cookie is not part of it: nobody keeps that.
struct Session {
    SessionId id;
    StaffId staff;
    Moment created_at, last_used_at;
    Moment fresh_at;  // when a factor was last shown
    std::string ip, user_agent;
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
