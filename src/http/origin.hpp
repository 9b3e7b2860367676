#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/problem.hpp"
#include "http/router.hpp"

namespace otokui::http {

/// Whether an Origin header names the server's own pages. With a public URL it must be that URL's origin (on
/// loopback its other names 127.0.0.1, localhost and [::1] with the same port count too); without one, http
/// and the Host header.
bool is_own_origin(std::string_view origin, std::string_view public_url, std::string_view host);

/// The refusal of a changing request that another site's page may have made the browser send; nullopt when it
/// is good. Bearer callers are never refused: a browser does not send their token by itself. A cookie session
/// must show its token and our own Origin. A request without a caller (signing in) must not show a foreign
/// Origin. Sec-Fetch-Site cross-site is refused.
std::optional<Problem> find_forgery(const RequestHead& head, const Caller* caller, const Route& route,
                                    std::string_view public_url);

}  // namespace otokui::http
