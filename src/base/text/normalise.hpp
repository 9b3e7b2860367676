#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace otokui::text {

// How stored values change on input, and nothing else about them does. Each function takes valid UTF-8 as
// typed and returns the value to store; all are idempotent. They never lose what they do not understand: a
// phone number with letters comes back with its letters, and the check below names it.

/// White space (Unicode, also U+3000) at both ends cut, CR LF -> LF. Every other byte stays as it is.
std::string trimmed(std::string_view text);

/// trimmed, and hiragana and half-width katakana -> full-width katakana, with their voiced marks composed.
std::string kana(std::string_view text);

/// Digits, +81 -> 0: "０９０－１２３４－５６７８", "+81 90 1234 5678", "(090) 1234-5678" -> "09012345678".
/// Text with anything but digits, separators and the plus sign is only trimmed.
std::string phone(std::string_view text);

/// Digits: "〒123-4567", "１２３ー４５６７" -> "1234567". Text with anything but digits, separators and 〒 is
/// only trimmed.
std::string postal_code(std::string_view text);

/// NFKC and lower case, white space at both ends cut.
std::string mail(std::string_view text);

// Checks of values that were normalised so. They answer the stable code of the field error, or nothing.

inline constexpr std::size_t kMaxMailLength = 254;
inline constexpr std::size_t kMaxMailLocalLength = 64;

/// "not_an_email" unless it is an address of RFC 5321 as shops meet them: ASCII, local part of atoms and dots
/// or a quoted string (no control characters), domain of at least two LDH labels whose last is not a number.
/// Dots in a row and before the
/// @ are taken although the RFC forbids them: Japanese carriers gave out such addresses.
std::optional<std::string_view> mail_problem(std::string_view mail);

/// "lost_leading_zero" for nine or ten digits without the leading 0 (what Excel leaves of a number),
/// "not_a_phone" unless 0 and nine to thirteen more digits (14: 0200 numbers of machines).
std::optional<std::string_view> phone_problem(std::string_view phone);

/// "lost_leading_zero" for four to six digits, "not_a_postal_code" unless seven digits.
std::optional<std::string_view> postal_code_problem(std::string_view postal_code);

/// "not_kana" unless full-width katakana with ー ・ ヽ ヾ and single-width or full-width spaces.
std::optional<std::string_view> kana_problem(std::string_view kana);

/// "bad_character" when a one-line text (names, streets, companies) holds a control character or a line or
/// paragraph separator, "invalid_utf8" when it is not UTF-8 or holds NUL. All letters pass: kanji of four
/// bytes, variation selectors, emoji with their joiners.
std::optional<std::string_view> line_problem(std::string_view text);

/// As line_problem for texts of several lines (memos): LF and TAB pass.
std::optional<std::string_view> multiline_problem(std::string_view text);

inline bool is_mail(std::string_view mail) { return !mail_problem(mail); }
inline bool is_phone(std::string_view phone) { return !phone_problem(phone); }
inline bool is_postal_code(std::string_view postal_code) { return !postal_code_problem(postal_code); }
inline bool is_kana(std::string_view kana) { return !kana_problem(kana); }

}  // namespace otokui::text
