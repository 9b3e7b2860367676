#include "http/target.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/utf8.hpp"

namespace otokui::http {
namespace {

constexpr std::size_t kMaxParameters = 500;

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

enum class Plus { is_itself, is_blank };

std::optional<std::string> decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_blank) {
            decoded += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const auto high = hex_digit(text[i + 1]);
            const auto low = hex_digit(text[i + 2]);
            if (!high || !low) return std::nullopt;
            decoded += static_cast<char>(*high * 16 + *low);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    if (!text::is_valid_utf8(decoded)) return std::nullopt;
    return decoded;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string_view trim(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

/// Takes the part up to the separator, which goes too.
std::string_view take(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

/// "/path?query" of an absolute form; nullopt for another scheme or no host.
std::optional<std::string_view> after_authority(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto path = std::min(target.find_first_of("/?"), target.size());
        if (path == 0) return std::nullopt;
        return target.substr(path);
    }
    return std::nullopt;
}

}  // namespace

std::optional<Parameters> parse_form(std::string_view text) {
    Parameters parameters;
    std::size_t count = 0;
    while (!text.empty()) {
        std::string_view value = take(text, '&');
        if (value.empty()) continue;
        if (++count > kMaxParameters) return std::nullopt;
        auto name = decode(take(value, '='), Plus::is_blank);
        auto decoded = decode(value, Plus::is_blank);
        if (!name || !decoded) return std::nullopt;
        parameters.add(std::move(*name), std::move(*decoded));
    }
    return parameters;
}

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) {
        const auto rest = after_authority(target);
        if (!rest) return std::nullopt;
        target = *rest;
    }
    std::string_view query = target;
    std::string_view path = take(query, '?');
    if (path.find('#') != std::string_view::npos || query.find('#') != std::string_view::npos)
        return std::nullopt;
    if (path.empty()) path = "/";
    Target parsed;
    auto parameters = parse_form(query);
    if (!parameters) return std::nullopt;
    parsed.query = std::move(*parameters);
    path.remove_prefix(1);
    while (true) {
        const bool is_last = path.find('/') == std::string_view::npos;
        auto segment = decode(take(path, '/'), Plus::is_itself);
        if (!segment || std::ranges::any_of(*segment, is_control)) return std::nullopt;
        parsed.path += '/' + *segment;
        parsed.segments.push_back(std::move(*segment));
        if (is_last) return parsed;
    }
}

Parameters parse_cookies(std::string_view field) {
    Parameters cookies;
    while (!field.empty()) {
        std::string_view value = trim(take(field, ';'));
        if (value.find('=') == std::string_view::npos) continue;
        const std::string_view name = trim(take(value, '='));
        if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"'))
            value = value.substr(1, value.size() - 2);
        if (!name.empty() && text::is_valid_utf8(name) && text::is_valid_utf8(value))
            cookies.add(std::string(name), std::string(value));
    }
    return cookies;
}

Language choose_language(std::string_view cookie, std::string_view accept_language) {
    if (cookie == "ja") return Language::ja;
    if (cookie == "en") return Language::en;
    double best = 0;
    Language chosen = Language::ja;
    while (!accept_language.empty()) {
        std::string_view parameters = trim(take(accept_language, ','));
        const std::string_view tag = trim(take(parameters, ';'));
        const std::string_view primary = tag.substr(0, tag.find('-'));
        double weight = 1;
        if (const auto q = parameters.find("q="); q != std::string_view::npos) {
            const std::string_view number = parameters.substr(q + 2);
            if (std::from_chars(number.data(), number.data() + number.size(), weight).ec != std::errc())
                continue;
        }
        if ((primary != "ja" && primary != "en") || weight <= best) continue;
        best = weight;
        chosen = primary == "ja" ? Language::ja : Language::en;
    }
    return chosen;
}

}  // namespace otokui::http
