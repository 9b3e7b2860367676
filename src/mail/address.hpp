#pragma once

#include <optional>
#include <string>
#include <string_view>

// Addresses and header fields as they go over the wire. Everything here is pure, and refuses what could end a
// header or a command: CR, LF, NUL and the other control characters.
namespace otokui::mail {

struct Address {
    std::string local;   // as typed; quoted only when it was typed so
    std::string domain;  // ASCII labels

    /// Nothing for what is no address (text::mail_problem).
    static std::optional<Address> parse(std::string_view text);
    /// "hanako@example.jp". A local part that RFC 5321 takes only quoted ("a..b", which Japanese carriers
    /// gave out) is quoted here: both forms name one mailbox.
    std::string on_wire() const;
    bool operator==(const Address&) const = default;
};

/// True for text without control characters (C0, DEL, C1, line and paragraph separators), valid as UTF-8.
bool is_header_text(std::string_view text);

/// The value of an unstructured header ("Subject"): as it is when it is short ASCII, else words of RFC 2047
/// in UTF-8, folded. `used`: characters before it on the first line. Throws std::invalid_argument unless
/// is_header_text.
std::string encode_text(std::string_view text, std::size_t used);

/// "=?UTF-8?B?…?= <hanako@example.jp>", `"Dr. A" <…>` or the address alone. Throws as encode_text.
std::string encode_mailbox(std::string_view name, const Address& address, std::size_t used);

/// Base64 with its padding (RFC 4648, not the URL alphabet).
std::string base64(std::string_view bytes);

}  // namespace otokui::mail
