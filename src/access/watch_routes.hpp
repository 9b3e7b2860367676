#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "access/log.hpp"
#include "core/journal.hpp"
#include "http/router.hpp"

namespace otokui::access {

/// The routes, each of which now writes its reading into the log before it answers, as its `reads` declares.
/// The answer to a change is written in the transaction of the change. std::logic_error for a kind that does
/// not exist and for declarations a route cannot keep. `log` and `journal` must outlive the routes.
std::vector<http::Route> watched(Log& log, core::Journal& journal, std::vector<http::Route> routes);

/// Answers that are given again without their handler (Idempotency-Key): showing them once more is a reading
/// once more. `log` must outlive it.
class Repeats {
public:
    Repeats(Log& log, std::span<const http::Route> routes);
    /// Writes the reading of a kept answer of any of the routes, as `watched` wrote the first.
    void write(const http::Request& request, const http::Response& response) const;

private:
    Log& log_;
    std::map<std::string, http::Reads> reads_;  // by method and pattern
};

}  // namespace otokui::access
