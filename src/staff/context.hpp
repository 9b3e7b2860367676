#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/key_ring.hpp"
#include "core/journal.hpp"
#include "staff/password_gate.hpp"
#include "staff/types.hpp"

namespace otokui::staff {

/// Mails to a member of staff, put together by the application. Each runs inside the transaction of its cause
/// and answers whether a mail will go out: no without mail settings, or when the person has no address. An
/// absent one tells nobody.
struct Notices {
    /// The link with which a password is set.
    std::function<bool(core::Writer&, const Account&, const std::string& url, Moment expires_at)>
        password_link = {};
    /// Signed in from an address never used before.
    std::function<bool(core::Writer&, const Account&, const Origin&)> new_place = {};
    /// `factor`: "password", "totp_on", "totp_off", "recovery_codes".
    std::function<bool(core::Writer&, const Account&, std::string_view factor)> factor_changed = {};
};

/// What the use cases of staff stand on; owned by the application.
struct Context {
    core::Journal& journal;
    PasswordGate& gate;
    const crypto::KeyRing& keys;
    Notices notices = {};
};

}  // namespace otokui::staff
