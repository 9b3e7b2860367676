#pragma once

#include <optional>
#include <string>
#include <vector>

#include "staff/context.hpp"

// The second factor: one-time passwords of an authenticator app, and recovery codes for the day it is lost.
namespace otokui::staff {

struct FactorState {
    bool is_on = false;
    bool is_required = false;  // by the role
    std::int64_t recovery_codes = 0;
};
FactorState factor_state(core::Journal& journal, StaffId staff);

struct FreshSeed {
    std::string secret;  // for typing
    std::string uri;     // for the QR code
};
/// A seed that waits for its first code; what was set up before goes on working until then.
FreshSeed begin_totp(const Context& context, const core::Actor& actor);

struct TotpOn {
    std::vector<std::string> recovery_codes;  // shown now and never again
    OpenedSession opened;
};
/// Turns it on, or renews it, with a code of the waiting seed. Ends every session of the person and opens
/// another. Refused totp.not_begun, totp.refused, session.delayed after many wrong ones.
TotpOn confirm_totp(const Context& context, const core::Actor& actor, const Origin& origin,
                    const std::string& code);
/// Ten new ones; the others stop working. Refused totp.off.
std::vector<std::string> renew_recovery_codes(const Context& context, const core::Actor& actor);
/// Ends every session and opens another. Refused totp.off, totp.required.
OpenedSession turn_totp_off(const Context& context, const core::Actor& actor, const Origin& origin);
/// For somebody who has lost both app and codes; ends his sessions. Refused staff.not_found,
/// staff.more_rights, staff.owner_only, totp.off. Needs staff.edit.
OperationId remove_totp(const Context& context, const core::Actor& actor, StaffId staff);

/// A code that fits but is not used up yet: a step of the app, or the row of a recovery code.
struct FoundFactor {
    std::int64_t step = 0, recovery_code = 0;
};
std::optional<FoundFactor> find_factor(storage::Transaction& tx, const crypto::KeyRing& keys, StaffId staff,
                                       std::string_view typed, Moment now);
/// False when another request used it first.
bool use_factor(core::Writer& writer, StaffId staff, const FoundFactor& factor);

}  // namespace otokui::staff
