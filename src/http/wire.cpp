#include "http/wire.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <stdexcept>

namespace otokui::http {
namespace {

std::string_view reason(int status) {
    static const std::map<int, std::string_view> reasons{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {423, "Locked"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };
    const auto found = reasons.find(status);
    return found == reasons.end() ? "" : found->second;
}

std::string http_date(std::chrono::system_clock::time_point now) {
    constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(now - day));
    std::string text(kDays[std::chrono::weekday(day).c_encoding()]);
    const auto add_two = [&text](auto number) {
        text += static_cast<char>('0' + number / 10);
        text += static_cast<char>('0' + number % 10);
    };
    text += ", ";
    add_two(static_cast<unsigned>(date.day()));
    text += ' ';
    text += kMonths[static_cast<unsigned>(date.month()) - 1];
    text += ' ' + std::to_string(static_cast<int>(date.year())) + ' ';
    add_two(clock.hours().count());
    text += ':';
    add_two(clock.minutes().count());
    text += ':';
    add_two(clock.seconds().count());
    return text + " GMT";
}

bool is_clean(std::string_view text) {
    return std::ranges::none_of(
        text, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

void add_field(std::string& head, std::string_view name, std::string_view value) {
    if (!is_clean(name) || !is_clean(value))
        throw std::logic_error("response: a control character in a header");
    head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

void add_security_headers(Headers& headers, bool is_tls) {
    const auto add = [&headers](std::string_view name, std::string_view value) {
        if (!headers.has(name)) headers.add(std::string(name), std::string(value));
    };
    add("Content-Security-Policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'");
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "same-origin");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    add("Cache-Control", "no-store");
    if (is_tls) add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

std::string write_head(const WireHead& head) {
    std::string text = "HTTP/1.1 " + std::to_string(head.status) + ' ';
    text.append(reason(head.status)).append("\r\n");
    add_field(text, "Date", http_date(head.now));
    add_field(text, "Server", "otokui");
    for (const auto& [name, value] : head.headers) add_field(text, name, value);
    if (head.framing == Framing::length) add_field(text, "Content-Length", std::to_string(head.length));
    if (head.framing == Framing::chunked) add_field(text, "Transfer-Encoding", "chunked");
    add_field(text, "Connection", head.keep_alive ? "keep-alive" : "close");
    return text + "\r\n";
}

std::string chunk_header(std::size_t size) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
    return std::string(digits.data(), end) + "\r\n";
}

}  // namespace otokui::http
