#include "http/router.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace otokui::http {
namespace {

bool is_parameter(const std::string& segment) { return segment.starts_with('{'); }

/// The inside of "{id}" or "{path*}".
std::string parameter_name(std::string_view segment, bool takes_rest) {
    segment.remove_prefix(1);
    segment.remove_suffix(takes_rest ? 2 : 1);
    return std::string(segment);
}

std::vector<std::string> split(std::string_view pattern) {
    if (!pattern.starts_with('/')) throw std::logic_error("route: pattern must start with a slash");
    std::vector<std::string> segments;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const auto slash = std::min(pattern.find('/'), pattern.size());
        segments.emplace_back(pattern.substr(0, slash));
        pattern.remove_prefix(slash);
    }
    return segments;
}

/// Orders patterns from the most particular: segment by segment a literal, then a parameter, then the rest of
/// the path.
std::string rank(const std::vector<std::string>& segments, bool takes_rest) {
    std::string ranks;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const bool is_rest = takes_rest && i + 1 == segments.size();
        ranks += is_rest ? '2' : is_parameter(segments[i]) ? '1' : '0';
    }
    return ranks;
}

/// The pattern without its parameters' names: two routes with the same shape and method would hide each
/// other.
std::string shape(const std::vector<std::string>& segments, Method method) {
    std::string text(name_of(method));
    for (const auto& segment : segments) {
        text += '/';
        text += is_parameter(segment) ? (segment.ends_with("*}") ? "{*}" : "{}") : segment;
    }
    return text;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
    std::set<std::string> shapes;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        const Route& route = routes_[i];
        Entry entry{.segments = split(route.pattern), .route = i};
        entry.takes_rest = entry.segments.back().starts_with('{') && entry.segments.back().ends_with("*}");
        for (const auto& segment : entry.segments)
            if (is_parameter(segment) != segment.ends_with('}'))
                throw std::logic_error("route: bad pattern " + route.pattern);
        if (route.method == Method::head) throw std::logic_error("route: GET serves HEAD: " + route.pattern);
        if (is_safe(route.method) && route.body.kind != BodyRule::Kind::none)
            throw std::logic_error("route: GET takes no body: " + route.pattern);
        const bool has_action =
            std::visit([](const auto& action) { return action != nullptr; }, route.action);
        if (!has_action) throw std::logic_error("route: no handler: " + route.pattern);
        if (std::holds_alternative<UploadHandler>(route.action) && route.body.kind == BodyRule::Kind::none)
            throw std::logic_error("route: an upload needs a body: " + route.pattern);
        if (route.runs == Runs::event_loop &&
            (route.right.kind() != Right::Kind::open || std::holds_alternative<UploadHandler>(route.action)))
            throw std::logic_error("route: only open routes may run on the event loop: " + route.pattern);
        if (!shapes.insert(shape(entry.segments, route.method)).second)
            throw std::logic_error("route: declared twice: " + shape(entry.segments, route.method));
        entries_.push_back(std::move(entry));
    }
    std::ranges::sort(entries_, {}, [this](const Entry& entry) {
        return std::pair(rank(entry.segments, entry.takes_rest),
                         std::string_view(routes_[entry.route].pattern));
    });
}

bool Router::fits(const Entry& entry, std::span<const std::string> segments) {
    if (entry.takes_rest ? segments.size() < entry.segments.size() : segments.size() != entry.segments.size())
        return false;
    for (std::size_t i = 0; i < entry.segments.size(); ++i) {
        if (entry.takes_rest && i + 1 == entry.segments.size()) return true;
        if (is_parameter(entry.segments[i]) ? segments[i].empty() : entry.segments[i] != segments[i])
            return false;
    }
    return true;
}

Router::Match Router::match(Method method, std::span<const std::string> segments) const {
    const Method wanted = method == Method::head ? Method::get : method;
    Match match;
    for (const Entry& entry : entries_) {
        // A route for the rest of all paths must not turn an unknown path into "method not allowed".
        if (entry.takes_rest && !match.allow.empty()) continue;
        if (!fits(entry, segments)) continue;
        const Route& route = routes_[entry.route];
        if (route.method != wanted) {
            if (!entry.takes_rest) match.allow.push_back(route.method);
            continue;
        }
        match.route = &route;
        match.allow.clear();
        for (std::size_t i = 0; i < entry.segments.size(); ++i) {
            if (!is_parameter(entry.segments[i])) continue;
            const bool is_rest = entry.takes_rest && i + 1 == entry.segments.size();
            std::string value = segments[i];
            for (std::size_t j = i + 1; is_rest && j < segments.size(); ++j) value += '/' + segments[j];
            match.path_parameters.add(parameter_name(entry.segments[i], is_rest), std::move(value));
        }
        return match;
    }
    return match;
}

std::vector<Method> Router::methods_of(std::span<const std::string> segments) const {
    std::vector<Method> methods;
    for (const Entry& entry : entries_)
        if (fits(entry, segments)) methods.push_back(routes_[entry.route].method);
    return methods;
}

}  // namespace otokui::http
