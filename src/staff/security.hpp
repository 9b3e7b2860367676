#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "core/journal.hpp"
#include "staff/types.hpp"

// The shop's rules of signing in: setting `security`.
namespace otokui::staff {

struct Security {
    /// From where staff may sign in and work with a session; empty: from everywhere. API tokens are not bound
    /// to it: they have scopes and an end.
    std::vector<std::string> allowed_networks = {};
    /// Roles ("owner", "17") whose people can do nothing but set up a second factor until they have one.
    std::vector<std::string> totp_roles = {};
    /// What changes staff, keys and settings, and exports, takes a session of somebody who has a second
    /// factor. Absent: as it was, at first no.
    std::optional<bool> totp_to_administer = {};
    /// Absent: as they were, at first as shipped, which is the longest.
    std::optional<SessionTimes> times = {};
    std::int64_t version = 1;
};

Security read_security(storage::Transaction& tx);
json::Object to_json(const Security& security);
/// Throws Refused settings.invalid with every wrong field.
Security security_of(const json::Value& body);

/// Refused session.ip_refused (403) when the address is not among the allowed ones.
void require_allowed(const Security& security, std::string_view ip);
[[noreturn]] void refuse_address();
bool is_allowed(const Security& security, std::string_view ip);
/// Refused session.totp_missing when acts of this kind take a second factor that the person does not have.
void require_totp_to_administer(const Security& security, const Account& account);
bool requires_totp(const Security& security, const Account& account);

struct ChangedSecurity {
    Security security;
    OperationId operation;
};
/// Refused settings.stale, settings.invalid for a role there is not, settings.locks_out when the actor's own
/// address would be shut out. Needs settings.edit.
ChangedSecurity change_security(core::Journal& journal, const core::Actor& actor,
                                std::optional<std::int64_t> version, const Security& security);
/// The way out for the shell's owner: everybody may sign in from everywhere again.
void allow_everywhere(core::Journal& journal, const core::Actor& actor);

}  // namespace otokui::staff
