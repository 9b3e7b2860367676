#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace otokui::text::cp932 {

// Windows-31J code by code; encoding.hpp has the functions for whole texts.

inline bool is_lead(unsigned char byte) {
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}
/// A half-width katakana of one byte.
inline bool is_kana(unsigned char byte) { return byte >= 0xA1 && byte <= 0xDF; }

/// The code point of a code of two bytes; 0 if there is none.
char16_t decode_pair(unsigned char lead, unsigned char trail);

struct Decoded {
    char32_t code_point;  // U+FFFD where the byte does not fit
    std::size_t length;   // bytes taken, 1 or 2
    bool is_valid;
};
/// The character at `at` (< bytes.size()). A lead byte without its trail byte is one invalid byte.
Decoded decode(std::string_view bytes, std::size_t at);

/// The code: up to 0xFF one byte, above two, lead first; -1 if CP932 lacks the character.
std::int32_t encode(char32_t code_point);

}  // namespace otokui::text::cp932
