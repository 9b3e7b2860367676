#include "mail/message.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include "base/crypto.hpp"
#include "mail/address.hpp"

namespace otokui::mail {
namespace {

constexpr std::size_t kBase64Line = 76;
constexpr std::size_t kIdBytes = 18;

Address address_of(const std::string& text) {
    auto address = Address::parse(text);
    if (!address) throw std::invalid_argument("mail: not an address");
    return *address;
}

std::string mailbox_header(const std::string& name, const Party& party) {
    const auto start = name + ": ";
    return start + encode_mailbox(party.name, address_of(party.email), start.size()) + "\r\n";
}

std::string with_crlf(std::string_view text) {
    std::string result;
    result.reserve(text.size() + text.size() / 40);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (text[i] == '\n' || text[i] == '\r')
            result += "\r\n";
        else
            result += text[i];
    }
    return result;
}

std::string part(std::string_view type, std::string_view content) {
    std::string result = "Content-Type: " + std::string(type) +
                         "; charset=utf-8\r\n"
                         "Content-Transfer-Encoding: base64\r\n\r\n";
    const auto encoded = base64(with_crlf(content));
    for (std::size_t at = 0; at < encoded.size(); at += kBase64Line)
        result.append(encoded, at, kBase64Line).append("\r\n");
    return result;
}

}  // namespace

std::string format(const Letter& letter) {
    if (letter.message_id.find_first_of("<>\r\n ") != std::string::npos)
        throw std::invalid_argument("mail: bad Message-ID");
    std::string text = "Date: " + format_date(letter.date) + "\r\n";
    text += mailbox_header("From", letter.from);
    text += mailbox_header("To", letter.to);
    if (!letter.reply_to.empty()) text += mailbox_header("Reply-To", {"", letter.reply_to});
    constexpr std::string_view kSubject = "Subject: ";
    text.append(kSubject).append(encode_text(letter.subject, kSubject.size())).append("\r\n");
    text +=
        "Message-ID: <" + letter.message_id + ">\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n";
    if (!letter.body_html) return text + part("text/plain", letter.body_text);
    // Base64 holds no "=_", so the mark cannot stand in a part.
    const std::string mark = "=_" + letter.message_id.substr(0, letter.message_id.find('@'));
    text += "Content-Type: multipart/alternative; boundary=\"" + mark + "\"\r\n\r\n";
    text += "--" + mark + "\r\n" + part("text/plain", letter.body_text);
    text += "--" + mark + "\r\n" + part("text/html", *letter.body_html);
    return text + "--" + mark + "--\r\n";
}

std::string format_date(Moment moment) {
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = shop_day(moment);
    const auto seconds = (moment - start_of(day)).count() / 1000;
    const std::chrono::weekday weekday{std::chrono::sys_days(day)};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %u %s %d %02d:%02d:%02d +0900",
                  kDays.at(weekday.c_encoding()), static_cast<unsigned>(day.day()),
                  kMonths.at(static_cast<unsigned>(day.month()) - 1), static_cast<int>(day.year()),
                  static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
                  static_cast<int>(seconds % 60));
    return text.data();
}

std::string make_message_id(std::string_view sender) {
    const auto at = sender.rfind('@');
    const auto domain =
        at == std::string_view::npos ? std::string_view("otokui.invalid") : sender.substr(at + 1);
    return crypto::random_text(kIdBytes) + "@" + std::string(domain);
}

}  // namespace otokui::mail
