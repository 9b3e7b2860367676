#pragma once

#include <vector>

#include "access/log.hpp"
#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::access {

/// The routes, each of which now writes its reading into the log before it answers, as its `reads` declares.
/// The answer to a change is written in the transaction of the change. std::logic_error for a kind that does
/// not exist and for declarations a route cannot keep. `log` and `journal` must outlive the routes.
std::vector<http::Route> watched(Log& log, core::Journal& journal, std::vector<http::Route> routes);

}  // namespace otokui::access
