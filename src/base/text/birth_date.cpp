#include "base/text/birth_date.hpp"

#include <array>
#include <cstdio>

#include "base/text/fold.hpp"
#include "base/text/utf8.hpp"

namespace otokui::text {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr Day kFirstDay{year{1873}, month{1}, day{1}};  // the first day of the Gregorian calendar in Japan
constexpr Day kNoEnd{year{9999}, month{12}, day{31}};

struct Era {
    std::u32string_view name;
    const char* utf8_name;
    char32_t letter;
    int year_zero;  // western year of era year 0
    Day first, last;
};

constexpr std::array<Era, 5> kEras{{
    {U"明治", "明治", 'm', 1867, kFirstDay, {year{1912}, month{7}, day{29}}},
    {U"大正", "大正", 't', 1911, {year{1912}, month{7}, day{30}}, {year{1926}, month{12}, day{24}}},
    {U"昭和", "昭和", 's', 1925, {year{1926}, month{12}, day{25}}, {year{1989}, month{1}, day{7}}},
    {U"平成", "平成", 'h', 1988, {year{1989}, month{1}, day{8}}, {year{2019}, month{4}, day{30}}},
    {U"令和", "令和", 'r', 2018, {year{2019}, month{5}, day{1}}, kNoEnd},
}};

const Era* find_era(Day wanted) {
    for (const Era& era : kEras) {
        if (wanted >= era.first && wanted <= era.last) return &era;
    }
    return nullptr;
}

struct Number {
    int value = 0;
    std::size_t digits = 0;  // 0: there was none
};

// Reads the text from left to right; each take_ function moves on only if it finds what it looks for.
class Scanner {
public:
    explicit Scanner(std::u32string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    bool take(std::u32string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    char32_t take_one_of(std::u32string_view choices) {
        if (rest_.empty() || choices.find(rest_.front()) == choices.npos) return 0;
        const char32_t taken = rest_.front();
        rest_.remove_prefix(1);
        return taken;
    }

    const Era* take_era() {
        for (const Era& era : kEras) {
            if (take(era.name) || take(era.name.substr(0, 1)) || take({&era.letter, 1})) return &era;
        }
        return nullptr;
    }

    /// At most eight digits, or kanji numerals up to 九十九 or written by place (一九七〇).
    Number take_number() {
        constexpr std::u32string_view kDigits = U"0123456789";
        constexpr std::u32string_view kNumerals = U"〇一二三四五六七八九";
        Number number;
        for (const auto& digits : {kDigits, kNumerals}) {
            while (number.digits < 8 && !rest_.empty() && digits.find(rest_.front()) != digits.npos) {
                number.value = number.value * 10 + static_cast<int>(digits.find(rest_.front()));
                ++number.digits;
                rest_.remove_prefix(1);
            }
            if (number.digits > 0 && digits == kDigits) return number;
        }
        if (number.digits > 1 || !take(U"十")) return number;
        const int tens = number.digits == 0 ? 1 : number.value;
        const std::size_t ones = rest_.empty() ? kNumerals.npos : kNumerals.find(rest_.front());
        if (ones != kNumerals.npos) rest_.remove_prefix(1);
        return {tens * 10 + static_cast<int>(ones == kNumerals.npos ? 0 : ones), 2};
    }

private:
    std::u32string_view rest_;
};

// A time of day behind the date is let pass only when it is midnight: then it says nothing.
std::string_view without_midnight(std::string_view text) {
    const std::size_t gap = text.find_first_of(" t");
    if (gap == text.npos) return text;
    std::string_view time = text.substr(gap + 1);
    const bool has_shape = time.find(':') != time.npos && time.find_first_not_of("0:.") == time.npos;
    return has_shape ? text.substr(0, gap) : text;
}

std::string_view without_weekday(std::string_view text) {
    for (const std::string_view weekday : {"(月)", "(火)", "(水)", "(木)", "(金)", "(土)", "(日)"}) {
        if (text.ends_with(weekday)) return text.substr(0, text.size() - weekday.size());
    }
    return text;
}

std::u32string simplified(std::string_view text) {
    const std::string lower = lower_nfkc(text);
    std::u32string simple;
    for (const char32_t point : CodePoints(without_weekday(without_midnight(lower)))) {
        constexpr std::u32string_view kHyphens = U"‐‑‒–—―−ー";
        if (is_space(point)) continue;
        simple.push_back(kHyphens.find(point) != kHyphens.npos ? U'-' : point == U'・' ? U'.' : point);
    }
    return simple;
}

ParsedDay made(const Era* era, int written_year, int written_month, int written_day) {
    const int western = era != nullptr ? era->year_zero + written_year : written_year;
    if (written_month < 1 || written_day < 1) return {{}, "no_such_day"};
    const Day made_day{year{western}, month{static_cast<unsigned>(written_month)},
                       day{static_cast<unsigned>(written_day)}};
    if (written_year < 1) return {{}, "out_of_range"};
    if (!made_day.ok()) return {{}, "no_such_day"};
    if (era == nullptr) return {made_day, {}};
    if (made_day < kFirstDay) return {{}, "out_of_range"};
    if (made_day < era->first || made_day > era->last) return {{}, "outside_era"};
    return {made_day, {}};
}

}  // namespace

ParsedDay parse_written_day(std::string_view text) {
    constexpr std::string_view kNotADate = "not_a_date";
    constexpr std::string_view kIncomplete = "month_and_day_required";
    if (text.size() > 100) return {{}, kNotADate};
    const std::u32string source = simplified(text);
    Scanner scanner(source);
    const Era* era = scanner.take_era();
    const bool is_first_year = era != nullptr && scanner.take(U"元");
    const Number written_year = is_first_year ? Number{1, 1} : scanner.take_number();
    if (scanner.at_end() && written_year.digits == (era != nullptr ? 6 : 8)) {
        return made(era, written_year.value / 10000, written_year.value / 100 % 100,
                    written_year.value % 100);
    }
    const bool has_year =
        era != nullptr ? written_year.digits == 1 || written_year.digits == 2 : written_year.digits == 4;
    if (!has_year) return {{}, kNotADate};
    if (scanner.at_end()) return {{}, kIncomplete};

    const char32_t separator = scanner.take_one_of(U"年/-.");
    if (separator == 0) return {{}, kNotADate};
    if (scanner.at_end()) return {{}, kIncomplete};
    const Number written_month = scanner.take_number();
    if (written_month.digits < 1 || written_month.digits > 2) return {{}, kNotADate};
    if (scanner.at_end()) return {{}, kIncomplete};
    const bool in_words = separator == U'年';
    if (scanner.take_one_of(in_words ? U"月" : std::u32string_view(&separator, 1)) == 0)
        return {{}, kNotADate};
    if (scanner.at_end()) return {{}, kIncomplete};
    const Number written_day = scanner.take_number();
    if (in_words) scanner.take(U"日");
    if (written_day.digits < 1 || written_day.digits > 2 || !scanner.at_end()) return {{}, kNotADate};
    return made(era, written_year.value, written_month.value, written_day.value);
}

ParsedDay parse_birth_date(std::string_view text, Day today) {
    const ParsedDay parsed = parse_written_day(text);
    if (!parsed.day) return parsed;
    if (*parsed.day > today) return {{}, "in_the_future"};
    if (*parsed.day == today) return {{}, "not_before_today"};
    if (*parsed.day < kFirstDay) return {{}, "out_of_range"};
    return parsed;
}

std::string format_slashed(Day day) {
    std::string text = format_day(day);
    for (char& letter : text) {
        if (letter == '-') letter = '/';
    }
    return text;
}

std::string format_japanese_year(Day day) {
    const Era* era = find_era(day);
    if (era == nullptr) return {};
    const int number = static_cast<int>(day.year()) - era->year_zero;
    return era->utf8_name + (number == 1 ? "元" : std::to_string(number)) + "年";
}

std::string format_japanese_day(Day day) {
    const std::string year = format_japanese_year(day);
    if (year.empty()) return {};
    return year + std::to_string(static_cast<unsigned>(day.month())) + "月" +
           std::to_string(static_cast<unsigned>(day.day())) + "日";
}

int age_on(Day birth_date, Day today) {
    const int years = static_cast<int>(today.year()) - static_cast<int>(birth_date.year());
    const bool had_birthday =
        std::pair(today.month(), today.day()) >= std::pair(birth_date.month(), birth_date.day());
    return had_birthday ? years : years - 1;
}

}  // namespace otokui::text
