#include "http/response.hpp"

#include <algorithm>
#include <stdexcept>

namespace otokui::http {
namespace {

constexpr std::string_view kJson = "application/json";

Response json_response(int status, const json::Value& value) {
    Response response{.status = status, .headers = {}, .body = json::to_text(value)};
    response.headers.add("Content-Type", std::string(kJson));
    return response;
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

Response ok(const json::Value& value) { return json_response(200, value); }
Response created(const json::Value& value) { return json_response(201, value); }
Response accepted(const json::Value& value) { return json_response(202, value); }
Response no_content() { return {.status = 204, .headers = {}, .body = std::string()}; }

Response with_shown(Response response, Shown shown) {
    response.shown = std::make_shared<const Shown>(std::move(shown));
    return response;
}

Response text(std::string body, std::string_view content_type) {
    Response response{.status = 200, .headers = {}, .body = std::move(body)};
    response.headers.add("Content-Type", std::string(content_type));
    return response;
}

Response events(std::shared_ptr<EventSubscription> subscription) {
    Response response{.status = 200, .headers = {}, .body = std::move(subscription)};
    response.headers.add("Content-Type", "text/event-stream");
    response.headers.add("X-Accel-Buffering", "no");  // a proxy in front must not hold events back
    return response;
}

Response download(Download body, std::string_view content_type, std::string_view file_name) {
    Response response{.status = 200, .headers = {}, .body = std::move(body)};
    response.headers.add("Content-Type", std::string(content_type));
    return as_attachment(std::move(response), file_name);
}

Response with_version(Response response, std::int64_t version) {
    response.headers.set("ETag", '"' + std::to_string(version) + '"');
    return response;
}

Response as_attachment(Response response, std::string_view file_name) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string plain;    // for clients that know ASCII only
    std::string encoded;  // UTF-8, percent-encoded (RFC 8187)
    for (char c : file_name) {
        if (is_control(c) || c == '/' || c == '\\' || c == '"') c = '_';
        const auto byte = static_cast<unsigned char>(c);
        plain += byte < 0x80 ? c : '_';
        if (is_unreserved(c)) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += kDigits[byte >> 4];
            encoded += kDigits[byte & 15];
        }
    }
    response.headers.set("Content-Disposition",
                         "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
    return response;
}

void add_cookie(Response& response, const Cookie& cookie) {
    const auto is_clean = [](const std::string& part) { return std::ranges::all_of(part, is_unreserved); };
    if (cookie.name.empty() || !is_clean(cookie.name) || !is_clean(cookie.value))
        throw std::invalid_argument("cookie: a name or value with other characters");
    if (cookie.name.starts_with("__Host-") && !cookie.secure)
        throw std::invalid_argument("cookie: __Host- wants Secure");
    std::string field = cookie.name + "=" + cookie.value + "; Path=/; SameSite=Lax";
    if (cookie.max_age_seconds) field += "; Max-Age=" + std::to_string(*cookie.max_age_seconds);
    if (cookie.secure) field += "; Secure";
    if (cookie.http_only) field += "; HttpOnly";
    response.headers.add("Set-Cookie", std::move(field));
}

}  // namespace otokui::http
