#pragma once

#include <string>
#include <string_view>

namespace otokui::transfer {

/// The key of the customer's field a column of another system probably means; empty when nothing is known.
/// Width, case, kana and signs make no difference: "E-Mail", "ｅｍａｉｌ" and "E_MAIL" are one.
std::string_view guess_customer_field(std::string_view header);

/// Columns of EC-CUBE's customer file (its 27) and of Shopify's; empty for those that have no place here.
/// Several columns may go to one field.
std::string_view eccube_field(std::string_view header);
std::string_view shopify_field(std::string_view header);

/// What other systems write for a choice of ours: 男 for male, 本会員 for member. The text itself when
/// nothing is known.
std::string_view our_word(std::string_view key, std::string_view text);

}  // namespace otokui::transfer
