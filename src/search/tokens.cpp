#include "search/tokens.hpp"

#include <stdexcept>
#include <vector>

#include "base/text/bigram.hpp"
#include "base/text/utf8.hpp"

namespace otokui::search {
namespace {

constexpr char32_t kStart = text::kDocumentStart;
constexpr char32_t kEnd = text::kDocumentEnd;
constexpr char32_t kAsciiEnd = 0x80;
/// The longest window stays far below what PostgreSQL takes for a lexeme (2,046 bytes).
constexpr std::size_t kPair = 2, kAsciiWindow = 4, kDomainWindow = 64;

// Digits and letters but z as they are, what is not ASCII too; all else is z and one or two more, so that no
// written code point is the beginning of another.
void append_written(std::string& out, char32_t point) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    const bool is_plain = (point >= U'0' && point <= U'9') || (point >= U'a' && point < U'z');
    if (is_plain) {
        out.push_back(static_cast<char>(point));
        return;
    }
    if (point >= kAsciiEnd && point != kStart && point != kEnd) {
        text::append_utf8(out, point);
        return;
    }
    out.push_back('z');
    switch (point) {
        case U'.':
            out.push_back('a');
            return;
        case U'@':
            out.push_back('b');
            return;
        case U'-':
            out.push_back('c');
            return;
        case U'_':
            out.push_back('d');
            return;
        case kStart:
            out.push_back('e');
            return;
        case kEnd:
            out.push_back('f');
            return;
        case U'z':
            out.push_back('z');
            return;
        default:
            out.push_back(kHex[point >> 4]);
            out.push_back(kHex[point & 15]);
    }
}

std::size_t window_of(char32_t point) {
    if (point == U'@') return kDomainWindow;
    return point < kAsciiEnd ? kAsciiWindow : kPair;
}

void append_window(std::string& out, char column, const std::vector<char32_t>& points, std::size_t from,
                   std::size_t to) {
    out.push_back(column);
    for (std::size_t i = from; i < to; ++i) append_written(out, points[i]);
}

void decode(std::vector<char32_t>& points, std::string_view shadow) {
    for (const char32_t point : text::CodePoints(shadow)) points.push_back(point);
}

}  // namespace

void append_tokens(std::string& document, char column, std::string_view shadow) {
    if (shadow.empty()) return;
    thread_local std::vector<char32_t> points;
    points.assign(1, kStart);
    decode(points, shadow);
    points.push_back(kEnd);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        if (!document.empty()) document.push_back(' ');
        append_window(document, column, points, i, std::min(i + window_of(points[i]), points.size()));
    }
}

Phrase phrase(char column, std::string_view shadow, Anchor anchor) {
    if (shadow.empty()) throw std::logic_error("a phrase of nothing");
    std::vector<char32_t> points;
    if (anchor == Anchor::start || anchor == Anchor::both) points.push_back(kStart);
    decode(points, shadow);
    const bool ends = anchor == Anchor::end || anchor == Anchor::both;
    if (ends) points.push_back(kEnd);

    Phrase result;
    std::size_t covered = 0;
    // A window that would reach past the operand is cut, so it is a prefix and the last one.
    for (std::size_t i = 0; covered < points.size(); ++i) {
        const std::size_t to = i + window_of(points[i]);
        result.is_prefix = to > points.size() && !ends;
        covered = std::min(to, points.size());
        if (!result.tokens.empty()) result.tokens.push_back(' ');
        append_window(result.tokens, column, points, i, covered);
    }
    return result;
}

std::string code_token(char column, std::string_view code) { return column + std::string(code); }

}  // namespace otokui::search
