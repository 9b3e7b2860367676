#include "base/text/cp932.hpp"

#include <unicode/ucnv.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/text/encoding.hpp"
#include "base/text/utf8.hpp"

namespace otokui::text {
namespace cp932 {
namespace {

// ICU's ibm-943_P15A-2003 is Windows-31J as Excel has it (~ and \ in ASCII, 0x8160 = U+FF5E). Its converter
// is kept out of the inner loops: both directions are tables, made once.
class Tables {
public:
    Tables() : code_points_(0x10000), codes_(0x10000) {
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
            ucnv_open("ibm-943_P15A-2003", &status), &ucnv_close);
        if (U_FAILURE(status)) throw std::runtime_error("ICU has no converter for CP932");
        ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);

        // Some characters have several codes. Windows writes JIS X 0208 before NEC's row 13, that before
        // IBM's extensions, and NEC's selection of those never; the first code entered stays.
        for (const auto& [first, last] :
             {std::pair{0x81, 0x84}, std::pair{0x88, 0x9F}, std::pair{0xE0, 0xEA}, std::pair{0x85, 0x87},
              std::pair{0xF0, 0xFC}, std::pair{0xEB, 0xEF}}) {
            for (int lead = first; lead <= last; ++lead) add_row(converter.get(), lead);
        }
        for (int byte = 0xA1; byte <= 0xDF; ++byte)
            codes_[std::size_t{0xFF61} - 0xA1 + static_cast<std::size_t>(byte)] =
                static_cast<std::uint16_t>(byte);
        add_other_writings();
    }

    char16_t code_point(std::size_t code) const { return code_points_[code]; }
    std::uint16_t code(char32_t code_point) const { return codes_[code_point]; }

private:
    void add_row(UConverter* converter, int lead) {
        for (int trail = 0x40; trail <= 0xFC; ++trail) {
            if (trail == 0x7F) continue;
            const std::array<char, 2> bytes{static_cast<char>(lead), static_cast<char>(trail)};
            std::array<UChar, 4> out{};
            UErrorCode status = U_ZERO_ERROR;
            ucnv_resetToUnicode(converter);
            const int32_t length = ucnv_toUChars(converter, out.data(), 4, bytes.data(), 2, &status);
            if (U_FAILURE(status) || length != 1 || out[0] == kReplacement) continue;
            const auto code = static_cast<std::uint16_t>(lead << 8 | trail);
            code_points_[code] = out[0];
            if (codes_[out[0]] == 0) codes_[out[0]] = code;
        }
    }

    void add_other_writings() {
        constexpr std::array<std::pair<char16_t, char16_t>, 8> kSame{{{0x301C, 0xFF5E},
                                                                      {0x2212, 0xFF0D},
                                                                      {0x2016, 0x2225},
                                                                      {0x2014, 0x2015},
                                                                      {0x00A2, 0xFFE0},
                                                                      {0x00A3, 0xFFE1},
                                                                      {0x00AC, 0xFFE2},
                                                                      {0x00A5, 0xFFE5}}};
        for (const auto& [other, ours] : kSame) codes_[other] = codes_[ours];
    }

    std::vector<char16_t> code_points_;  // by code; 0: none
    std::vector<std::uint16_t> codes_;   // by code point; 0: none
};

const Tables& tables() {
    static const Tables instance;
    return instance;
}

}  // namespace

char16_t decode_pair(unsigned char lead, unsigned char trail) {
    return tables().code_point(static_cast<std::size_t>(lead) << 8 | trail);
}

Decoded decode(std::string_view bytes, std::size_t at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte < 0x80) return {byte, 1, true};
    if (is_kana(byte)) return {static_cast<char32_t>(byte - 0xA1 + 0xFF61), 1, true};
    if (is_lead(byte) && at + 1 < bytes.size()) {
        const char16_t point = decode_pair(byte, static_cast<unsigned char>(bytes[at + 1]));
        if (point != 0) return {point, 2, true};
    }
    return {kReplacement, 1, false};
}

std::int32_t encode(char32_t code_point) {
    if (code_point < 0x80) return static_cast<std::int32_t>(code_point);
    if (code_point > 0xFFFF) return -1;
    const std::uint16_t code = tables().code(code_point);
    return code == 0 ? -1 : code;
}

}  // namespace cp932

std::optional<std::size_t> append_cp932_as_utf8(std::string_view bytes, std::string& out) {
    std::optional<std::size_t> first_invalid;
    for (std::size_t at = 0; at < bytes.size();) {
        const cp932::Decoded decoded = cp932::decode(bytes, at);
        if (!decoded.is_valid && !first_invalid) first_invalid = at;
        append_utf8(out, decoded.code_point);
        at += decoded.length;
    }
    return first_invalid;
}

std::vector<char32_t> append_utf8_as_cp932(std::string_view text, std::string& out) {
    constexpr std::int32_t kGeta = 0x81AC;  // 〓
    std::vector<char32_t> unmappable;
    for (const char32_t point : CodePoints(text)) {
        std::int32_t code = cp932::encode(point);
        if (code < 0) {
            unmappable.push_back(point);
            code = kGeta;
        }
        if (code > 0xFF) out.push_back(static_cast<char>(code >> 8));
        out.push_back(static_cast<char>(code & 0xFF));
    }
    return unmappable;
}

}  // namespace otokui::text
