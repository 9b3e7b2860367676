#include "base/text/card_number.hpp"

#include <array>

#include "base/text/digits.hpp"
#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

struct Brand {
    std::string_view name;
    std::size_t prefix_length;
    int first, last;                // of the prefix
    std::size_t shortest, longest;  // digits in all
    std::size_t other = 0;          // one more length
};

constexpr std::array<Brand, 16> kBrands{{
    {"visa", 1, 4, 4, 16, 16, 13},
    {"visa", 1, 4, 4, 19, 19},
    {"mastercard", 2, 51, 55, 16, 16},
    {"mastercard", 4, 2221, 2720, 16, 16},
    {"amex", 2, 34, 34, 15, 15},
    {"amex", 2, 37, 37, 15, 15},
    {"jcb", 4, 3528, 3589, 16, 19},
    {"diners", 3, 300, 305, 14, 19},
    {"diners", 4, 3095, 3095, 14, 19},
    {"diners", 2, 36, 36, 14, 19},
    {"diners", 2, 38, 39, 14, 19},
    {"discover", 4, 6011, 6011, 16, 19},
    {"discover", 3, 644, 649, 16, 19},
    {"discover", 2, 65, 65, 16, 19},
    {"unionpay", 2, 62, 62, 16, 19},
    {"unionpay", 2, 81, 81, 16, 19},
}};

std::string_view brand_of(std::string_view digits) {
    const bool is_article_number =
        digits.size() == 13 && (digits.starts_with("45") || digits.starts_with("49"));
    if (is_article_number) return {};
    for (const Brand& brand : kBrands) {
        int prefix = 0;
        for (const char digit : digits.substr(0, brand.prefix_length)) prefix = prefix * 10 + (digit - '0');
        const bool length_fits = (digits.size() >= brand.shortest && digits.size() <= brand.longest) ||
                                 digits.size() == brand.other;
        if (length_fits && prefix >= brand.first && prefix <= brand.last) return brand.name;
    }
    return {};
}

bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t index = 0; index < digits.size(); ++index) {
        const int digit = digits[digits.size() - 1 - index] - '0';
        const int doubled = digit * 2;
        sum += index % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
}

// Digits without anything between them.
struct Group {
    std::size_t begin, end;
    std::string digits;
};

bool is_separator(char32_t point) {
    constexpr std::u32string_view kSeparators = U" -\u3000\u00A0－ー−‐–—";
    return kSeparators.find(point) != kSeparators.npos;
}

// The number that begins with groups[first] and takes in as many of the following groups as any card number
// can.
bool find_from(const std::vector<Group>& groups, std::size_t first, CardNumber& found, std::size_t& last) {
    std::string digits;
    bool is_found = false;
    for (std::size_t index = first; index < groups.size() && digits.size() < 19; ++index) {
        digits += groups[index].digits;
        if (digits.size() < 13 || digits.size() > 19) continue;
        const std::string_view brand = brand_of(digits);
        if (brand.empty() || !passes_luhn(digits)) continue;
        found = {groups[first].begin, groups[index].end - groups[first].begin, brand,
                 digits.substr(digits.size() - 4)};
        last = index;
        is_found = true;
    }
    return is_found;
}

void find_in_run(const std::vector<Group>& groups, std::vector<CardNumber>& all) {
    for (std::size_t index = 0; index < groups.size(); ++index) {
        CardNumber found;
        if (find_from(groups, index, found, index)) all.push_back(std::move(found));
    }
}

std::string mask(std::string_view text, const std::vector<CardNumber>& cards) {
    std::string out;
    std::size_t done = 0;
    for (const CardNumber& card : cards) {
        out += text.substr(done, card.offset - done);
        const std::string_view number = text.substr(card.offset, card.length);
        std::size_t digits_left = only_digits(number).size();
        for (std::size_t at = 0; at < number.size();) {
            const std::size_t begin = at;
            const bool is_digit = digit_value(next_code_point(number, at)) >= 0;
            if (is_digit && digits_left-- > 4) {
                out.push_back('*');
            } else {
                out += number.substr(begin, at - begin);
            }
        }
        done = card.offset + card.length;
    }
    out += text.substr(done);
    return out;
}

}  // namespace

std::vector<CardNumber> find_card_numbers(std::string_view text) {
    std::vector<CardNumber> all;
    std::vector<Group> run;  // groups with one separator between each two
    bool in_group = false;
    int separators = 0;  // since the last group
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t point = next_code_point(text, at);
        const int value = digit_value(point);
        if (value >= 0) {
            if (!in_group) run.push_back({begin, at, {}});
            in_group = true;
            separators = 0;
            run.back().end = at;
            run.back().digits.push_back(static_cast<char>('0' + value));
            continue;
        }
        in_group = false;
        if (is_separator(point) && ++separators == 1) continue;
        find_in_run(run, all);
        run.clear();
    }
    find_in_run(run, all);
    return all;
}

std::string mask_card_numbers(std::string_view text) {
    std::string out(text);
    // The four digits that stay may begin another number with those behind them, so look again until there is
    // none.
    for (auto cards = find_card_numbers(out); !cards.empty(); cards = find_card_numbers(out))
        out = mask(out, cards);
    return out;
}

}  // namespace otokui::text
