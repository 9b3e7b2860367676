#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace otokui::text {

/// A card number in a text: bytes [offset, offset + length), separators inside it included.
struct CardNumber {
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string_view brand;  // visa mastercard amex jcb diners discover unionpay
    std::string last4;       // ASCII digits
    bool operator==(const CardNumber&) const = default;
};

/// Runs of 13 to 19 digits (ASCII or full width; single spaces or hyphens between groups) that pass Luhn's
/// check and have the first digits and the length of a card brand. Digits directly before or behind belong to
/// the run, so a part of a longer number is none. 13 digits that begin with 45 or 49 are Japanese article
/// numbers (JAN), not cards. Numbers columns are not for this function: an id may pass the check by chance.
std::vector<CardNumber> find_card_numbers(std::string_view text);

/// `text` with every digit of its card numbers but the last four replaced by '*' (full-width digits too).
std::string mask_card_numbers(std::string_view text);

}  // namespace otokui::text
