#pragma once

#include "mail/types.hpp"
#include "staff/context.hpp"

namespace otokui::app {

/// What members of staff are told by mail: the link to set a password, a sign-in from a new place, a changed
/// factor. `mails` outlives what is returned. Staff have no language of their own yet: the mails are in
/// Japanese.
staff::Notices staff_notices(const mail::Context& mails);

/// A customer who leaves is told so by mail, in the transaction in which he leaves; who has no address is
/// not.
core::OnWithdraw withdrawal_notice(const mail::Context& mails);

}  // namespace otokui::app
