#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "mail/types.hpp"

namespace otokui::mail {

/// One mail, ready to be written down.
struct Letter {
    Party from, to;
    std::string reply_to;  // empty: none
    std::string subject;
    std::string body_text;
    std::optional<std::string> body_html;
    std::string message_id;  // without < >
    Moment date;
};

/// The whole message of RFC 5322 with CRLF at every line's end: text in base64, with HTML as its alternative.
/// Auto-Submitted keeps other people's absence notes from answering. Pure. Throws std::invalid_argument when
/// an address is none or a header would hold a control character.
std::string format(const Letter& letter);

/// "Sun, 22 Nov 2026 10:00:00 +0900"
std::string format_date(Moment moment);

/// A fresh Message-ID for a sender's address, random before the @.
std::string make_message_id(std::string_view sender);

}  // namespace otokui::mail
