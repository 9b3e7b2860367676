// Addresses and header fields of mails: whatever comes in, no header is ended early and no command of SMTP
// either.

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "law.hpp"
#include "mail/address.hpp"
#include "mail/message.hpp"

namespace {

using namespace otokui::mail;

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; });
}

// Headers are ASCII, short, and a line end in them is followed by a blank.
bool is_well_folded(std::string_view value) {
    constexpr std::size_t kLongestLine = 998;
    std::size_t line = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\r') {
            if (i + 2 >= value.size() || value[i + 1] != '\n' || value[i + 2] != ' ') return false;
            i += 2;
            line = 1;
        } else if (value[i] < 0x20 || value[i] > 0x7e || ++line > kLongestLine) {
            return false;
        }
    }
    return true;
}

void check_address(std::string_view text) {
    const auto address = Address::parse(text);
    if (!address) return;
    const auto wire = address->on_wire();
    OTOKUI_LAW(!has_control(wire));
    const auto again = Address::parse(wire);
    OTOKUI_LAW(again && again->on_wire() == wire);
    OTOKUI_LAW(again->domain == address->domain);
    OTOKUI_LAW(address->domain.find_first_of("<>@ \"") == std::string::npos);
}

void check_headers(std::string_view text) {
    if (!is_header_text(text)) {
        try {
            encode_text(text, 9);
            OTOKUI_LAW(false);
        } catch (const std::invalid_argument&) {
        }
        return;
    }
    for (const std::size_t used : {0U, 9U, 70U, 500U}) {
        OTOKUI_LAW(is_well_folded(encode_text(text, used)));
        OTOKUI_LAW(is_well_folded(encode_mailbox(text, {"a", "example.jp"}, used)));
    }
    const auto whole = format({.from = {std::string(text), "shop@example.jp"},
                               .to = {"", "hanako@example.jp"},
                               .reply_to = {},
                               .subject = std::string(text),
                               .body_text = std::string(text),
                               .body_html = std::string(text),
                               .message_id = "id@example.jp",
                               .date = {}});
    const auto head = whole.substr(0, whole.find("\r\n\r\n"));
    for (const auto* name : {"\r\nTo: ", "\r\nSubject: ", "\r\nMessage-ID: ", "\r\nContent-Type: "})
        OTOKUI_LAW(head.find(name) == head.rfind(name) && head.find(name) != std::string::npos);
    OTOKUI_LAW(head.find("\r\nBcc") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_address(text);
    check_headers(text);
    return 0;
}
