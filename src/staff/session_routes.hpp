#pragma once

#include "staff/routes.hpp"

namespace otokui::staff {

/// Signing in and out, oneself, setting up: the part of routes() that hashes passwords.
void add_session_routes(const RoutesContext& context, std::vector<http::Route>& routes);

/// The session of a request; Refused session.not_a_session with a token.
const Session& session_of(const http::Request& request);
/// A one-time password or recovery code as typed; nothing when the body names none.
std::optional<std::string> typed_otp(json::ObjectReader& reader);
/// The answer with the cookie of a session just opened.
http::Response signed_in(const RoutesContext& context, const OpenedSession& opened, http::Response response);
std::string csrf_token_of(const OpenedSession& opened);

}  // namespace otokui::staff
