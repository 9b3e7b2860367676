#pragma once

#include <string>
#include <string_view>

namespace otokui::text {

/// How the searchable shadow of a text is made. Both sides of a comparison go through the same kind.
enum class ShadowKind {
    /// Names, companies, memos and every other text. In this order, until nothing changes any more:
    ///  - NFKC (full and half width, ㈱ -> (株), ① -> 1, composed voiced kana);
    ///  - dropped: white space, control characters, invisible characters (Default_Ignorable_Code_Point:
    ///  variation
    ///    selectors, joiners, soft hyphen) and the two sentinels of bigram.hpp;
    ///  - lower case (one code point to one: İ -> i, ß stays);
    ///  - hiragana -> katakana;
    ///  - variant kanji, exactly 髙 -> 高, 﨑 -> 崎, 邊 邉 -> 辺, 齋 齊 斉 -> 斎;
    ///  - long-vowel and hyphen signs (ー ｰ - － ‐ ‑ ‒ – — ― − ⁃ ─ ━) -> '-', never removed. The wave dash is
    ///  not one
    ///    of them, but its two encodings 〜 and ～ both become '~'.
    text,
    /// NFKC and lower case only; white space at both ends is cut.
    mail,
    /// Phone and fax: the digits (ASCII and full width), a leading +81 becomes 0 (and +81 (0)90 does not
    /// double it).
    phone,
    /// Postal codes: the digits (ASCII and full width).
    digits,
    /// As `text`, then (address.cpp has the exact rules) ヶ ガ -> ケ, 大字 dropped, kanji numerals -> digits,
    /// 丁目 番地 番 号 and の between digits -> '-'.
    /// 桜ヶ丘四丁目8番9号 = 桜ヶ丘4-8-9 = 桜ケ丘４－８－９ -> 桜ケ丘4-8-9.
    address,
};

/// Idempotent. Bytes that are not UTF-8 become U+FFFD. An input of only spaces gives an empty shadow.
/// Cost: linear; about 0.1 us for a Japanese name. The first call builds a table (some 10 ms); thread-safe.
std::string shadow(ShadowKind kind, std::string_view text);

}  // namespace otokui::text
