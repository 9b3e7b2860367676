#include "http/request_log.hpp"

#include "base/json.hpp"

namespace otokui::http {
namespace {

std::string utc(Moment at) {
    const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(at.milliseconds)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    const auto padded = [](auto number, std::size_t width) {
        std::string digits = std::to_string(number);
        return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
    };
    return padded(static_cast<int>(date.year()), 4) + '-' + padded(static_cast<unsigned>(date.month()), 2) +
           '-' + padded(static_cast<unsigned>(date.day()), 2) + 'T' + padded(clock.hours().count(), 2) + ':' +
           padded(clock.minutes().count(), 2) + ':' + padded(clock.seconds().count(), 2) + '.' +
           padded(clock.subseconds().count(), 3) + 'Z';
}

}  // namespace

std::string log_line(const Served& served, Moment at) {
    json::Object line;
    line["time"] = utc(at);
    line["level"] = served.status >= 500 ? "error" : "info";
    line["event"] = "http.request";
    line["request_id"] = served.request_id;
    if (!served.actor.empty()) line["actor"] = served.actor;
    line["method"] = served.method;
    line["route"] = served.route;
    line["status"] = served.status;
    line["duration_ms"] = static_cast<double>(served.duration.count()) / 1000.0;
    if (!served.fault.empty()) line["fault"] = served.fault;
    return json::to_text(line);
}

}  // namespace otokui::http
