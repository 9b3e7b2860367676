#include "http/request_log.hpp"

#include "base/json.hpp"
#include "base/log.hpp"

namespace otokui::http {
std::string log_line(const Served& served, Moment at) {
    json::Object line;
    line["time"] = format_utc(at);
    line["level"] = served.status >= 500 ? "error" : "info";
    line["event"] = "http.request";
    line["request_id"] = served.request_id;
    if (!served.actor.empty()) line["actor"] = served.actor;
    line["method"] = served.method;
    line["route"] = served.route;
    line["status"] = served.status;
    line["duration_us"] = static_cast<std::int64_t>(served.duration.count());
    if (!served.fault.empty()) line["fault"] = served.fault;
    return json::to_text(line);
}

}  // namespace otokui::http
