#pragma once

#include <string_view>

// Codes of the customer's choices as they are stored and as they stand in JSON.
namespace otokui::customer {

inline constexpr std::string_view kTable = "customer";
inline constexpr std::string_view kAddressTable = "customer_address";

namespace status {
inline constexpr std::string_view kVisitor = "visitor";  // ビジター: left a mail address, never bought
inline constexpr std::string_view kGuest = "guest";      // ゲスト: bought without registering
inline constexpr std::string_view kProvisional = "provisional";  // 仮会員: registered, mail not confirmed
inline constexpr std::string_view kMember = "member";            // 会員
inline constexpr std::string_view kWithdrawn = "withdrawn";      // 退会
}  // namespace status

/// The document of settings with the rules of customers.
inline constexpr std::string_view kSettings = "customer";

/// Parts of the product that a shop can switch off; fields and routes name them.
inline constexpr std::string_view kLabels = "labels";
inline constexpr std::string_view kLevels = "levels";
inline constexpr std::string_view kSpecialTypes = "special_types";
inline constexpr std::string_view kBlockList = "block_list";

/// In these settings: "own" or "mail"; core::member_id_is_mail reads it.
inline constexpr std::string_view kMemberIdRule = "member_id";

/// Among whom a mail address is unique (setting mail_unique); deleted and withdrawn customers never count.
enum class MailRule {
    login,   // members and provisional members together, those taken without login excepted
    status,  // within each status (ecforce)
    off
};

}  // namespace otokui::customer
