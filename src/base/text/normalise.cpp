#include "base/text/normalise.hpp"

#include <algorithm>
#include <array>

#include "base/text/digits.hpp"
#include "base/text/fold.hpp"
#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

// U+FF61 .. U+FF9F in full width.
constexpr std::u32string_view kFullWidth =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ"
    U"ヤユヨラリルレロワン\u3099\u309A";
static_assert(kFullWidth.size() == 0xFF9F - 0xFF61 + 1);

constexpr char32_t kVoicedMark = 0x3099;
constexpr char32_t kSemiVoicedMark = 0x309A;

// The voiced katakana, or 0 where there is none.
char32_t voiced(char32_t katakana) {
    constexpr std::u32string_view kPlain =
        U"カキクケコサシスセソタチツテトハヒフヘホ";  // each is followed by its voiced form
    if (kPlain.find(katakana) != kPlain.npos) return katakana + 1;
    switch (katakana) {
        case U'ウ':
            return U'ヴ';
        case U'ワ':
        case U'ヰ':
        case U'ヱ':
        case U'ヲ':
            return katakana + 8;  // ヷ ヸ ヹ ヺ
        case U'ヽ':
            return U'ヾ';
        default:
            return 0;
    }
}

char32_t semi_voiced(char32_t katakana) {
    constexpr std::u32string_view kPlain = U"ハヒフヘホ";
    return kPlain.find(katakana) != kPlain.npos ? katakana + 2 : 0;
}

char32_t to_katakana(char32_t point) {
    if (point >= 0xFF61 && point <= 0xFF9F) return kFullWidth[point - 0xFF61];
    if ((point >= 0x3041 && point <= 0x3096) || point == 0x309D || point == 0x309E) return point + 0x60;
    return point;
}

bool is_hyphen(char32_t point) {
    constexpr std::u32string_view kHyphens = U"-－ー‐‑‒–—―−─━ｰ";
    return kHyphens.find(point) != kHyphens.npos;
}

template <class IsExtra>
bool is_digits_and_separators(std::string_view text, IsExtra is_extra) {
    const CodePoints points(text);
    for (const char32_t point : points) {
        if (digit_value(point) < 0 && !is_space(point) && !is_hyphen(point) && !is_extra(point)) return false;
    }
    return true;
}

bool is_all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char byte) { return byte >= '0' && byte <= '9'; });
}

bool is_ascii_letter_or_digit(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool is_quoted_local_part(std::string_view local) {
    if (local.size() < 3 || local.front() != '"' || local.back() != '"') return false;
    local = local.substr(1, local.size() - 2);
    bool escaped = false;
    for (const char byte : local) {
        if (byte < 0x20 || byte > 0x7E || (byte == '"' && !escaped)) return false;
        escaped = byte == '\\' && !escaped;
    }
    return !escaped;
}

// What is no dot-atom goes over the wire between two quotes, which count as well (RFC 5321, 4.5.3.1).
std::size_t quotes_needed(std::string_view local) {
    const bool is_quoted = !local.empty() && local.front() == '"';
    return !is_quoted && (local.ends_with('.') || local.find("..") != local.npos) ? 2 : 0;
}

bool is_local_part(std::string_view local) {
    if (local.empty() || local.size() + quotes_needed(local) > kMaxMailLocalLength) return false;
    if (local.front() == '"') return is_quoted_local_part(local);
    constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";
    return local.front() != '.' && std::all_of(local.begin(), local.end(), [=](char byte) {
               return is_ascii_letter_or_digit(byte) || kOthers.find(byte) != kOthers.npos;
           });
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(),
                       [](char byte) { return is_ascii_letter_or_digit(byte) || byte == '-'; });
}

bool is_domain(std::string_view domain) {
    std::size_t labels = 1;
    for (std::size_t dot = domain.find('.'); dot != domain.npos; dot = domain.find('.')) {
        if (!is_label(domain.substr(0, dot))) return false;
        domain.remove_prefix(dot + 1);
        ++labels;
    }
    return labels >= 2 && is_label(domain) && !is_all_digits(domain);
}

template <class IsAllowed>
std::optional<std::string_view> control_problem(std::string_view text, IsAllowed is_allowed) {
    if (!is_valid_utf8(text)) return "invalid_utf8";
    for (const char32_t point : CodePoints(text)) {
        const bool is_control =
            point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
        if (is_control && !is_allowed(point)) return "bad_character";
    }
    return std::nullopt;
}

}  // namespace

std::string trimmed(std::string_view text) {
    text = without_outer_space(text);
    std::string out(text);
    if (out.find('\r') == out.npos) return out;
    out.clear();
    for (std::size_t at = 0; at < text.size(); ++at) {
        // CR CR LF (a file converted twice) too is one line end: left as CR LF it would change again when
        // saved again.
        const std::size_t after = text.find_first_not_of('\r', at);
        if (after != at && after != text.npos && text[after] == '\n') at = after;
        out.push_back(text[at]);
    }
    return out;
}

std::string kana(std::string_view text) {
    const std::string source = trimmed(text);
    std::string out;
    out.reserve(source.size());
    char32_t last = 0;
    for (std::size_t at = 0; at < source.size();) {
        char32_t point = to_katakana(next_code_point(source, at));
        if (point == kVoicedMark || point == kSemiVoicedMark) {
            const char32_t composed = point == kVoicedMark ? voiced(last) : semi_voiced(last);
            if (composed != 0) {
                out.resize(out.size() - 3);  // katakana have three bytes
                point = composed;
            }
        }
        append_utf8(out, point);
        last = point;
    }
    return out;
}

std::string phone(std::string_view text) {
    const auto is_extra = [](char32_t point) {
        constexpr std::u32string_view kExtras = U"+＋()（）.．/";
        return kExtras.find(point) != kExtras.npos;
    };
    return is_digits_and_separators(text, is_extra) ? phone_digits(text) : trimmed(text);
}

std::string postal_code(std::string_view text) {
    const auto is_extra = [](char32_t point) { return point == U'〒'; };
    return is_digits_and_separators(text, is_extra) ? only_digits(text) : trimmed(text);
}

std::string mail(std::string_view text) { return lower_nfkc(text); }

std::optional<std::string_view> mail_problem(std::string_view mail) {
    const std::size_t at_sign = mail.rfind('@');
    if (at_sign == mail.npos) return "not_an_email";
    const auto local = mail.substr(0, at_sign);
    const bool is_valid = mail.size() + quotes_needed(local) <= kMaxMailLength && is_local_part(local) &&
                          is_domain(mail.substr(at_sign + 1));
    if (is_valid) return std::nullopt;
    return "not_an_email";
}

std::optional<std::string_view> phone_problem(std::string_view phone) {
    if (is_all_digits(phone) && !phone.empty()) {
        if (phone.front() == '0' && phone.size() >= 10 && phone.size() <= 14) return std::nullopt;
        if (phone.front() != '0' && (phone.size() == 9 || phone.size() == 10)) return "lost_leading_zero";
    }
    return "not_a_phone";
}

std::optional<std::string_view> postal_code_problem(std::string_view postal_code) {
    if (is_all_digits(postal_code)) {
        if (postal_code.size() == 7) return std::nullopt;
        if (postal_code.size() >= 4 && postal_code.size() <= 6) return "lost_leading_zero";
    }
    return "not_a_postal_code";
}

std::optional<std::string_view> kana_problem(std::string_view kana) {
    for (const char32_t point : CodePoints(kana)) {
        const bool is_katakana = point >= 0x30A1 && point <= 0x30FE;
        if (!is_katakana && point != ' ' && point != 0x3000) return "not_kana";
    }
    return std::nullopt;
}

std::optional<std::string_view> line_problem(std::string_view text) {
    return control_problem(text, [](char32_t) { return false; });
}

std::optional<std::string_view> multiline_problem(std::string_view text) {
    return control_problem(text, [](char32_t point) { return point == '\n' || point == '\t'; });
}

}  // namespace otokui::text
