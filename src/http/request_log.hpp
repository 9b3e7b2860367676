#pragma once

#include <chrono>
#include <string>

#include "base/clock.hpp"

namespace otokui::http {

/// One answered request, as far as the log may know it: never the URL, a header or a name.
struct Served {
    std::string request_id = {};
    std::string actor = {};   // Caller::actor_id(), empty when nobody signed in
    std::string method = {};  // empty when the head could not be read
    std::string route = {};   // the pattern, empty when no route matched
    int status = 0;
    std::chrono::microseconds duration{0};
    std::string fault = {};  // why a head was refused or a connection broke off; a code, empty otherwise
};

/// One line of JSON without its line end: time (UTC), level, event, request_id, actor, method, route, status,
/// duration_us.
std::string log_line(const Served& served, Moment at);

}  // namespace otokui::http
