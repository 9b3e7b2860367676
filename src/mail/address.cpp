#include "mail/address.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"

namespace otokui::mail {
namespace {

constexpr std::size_t kMaxLine = 76;
constexpr std::string_view kWordStart = "=?UTF-8?B?", kWordEnd = "?=";
// Bytes whose base64 fills one encoded word of at most 75 characters.
constexpr std::size_t kBytesOfWord = 45;

bool is_printable_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

// What RFC 2047 readers would take for an encoded word must not pass as plain text.
bool looks_encoded(std::string_view text) { return text.find("=?") != std::string_view::npos; }

bool is_atom_text(char c) {
    constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kMarks.find(c) != std::string_view::npos;
}

bool is_dot_atom(std::string_view text) {
    if (text.empty() || text.front() == '.' || text.back() == '.') return false;
    return text.find("..") == std::string_view::npos &&
           std::ranges::all_of(text, [](char c) { return c == '.' || is_atom_text(c); });
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

void require_header_text(std::string_view text) {
    if (!is_header_text(text)) throw std::invalid_argument("mail: a header holds a control character");
}

std::string encoded_words(std::string_view text, std::size_t used) {
    std::string result;
    // The first line has less room; a word never tears a character.
    std::size_t room = used + kMaxLine / 2 > kMaxLine ? 0 : (kMaxLine - used - kWordStart.size() - 2) / 4 * 3;
    room = std::min(room, kBytesOfWord);
    while (!text.empty()) {
        const auto part = text::first_bytes(text, room);
        if (!part.empty()) {
            result.append(kWordStart).append(base64(part)).append(kWordEnd);
            text.remove_prefix(part.size());
        }
        if (!text.empty()) result += "\r\n ";
        room = kBytesOfWord;
    }
    return result;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
    if (!text::is_mail(text)) return std::nullopt;
    const auto at = text.rfind('@');
    return Address{std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

std::string Address::on_wire() const {
    const bool plain = is_dot_atom(local) || local.front() == '"';
    return (plain ? local : quoted(local)) + "@" + domain;
}

bool is_header_text(std::string_view text) {
    if (!text::is_valid_utf8(text)) return false;
    for (const char32_t c : text::CodePoints(text))
        if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029) return false;
    return true;
}

std::string encode_text(std::string_view text, std::size_t used) {
    require_header_text(text);
    const bool edges = text.empty() || (text.front() != ' ' && text.back() != ' ');
    if (edges && is_printable_ascii(text) && !looks_encoded(text) && used + text.size() <= kMaxLine)
        return std::string(text);
    return encoded_words(text, used);
}

std::string encode_mailbox(std::string_view name, const Address& address, std::size_t used) {
    require_header_text(name);
    const auto wire = address.on_wire();
    if (name.empty()) return wire;
    std::string phrase;
    if (is_printable_ascii(name) && !looks_encoded(name) && used + name.size() + 2 <= kMaxLine)
        phrase = quoted(name);
    else
        phrase = encoded_words(name, used);
    // The address goes to a line of its own where both would not fit.
    const auto line_end = phrase.rfind("\r\n");
    const auto on_line = line_end == std::string::npos ? used + phrase.size() : phrase.size() - line_end - 2;
    return phrase + (on_line + wire.size() + 3 > kMaxLine ? "\r\n <" : " <") + wire + ">";
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    result.reserve((bytes.size() + 2) / 3 * 4);
    const auto byte = [&](std::size_t at) -> unsigned {
        return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const unsigned three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (int shift = 18; shift >= 0; shift -= 6) result += kAlphabet[three >> shift & 63];
    }
    for (std::size_t i = bytes.size() % 3; i != 0 && i < 3; ++i) result[result.size() + i - 3] = '=';
    return result;
}

}  // namespace otokui::mail
