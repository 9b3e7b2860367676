#include "http/origin.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace otokui::http {
namespace {

struct Origin {
    std::string scheme, host, port;
    bool operator==(const Origin&) const = default;
};

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

/// "scheme://host[:port]" with anything after it left out; nullopt for "null" and whatever has no host.
std::optional<Origin> parse_origin(std::string_view url) {
    const auto colon = url.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    Origin origin{.scheme = lower(url.substr(0, colon)), .host = {}, .port = {}};
    const std::string_view rest = url.substr(colon + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    const auto port = authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
    origin.host = lower(authority.substr(0, port));
    if (port != std::string_view::npos) origin.port = authority.substr(port + 1);
    if (origin.port.empty()) origin.port = origin.scheme == "https" ? "443" : "80";
    if (origin.host.empty()) return std::nullopt;
    return origin;
}

bool is_loopback_name(std::string_view host) {
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

bool is_same_secret(std::string_view a, std::string_view b) { return !a.empty() && crypto::is_equal(a, b); }

Problem forged(std::string code) {
    return {ProblemKind::forbidden,
            std::move(code),
            {"この画面から送られた操作ではないため、受け付けませんでした。再読み込みしてください。",
             "This was not sent by our own page. Reload and try again."}};
}

}  // namespace

bool is_own_origin(std::string_view origin, std::string_view public_url, std::string_view host) {
    const auto sent = parse_origin(origin);
    auto own = parse_origin(public_url.empty() ? "http://" + std::string(host) : std::string(public_url));
    if (!sent || !own) return false;
    if (is_loopback_name(sent->host) && is_loopback_name(own->host)) own->host = sent->host;
    return *sent == *own;
}

std::optional<Problem> find_forgery(const RequestHead& head, const Caller* caller, const Route& route,
                                    std::string_view public_url) {
    if (is_safe(head.method) || route.csrf == Csrf::exempt) return std::nullopt;
    const auto token = caller == nullptr ? std::nullopt : caller->csrf_token();
    if (caller != nullptr && !token) return std::nullopt;
    if (head.headers.get("sec-fetch-site") == "cross-site") return forged("csrf.cross_site");
    const std::string* origin = head.headers.find("origin");
    if (origin != nullptr && !is_own_origin(*origin, public_url, head.headers.get("host")))
        return forged("csrf.origin");
    if (!token || route.right.kind() == Right::Kind::open) return std::nullopt;
    if (origin == nullptr) return forged("csrf.origin");
    if (!is_same_secret(head.headers.get("x-csrf-token"), *token)) return forged("csrf.token");
    return std::nullopt;
}

}  // namespace otokui::http
