#pragma once

#include <functional>
#include <vector>

#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::staff {

/// The routes, each of which now asks for a factor first as it declares (http::Factor): Refused
/// session.not_fresh for a cookie session whose last factor is older than 10 minutes. Tokens pass, they have
/// no factor but themselves. An undo asks when what it takes back asked: when changing that needs a right of
/// `asks_for_factor`; an export while the shop guards its exports. Where the shop wants a second factor for
/// all of that (Security::totp_to_administer), who has none is Refused session.totp_missing. `journal` must
/// outlive the routes.
using GuardsExports = std::function<bool(storage::Transaction&)>;
std::vector<http::Route> gated(core::Journal& journal, const GuardsExports& guards_exports,
                               std::vector<http::Route> routes);

}  // namespace otokui::staff
