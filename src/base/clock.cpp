#include "base/clock.hpp"

#include <charconv>
#include <cstdio>

namespace otokui {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using SysMilliseconds = std::chrono::sys_time<milliseconds>;

std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    if (from + count > text.size()) return std::nullopt;
    int value = 0;
    for (char c : text.substr(from, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

struct TimeOfDay {
    milliseconds since_midnight;
    std::string_view rest;
};

// "HH:MM:SS" with an optional fraction, of which the milliseconds count.
std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
    const auto hour = digits(text, 0, 2), minute = digits(text, 3, 2), second = digits(text, 6, 2);
    if (!hour || !minute || !second || text[2] != ':' || text[5] != ':') return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    auto rest = text.substr(8);
    int fraction = 0;
    if (!rest.empty() && rest.front() == '.') {
        std::size_t length = 1;
        while (length < rest.size() && rest[length] >= '0' && rest[length] <= '9') ++length;
        if (length == 1) return std::nullopt;
        for (std::size_t i = 1; i <= 3; ++i) fraction = fraction * 10 + (i < length ? rest[i] - '0' : 0);
        rest.remove_prefix(length);
    }
    return TimeOfDay{std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
                         std::chrono::seconds(*second) + milliseconds(fraction),
                     rest};
}

// "Z" or "+HH:MM".
std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return std::chrono::minutes(0);
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const auto hours = digits(text, 1, 2), minutes = digits(text, 4, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const auto span = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    return text[0] == '-' ? -span : span;
}

// `count` digits of `value`, which has no more. By hand, since exports write several moments per row.
void append_digits(std::string& out, unsigned value, std::size_t count) {
    out.append(count, '0');
    for (auto at = out.size(); count > 0; --count, value /= 10)
        out[--at] = static_cast<char>('0' + value % 10);
}

}  // namespace

Moment system_now() {
    return {floor<milliseconds>(std::chrono::system_clock::now()).time_since_epoch().count()};
}

Day shop_day(Moment moment) {
    return floor<days>(SysMilliseconds(milliseconds(moment.milliseconds)) + kShopOffset);
}

Moment start_of(Day day) { return {milliseconds(sys_days(day).time_since_epoch() - kShopOffset).count()}; }

Day add_days(Day day, int count) { return sys_days(day) + days(count); }

Day add_months(Day day, int count) {
    const auto moved = day + std::chrono::months(count);
    return moved.ok() ? moved : Day(moved.year() / moved.month() / std::chrono::last);
}

std::string format_day(Day day) {
    const int year = int(day.year());
    std::string text;
    if (year < 0 || year > 9999) {
        char buffer[16];
        text.assign(buffer, static_cast<std::size_t>(std::snprintf(buffer, sizeof buffer, "%04d", year)));
    } else {
        append_digits(text, static_cast<unsigned>(year), 4);
    }
    append_digits(text += '-', unsigned(day.month()), 2);
    append_digits(text += '-', unsigned(day.day()), 2);
    return text;
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (!year || !month || !day || *year == 0) return std::nullopt;
    const Day result{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                     std::chrono::day(static_cast<unsigned>(*day))};
    return result.ok() ? std::optional(result) : std::nullopt;
}

std::string format_moment(Moment moment) {
    const auto local = SysMilliseconds(milliseconds(moment.milliseconds)) + kShopOffset;
    const auto midnight = floor<days>(local);
    const std::chrono::hh_mm_ss time(local - midnight);
    auto text = format_day(midnight);
    text.reserve(text.size() + 19);
    append_digits(text += 'T', static_cast<unsigned>(time.hours().count()), 2);
    append_digits(text += ':', static_cast<unsigned>(time.minutes().count()), 2);
    append_digits(text += ':', static_cast<unsigned>(time.seconds().count()), 2);
    append_digits(text += '.', static_cast<unsigned>(time.subseconds().count()), 3);
    return text += "+09:00";
}

std::optional<Moment> parse_moment(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return std::nullopt;
    const auto day = parse_day(text.substr(0, 10));
    if (!day) return std::nullopt;
    const auto time = parse_time_of_day(text.substr(11));
    if (!time) return std::nullopt;
    const auto offset = parse_offset(time->rest);
    if (!offset) return std::nullopt;
    const Moment moment{
        milliseconds(sys_days(*day).time_since_epoch() + time->since_midnight - *offset).count()};
    // In the shop's zone, too, a year has four digits.
    const auto year = int(shop_day(moment).year());
    return year >= 1 && year <= 9999 ? std::optional(moment) : std::nullopt;
}

std::string written_day(std::string_view day) {
    std::string text(day);
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') text[4] = text[7] = '/';
    return text;
}

std::string written_moment(Moment moment) {
    const auto exact = format_moment(moment);
    return written_day(std::string_view(exact).substr(0, 10)) + ' ' + exact.substr(11, 8);
}

}  // namespace otokui
