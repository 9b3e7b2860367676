// Request smuggling lives on the places where RFC 9112 lets a receiver be lenient: a bare line feed as a line
// end, a blank before the colon, a folded line, two lengths, a length beside a transfer coding. Beast refuses
// most of them; this check refuses all of them, before Beast sees a byte, so that there is one reading of a
// request or none.
#include "http/head_check.hpp"

#include <algorithm>
#include <array>

namespace otokui::http {
namespace {

constexpr HeadFault kBadLine{400, "http.bad_request_line"};
constexpr HeadFault kBadField{400, "http.bad_header"};
constexpr HeadFault kBadLength{400, "http.bad_content_length"};
constexpr HeadFault kBadCoding{400, "http.bad_transfer_encoding"};
constexpr HeadFault kBadHost{400, "http.bad_host"};
constexpr HeadFault kRepeated{400, "http.repeated_header"};
constexpr HeadFault kBadVersion{505, "http.version_not_supported"};
constexpr HeadFault kTooLarge{431, "http.header_too_large"};

/// Fields whose second occurrence would leave open which of the two counts.
constexpr std::array<std::string_view, 12> kSingleFields{
    "content-length",  "transfer-encoding", "host",   "authorization",
    "cookie",          "content-type",      "origin", "x-csrf-token",
    "idempotency-key", "if-match",          "expect", "sec-fetch-site"};

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_token(std::string_view text) {
    constexpr std::string_view kSigns = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return is_alphanumeric(c) || kSigns.find(c) != std::string_view::npos;
    });
}

bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

/// What may stand in a value: visible ASCII, blanks, tabs and bytes past ASCII (decoded, if at all, by who
/// needs them).
bool is_value_byte(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool equal_lower(std::string_view text, std::string_view lower) {
    return std::ranges::equal(
        text, lower, {}, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

bool is_host(std::string_view host) {
    constexpr std::string_view kSigns = "-._~%!$&'()*+,;=:[]";
    return !host.empty() && std::ranges::all_of(host, [&](char c) {
        return is_alphanumeric(c) || kSigns.find(c) != std::string_view::npos;
    });
}

/// Takes the next line, its end excluded. The scanner made sure that every line ends in CR LF.
std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    return line;
}

std::optional<HeadFault> find_line_fault(std::string_view line) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return kBadLine;
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!is_token(line.substr(0, first)) || target.empty() || !std::ranges::all_of(target, is_visible))
        return kBadLine;
    if (version == "HTTP/1.1" || version == "HTTP/1.0") return std::nullopt;
    const bool is_version = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.';
    return is_version ? kBadVersion : kBadLine;
}

bool is_length(std::string_view value) {
    constexpr std::size_t kMaxDigits = 18;  // stays within 64 bits
    return !value.empty() && value.size() <= kMaxDigits &&
           std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
}

struct Fields {
    std::array<bool, kSingleFields.size()> seen{};
    bool has(std::string_view name) const {
        return seen[static_cast<std::size_t>(std::ranges::find(kSingleFields, name) - kSingleFields.begin())];
    }
};

std::optional<HeadFault> find_field_fault(std::string_view line, Fields& fields) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return kBadField;
    const std::string_view name = line.substr(0, colon);
    if (!is_token(name)) return kBadField;  // a folded line and a blank before the colon end here too
    const std::string_view value = trim(line.substr(colon + 1));
    if (!std::ranges::all_of(value, is_value_byte)) return kBadField;
    for (std::size_t i = 0; i < kSingleFields.size(); ++i) {
        if (!equal_lower(name, kSingleFields[i])) continue;
        if (fields.seen[i]) return kRepeated;
        fields.seen[i] = true;
    }
    if (equal_lower(name, "content-length") && !is_length(value)) return kBadLength;
    if (equal_lower(name, "transfer-encoding") && !equal_lower(value, "chunked")) return kBadCoding;
    if (equal_lower(name, "host") && !is_host(value)) return kBadHost;
    return std::nullopt;
}

}  // namespace

void HeadScanner::scan(std::string_view bytes) {
    for (; seen_ < bytes.size() && !size_ && !fault_; ++seen_) {
        const char c = bytes[seen_];
        const bool after_return = seen_ > line_start_ && bytes[seen_ - 1] == '\r';
        if (seen_ >= kMaxHeadSize) {
            fault_ = kTooLarge;
        } else if (c == '\n') {
            if (!after_return) fault_ = line_start_ == 0 ? kBadLine : kBadField;
            if (after_return && seen_ == line_start_ + 1) size_ = seen_ + 1;
            line_start_ = seen_ + 1;
        } else if (after_return || !(is_value_byte(c) || c == '\r')) {
            fault_ = line_start_ == 0 ? kBadLine : kBadField;
        }
    }
}

std::optional<HeadFault> find_head_fault(std::string_view head) {
    const bool is_new_version = head.substr(0, head.find("\r\n")).ends_with("HTTP/1.1");
    if (auto fault = find_line_fault(take_line(head))) return fault;
    Fields fields;
    std::size_t count = 0;
    for (std::string_view line = take_line(head); !line.empty(); line = take_line(head)) {
        if (++count > kMaxHeadFields) return kTooLarge;
        if (auto fault = find_field_fault(line, fields)) return fault;
    }
    if (fields.has("transfer-encoding") && (fields.has("content-length") || !is_new_version))
        return kBadCoding;
    if (is_new_version && !fields.has("host")) return kBadHost;
    return std::nullopt;
}

}  // namespace otokui::http
