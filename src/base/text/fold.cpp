#include "base/text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "base/text/bigram.hpp"
#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

constexpr char32_t kDropped = 0;
constexpr char32_t kVoicedMark = 0x3099;
constexpr char32_t kSemiVoicedMark = 0x309A;

const icu::Normalizer2& nfkc() {
    static const icu::Normalizer2* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        const auto* found = icu::Normalizer2::getNFKCInstance(status);
        if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFKC data");
        return found;
    }();
    return *instance;
}

bool is_ignored(char32_t code_point) {
    const auto point = static_cast<UChar32>(code_point);
    return u_isUWhiteSpace(point) || u_charType(point) == U_CONTROL_CHAR ||
           u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || code_point == kDocumentStart ||
           code_point == kDocumentEnd;
}

char32_t lower(char32_t code_point) {
    return static_cast<char32_t>(u_tolower(static_cast<UChar32>(code_point)));
}

// One code point of NFKC text to one code point, or kDropped.
char32_t fold_code_point(char32_t code_point) {
    if (is_ignored(code_point)) return kDropped;
    if ((code_point >= 0x3041 && code_point <= 0x3096) || code_point == 0x309D || code_point == 0x309E) {
        return code_point + 0x60;  // hiragana -> katakana
    }
    switch (code_point) {
        case 0x30FC:  // ー
        case 0x2010:  // ‐
        case 0x2011:
        case 0x2012:
        case 0x2013:  // –
        case 0x2014:  // —
        case 0x2015:  // ―
        case 0x2043:
        case 0x2212:  // −
        case 0x2500:  // ─
        case 0x2501:  // ━
            return '-';
        case 0x301C:  // 〜
            return '~';
        case 0x9AD9:
            return 0x9AD8;  // 髙 高
        case 0xFA11:
            return 0x5D0E;  // 﨑 崎
        case 0x908A:
        case 0x9089:
            return 0x8FBA;  // 邊 邉 辺
        case 0x9F4B:
        case 0x9F4A:
        case 0x6589:
            return 0x658E;  // 齋 齊 斉 斎
        default:
            return lower(code_point);
    }
}

// NFKC, then `map` on each code point, until the text stays the same: lower case and dropped spaces can open
// a new composition (カ + space + voiced mark). Two or three rounds are the rule; the bound only guards
// against a cycle in some later Unicode version.
template <class Map>
std::string map_until_stable(std::string_view text, Map map) {
    auto current = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    for (int round = 0; round < 16; ++round) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::UnicodeString normal = nfkc().normalize(current, status);
        if (U_FAILURE(status)) throw std::runtime_error("NFKC failed");
        icu::UnicodeString mapped;
        for (int32_t at = 0; at < normal.length(); at = normal.moveIndex32(at, 1)) {
            const char32_t point = map(static_cast<char32_t>(normal.char32At(at)));
            if (point != kDropped) mapped.append(static_cast<UChar32>(point));
        }
        if (mapped == current) break;
        current = std::move(mapped);
    }
    std::string out;
    current.toUTF8String(out);
    return out;
}

// True when the code point neither composes with nor is reordered behind what stands before it.
bool stands_alone(char32_t point) {
    const auto code = static_cast<UChar32>(point);
    return u_getCombiningClass(code) == 0 && u_getIntPropertyValue(code, UCHAR_NFKC_QUICK_CHECK) == UNORM_YES;
}

// What to do with each code point of the Basic Multilingual Plane, made once from the ICU way above:
// the folded code point itself, kDropped, kNeedsNeighbours, or (surrogate numbers stand for nothing else)
// kFirstExpansion + index of a folded text of several code points.
class FoldTable {
public:
    static constexpr char16_t kNeedsNeighbours = 0xFFFF;
    static constexpr char16_t kFirstExpansion = 0xD800;
    static constexpr std::size_t kMaxExpansions = 0x800;

    FoldTable() : entries_(0x10000, kNeedsNeighbours) {
        for (char32_t point = 0; point < 0x10000; ++point) {
            if (point >= 0xD800 && point <= 0xDFFF) continue;
            entries_[point] = entry_for(point);
        }
    }

    char16_t operator[](char32_t point) const { return entries_[point]; }
    const std::string& expansion(char16_t entry) const { return expansions_[entry - kFirstExpansion]; }

private:
    char16_t entry_for(char32_t point) {
        if (point >= 0x4E00 && point <= 0x9FFF) return static_cast<char16_t>(fold_code_point(point));
        std::string source;
        append_utf8(source, point);
        const std::string folded = fold_text_with_icu(source);
        if (folded.empty()) return kDropped;
        for (const char32_t part : CodePoints(folded)) {
            // The voiced marks are the one case of composition that real files are full of (half-width kana).
            const bool is_mark = part == kVoicedMark || part == kSemiVoicedMark;
            if (!stands_alone(part) && !(is_mark && folded.size() == 3)) return kNeedsNeighbours;
        }
        if (code_point_count(folded) == 1) {
            std::size_t at = 0;
            const char32_t only = next_code_point(folded, at);
            return only < 0xFFFE ? static_cast<char16_t>(only) : kNeedsNeighbours;
        }
        if (expansions_.size() == kMaxExpansions) return kNeedsNeighbours;
        expansions_.push_back(folded);
        return static_cast<char16_t>(kFirstExpansion + expansions_.size() - 1);
    }

    std::vector<char16_t> entries_;
    std::vector<std::string> expansions_;
};

// Code points above the BMP that fold to themselves whatever stands beside them: kanji extensions, emoji.
bool is_plain_supplementary(char32_t point) {
    return (point >= 0x20000 && point < 0x2F800) || (point >= 0x30000 && point < 0x31350) ||
           (point >= 0x1F300 && point < 0x1FB00);
}

bool is_variation_selector(char32_t point) { return point >= 0xE0100 && point <= 0xE01EF; }

}  // namespace

std::string fold_text_with_icu(std::string_view text) { return map_until_stable(text, fold_code_point); }

std::string fold_text(std::string_view text) {
    static const FoldTable table;
    std::string out;
    out.reserve(text.size());
    char32_t last = 0;  // last code point of `out`; 0 where it is not known
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        if (point >= 0x10000) {
            if (is_variation_selector(point)) continue;
            if (!is_plain_supplementary(point)) return fold_text_with_icu(text);
            append_utf8(out, point);
            last = point;
            continue;
        }
        const char16_t entry = table[point];
        if (entry == kDropped) continue;
        if (entry == FoldTable::kNeedsNeighbours) return fold_text_with_icu(text);
        if (entry == kVoicedMark || entry == kSemiVoicedMark) {
            if (last == 0 && !out.empty()) return fold_text_with_icu(text);
            const UChar32 composed = nfkc().composePair(static_cast<UChar32>(last), entry);
            if (composed >= 0) {
                out.resize(out.size() - 3);  // only kana of three bytes compose with these marks
                last = static_cast<char32_t>(composed);
            } else {
                last = entry;
            }
            append_utf8(out, last);
            continue;
        }
        if (entry >= FoldTable::kFirstExpansion &&
            entry < FoldTable::kFirstExpansion + FoldTable::kMaxExpansions) {
            out += table.expansion(entry);
            last = 0;
            continue;
        }
        append_utf8(out, entry);
        last = entry;
    }
    return out;
}

bool may_compose(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        const bool is_plain =
            point < 0x300 || (point >= 0x3400 && point <= 0x9FFF) || (point >= 0x30A0 && point <= 0x30FF);
        if (!is_plain && !stands_alone(point)) return true;
    }
    return false;
}

std::string lower_nfkc(std::string_view text) {
    const auto lower_without_sentinels = [](char32_t point) {
        return point == kDocumentStart || point == kDocumentEnd ? kDropped : lower(point);
    };
    std::string out(text);
    for (char& byte : out) {
        if (static_cast<signed char>(byte) <= 0) {  // not ASCII, or NUL, which is dropped
            out = map_until_stable(text, lower_without_sentinels);
            break;
        }
        if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
    }
    return std::string(without_outer_space(out));
}

bool is_space(char32_t code_point) {
    if (code_point < 0x80) return code_point == ' ' || (code_point >= 0x09 && code_point <= 0x0D);
    return code_point == 0xFEFF || u_isUWhiteSpace(static_cast<UChar32>(code_point));
}

std::string_view without_outer_space(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size() && is_space(next_code_point(text, at));) begin = at;
    text.remove_prefix(begin);
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && text.size() - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80)
            --last;
        std::size_t at = last;
        if (!is_space(next_code_point(text, at)) || at != text.size()) break;
        text.remove_suffix(text.size() - last);
    }
    return text;
}

}  // namespace otokui::text
