#include "access/watch_routes.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "core/record_json.hpp"

namespace otokui::access {
namespace {

using http::Handler;
using http::Reads;
using http::Request;
using http::Response;
using http::Route;

Reading reading_of(const Request& request, const std::string& kind) {
    Reading reading{.actor = api::actor_of(request), .kind = kind};
    reading.session = request.caller->rate_key();
    if (reading.actor.may(core::kUnmaskedRight)) reading.fields |= kContact;
    return reading;
}

Reading reading_of_customer(const Request& request, const std::string& kind) {
    auto reading = reading_of(request, kind);
    reading.customer = {http::path_id(request, "customer")};
    reading.count = 1;
    return reading;
}

Reading reading_of_told(const Request& request, const std::string& kind, const http::Shown& shown) {
    auto reading = reading_of(request, kind);
    if (!shown.contact) reading.fields &= ~kContact;
    if (shown.revealed) reading.fields |= kContact;
    reading.page = shown.customers;
    if (!shown.asked.empty()) reading.asked = json::to_text(shown.asked);
    reading.job = shown.job;
    reading.digest = shown.digest;
    std::ranges::sort(reading.page);
    const auto twice = std::ranges::unique(reading.page);
    reading.page.erase(twice.begin(), twice.end());
    reading.count = std::max(shown.count, std::ssize(reading.page));
    // One customer is found by the index of those that were opened.
    if (reading.page.size() == 1 && reading.count == 1 && reading.job == 0 && kind != "search")
        reading.customer = {std::exchange(reading.page, {}).front()};
    return reading;
}

bool shows_something(const Response& response) {
    const auto* text = std::get_if<std::string>(&response.body);
    return response.status < 300 && (text == nullptr || !text->empty());
}

void write_customer(Log& log, const Request& request, const std::string& kind, const Response& response) {
    log.write(reading_of_customer(request, kind));
    // Others whom the answer shows beside him.
    if (response.shown && !response.shown->customers.empty())
        log.write(reading_of_told(request, kind, *response.shown));
}

void write_told(Log& log, const Request& request, const std::string& kind, const http::Shown& shown) {
    if (shown.count > 0 || !shown.customers.empty() || !shown.asked.empty())
        log.write(reading_of_told(request, kind, shown));
}

/// A handler after which the log is written. What a refusal shows of the customer (412: how he is now) is
/// shown, too.
Handler watched_customer(Log& log, core::Journal& journal, const std::string& kind, bool is_read,
                         Handler handler) {
    const auto answer = [&log, kind, handler = std::move(handler)](const Request& request) {
        auto response = handler(request);
        if (!shows_something(response)) return response;
        write_customer(log, request, kind, response);
        return response;
    };
    return [&log, &journal, kind, is_read, answer](const Request& request) {
        try {
            return is_read ? answer(request) : journal.together([&] { return answer(request); });
        } catch (const Refused& refused) {
            if (refused.problem().extra.contains("current")) log.write(reading_of_customer(request, kind));
            throw;
        }
    };
}

// A refused undo tells what has become of the values since, and whose they are. `told`: what its problem says
// besides.
http::Shown shown_in(const json::Object& told) {
    http::Shown shown;
    const auto* conflicts = told.if_contains("conflicts");
    if (!conflicts || !conflicts->is_array()) return shown;
    for (const auto& conflict : conflicts->as_array())
        if (const auto* customer = conflict.as_object().if_contains("customer"))
            shown.customers.push_back(std::stoll(std::string(customer->as_string())));
    return shown;
}

Handler watched_told(Log& log, const std::string& kind, Handler handler) {
    return [&log, kind, handler = std::move(handler)](const Request& request) {
        Response response;
        try {
            response = handler(request);
        } catch (const Refused& refused) {
            const auto shown = shown_in(refused.problem().extra);
            write_told(log, request, kind, shown);
            throw;
        }
        if (!shows_something(response)) return response;
        if (!response.shown) throw std::logic_error("a route did not tell what it shows: " + request.route);
        write_told(log, request, kind, *response.shown);
        return response;
    };
}

void watch(Log& log, core::Journal& journal, Route& route) {
    const auto whose = route.reads.whose();
    if (whose == Reads::Whose::nobody || whose == Reads::Whose::own_input) return;
    auto* handler = std::get_if<Handler>(&route.action);
    const bool names_customer = route.pattern.find("{customer}") != std::string::npos;
    if (!handler || !is_kind(route.reads.kind()) || route.right.kind() == http::Right::Kind::open ||
        (whose == Reads::Whose::customer && !names_customer))
        throw std::logic_error("route: what it reads cannot be logged: " + route.pattern);
    route.action = whose == Reads::Whose::customer
                       ? watched_customer(log, journal, route.reads.kind(), http::is_safe(route.method),
                                          std::move(*handler))
                       : watched_told(log, route.reads.kind(), std::move(*handler));
}

std::string key_of(http::Method method, const std::string& pattern) {
    return std::string(http::name_of(method)) + " " + pattern;
}

json::Object refusal_of(const Response& response) {
    const auto* text = std::get_if<std::string>(&response.body);
    return text && !text->empty() ? json::parse(*text).as_object() : json::Object();
}

}  // namespace

Repeats::Repeats(Log& log, std::span<const Route> routes) : log_(log) {
    for (const auto& route : routes) reads_.emplace(key_of(route.method, route.pattern), route.reads);
}

void Repeats::write(const Request& request, const Response& response) const {
    const auto& reads = reads_.at(key_of(request.method, request.route));
    const auto& kind = reads.kind();
    const bool is_refused = response.status >= 400;
    if (reads.whose() == Reads::Whose::customer) {
        if (is_refused ? refusal_of(response).contains("current") : shows_something(response))
            write_customer(log_, request, kind, response);
    } else if (reads.whose() == Reads::Whose::told) {
        if (is_refused)
            write_told(log_, request, kind, shown_in(refusal_of(response)));
        else if (response.shown)
            write_told(log_, request, kind, *response.shown);
    }
}

std::vector<Route> watched(Log& log, core::Journal& journal, std::vector<Route> routes) {
    for (auto& route : routes) watch(log, journal, route);
    return routes;
}

}  // namespace otokui::access
