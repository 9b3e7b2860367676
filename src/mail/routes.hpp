#pragma once

#include <vector>

#include "http/router.hpp"
#include "mail/types.hpp"

namespace otokui::mail {

/// Waits for the mail server, so it must not run inside a transaction: no Idempotency-Key.
inline constexpr std::string_view kTestRoute = "/api/v1/settings/mail/test";

/// /settings/mail, /mail-templates, /mails and /customers/{customer}/mails. `context` must outlive the
/// routes.
std::vector<http::Route> routes(const Context& context);

}  // namespace otokui::mail
