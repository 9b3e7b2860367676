#pragma once

#include "access/unusual.hpp"
#include "mail/types.hpp"
#include "staff/context.hpp"

// What is told by mail. Members of staff have it in their own language, who has chosen none and customers in
// the shop's. `mails` outlives what is returned.
namespace otokui::app {

/// What members of staff are told of their own account: the link to set a password, a sign-in from a new
/// place, a changed factor.
staff::Notices staff_notices(const mail::Context& mails);

/// Whoever may read the log of readings is told of who takes unusually much along, that person included: it
/// may be somebody else at his session.
access::OnUnusual unusual_notice(const mail::Context& mails);

/// A customer who leaves is told so by mail, in the transaction in which he leaves; who has no address is
/// not.
core::OnWithdraw withdrawal_notice(const mail::Context& mails);

}  // namespace otokui::app
