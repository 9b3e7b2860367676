#pragma once

#include <string_view>

#include "mail/template.hpp"
#include "mail/types.hpp"

// Names and places that service, queue and history share.
namespace otokui::mail {

/// Why a mail stands as it does; stable, shown in words by the page.
namespace cause {
inline constexpr std::string_view kNone = "";
inline constexpr std::string_view kWaiting = "waiting";         // queued, will be tried again
inline constexpr std::string_view kPeerDown = "peer_down";      // queued, the mail server does not answer
inline constexpr std::string_view kRefused = "refused";         // failed: the peer will never take it
inline constexpr std::string_view kGivenUp = "given_up";        // failed after the last attempt
inline constexpr std::string_view kBadAddress = "bad_address";  // failed
inline constexpr std::string_view kUnreadable = "unreadable";   // failed: its sealed part cannot be opened
inline constexpr std::string_view kNotSetUp = "not_set_up";     // suppressed
inline constexpr std::string_view kCleaned = "cleaned";         // suppressed: the customer is クリーニング済
}  // namespace cause

/// Whether mail to the customer is kept back (クリーニング済): no sender passes by this. 0 is nobody.
bool is_cleaned(storage::Transaction& tx, CustomerId customer);

/// Where the secrets of a mail are sealed to.
inline std::string secrets_place(std::string_view message_id) {
    return "mail_message.secrets:" + std::string(message_id);
}

/// The texts of a template as they are now, edited or shipped.
struct CurrentTemplate {
    Contents contents;
    bool edited = false;
    std::int64_t version = 1, updated_at = 0;
    bool stored = false;
};
CurrentTemplate current_template(storage::Transaction& tx, const ShippedTemplate& shipped);

}  // namespace otokui::mail
