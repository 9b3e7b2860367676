#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace otokui::text {

/// What a reader puts in the place of bytes that are not UTF-8.
inline constexpr char32_t kReplacement = 0xFFFD;

/// Decodes the code point at `at` (must be < text.size()) and moves `at` behind it. Overlong forms,
/// surrogates, values above U+10FFFF and cut sequences give U+FFFD and move `at` by one byte, so that a walk
/// always ends. U+FFFD written as such is told apart by its length of three bytes.
char32_t next_code_point(std::string_view text, std::size_t& at);

/// Appends `code_point` as UTF-8. Surrogates and values above U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

/// Offset of the first byte that does not belong to well-formed UTF-8, or of a NUL byte (no text of ours may
/// hold one: PostgreSQL refuses it and C interfaces cut there). Empty when all is well.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

inline bool is_valid_utf8(std::string_view text) { return !find_invalid_utf8(text); }

/// Number of code points; each byte that is not UTF-8 counts as one.
std::size_t code_point_count(std::string_view text);

/// The longest beginning of `text` with at most `limit` code points.
std::string_view first_code_points(std::string_view text, std::size_t limit);

/// The longest beginning of `text` with at most `limit` bytes that does not cut a code point.
std::string_view first_bytes(std::string_view text, std::size_t limit);

/// Range over the code points of a text: `for (char32_t c : CodePoints(text))`. Keeps no copy of the text.
class CodePoints {
public:
    class Iterator {
    public:
        Iterator(std::string_view text, std::size_t at) : text_(text), next_(at) { step(); }
        char32_t operator*() const { return current_; }
        Iterator& operator++() {
            step();
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at_ != other.at_; }

    private:
        void step() {
            at_ = next_;
            if (next_ < text_.size()) current_ = next_code_point(text_, next_);
        }

        std::string_view text_;
        std::size_t at_ = 0;
        std::size_t next_;
        char32_t current_ = 0;
    };

    explicit CodePoints(std::string_view text) : text_(text) {}
    Iterator begin() const { return Iterator(text_, 0); }
    Iterator end() const { return Iterator(text_, text_.size()); }

private:
    std::string_view text_;
};

// Inline because imports walk every cell of a million rows through these two.

inline char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [text](std::size_t index) -> char32_t {
        return static_cast<unsigned char>(text[index]);
    };
    const auto is_tail = [](char32_t value) { return (value & 0xC0) == 0x80; };
    const char32_t lead = byte(at);
    const std::size_t left = text.size() - at;
    if (lead < 0x80) {
        at += 1;
        return lead;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        if (left >= 3 && is_tail(byte(at + 1)) && is_tail(byte(at + 2))) {
            const char32_t value = (lead & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 | (byte(at + 2) & 0x3F);
            if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) {
                at += 3;
                return value;
            }
        }
    } else if (lead >= 0xC2 && lead < 0xE0) {
        if (left >= 2 && is_tail(byte(at + 1))) {
            const char32_t value = (lead & 0x1F) << 6 | (byte(at + 1) & 0x3F);
            at += 2;
            return value;
        }
    } else if (lead >= 0xF0 && lead < 0xF5) {
        if (left >= 4 && is_tail(byte(at + 1)) && is_tail(byte(at + 2)) && is_tail(byte(at + 3))) {
            const char32_t value = (lead & 0x07) << 18 | (byte(at + 1) & 0x3F) << 12 |
                                   (byte(at + 2) & 0x3F) << 6 | (byte(at + 3) & 0x3F);
            if (value >= 0x10000 && value <= 0x10FFFF) {
                at += 4;
                return value;
            }
        }
    }
    at += 1;
    return kReplacement;
}

inline void append_utf8(std::string& out, char32_t code_point) {
    if (code_point < 0x80) {
        out.push_back(static_cast<char>(code_point));
        return;
    }
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = kReplacement;
    char bytes[4];
    std::size_t length = 0;
    if (code_point < 0x800) {
        bytes[length++] = static_cast<char>(0xC0 | code_point >> 6);
    } else if (code_point < 0x10000) {
        bytes[length++] = static_cast<char>(0xE0 | code_point >> 12);
        bytes[length++] = static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    } else {
        bytes[length++] = static_cast<char>(0xF0 | code_point >> 18);
        bytes[length++] = static_cast<char>(0x80 | (code_point >> 12 & 0x3F));
        bytes[length++] = static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    }
    bytes[length++] = static_cast<char>(0x80 | (code_point & 0x3F));
    out.append(bytes, length);
}

}  // namespace otokui::text
