#include "base/prefectures.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace otokui {
namespace {

struct Prefecture {
    std::string_view ja, en;
};

constexpr std::array<Prefecture, 47> kPrefectures{{
    {"北海道", "Hokkaido"}, {"青森県", "Aomori"},      {"岩手県", "Iwate"},     {"宮城県", "Miyagi"},
    {"秋田県", "Akita"},    {"山形県", "Yamagata"},    {"福島県", "Fukushima"}, {"茨城県", "Ibaraki"},
    {"栃木県", "Tochigi"},  {"群馬県", "Gunma"},       {"埼玉県", "Saitama"},   {"千葉県", "Chiba"},
    {"東京都", "Tokyo"},    {"神奈川県", "Kanagawa"},  {"新潟県", "Niigata"},   {"富山県", "Toyama"},
    {"石川県", "Ishikawa"}, {"福井県", "Fukui"},       {"山梨県", "Yamanashi"}, {"長野県", "Nagano"},
    {"岐阜県", "Gifu"},     {"静岡県", "Shizuoka"},    {"愛知県", "Aichi"},     {"三重県", "Mie"},
    {"滋賀県", "Shiga"},    {"京都府", "Kyoto"},       {"大阪府", "Osaka"},     {"兵庫県", "Hyogo"},
    {"奈良県", "Nara"},     {"和歌山県", "Wakayama"},  {"鳥取県", "Tottori"},   {"島根県", "Shimane"},
    {"岡山県", "Okayama"},  {"広島県", "Hiroshima"},   {"山口県", "Yamaguchi"}, {"徳島県", "Tokushima"},
    {"香川県", "Kagawa"},   {"愛媛県", "Ehime"},       {"高知県", "Kochi"},     {"福岡県", "Fukuoka"},
    {"佐賀県", "Saga"},     {"長崎県", "Nagasaki"},    {"熊本県", "Kumamoto"},  {"大分県", "Oita"},
    {"宮崎県", "Miyazaki"}, {"鹿児島県", "Kagoshima"}, {"沖縄県", "Okinawa"},
}};

constexpr std::size_t kSuffixBytes = 3;  // 都 道 府 県 are three bytes each

bool equal_without_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

}  // namespace

std::string prefecture_name(int number) {
    return number >= 1 && number <= 47 ? std::string(kPrefectures[static_cast<std::size_t>(number - 1)].ja)
                                       : "";
}

std::string prefecture_name_en(int number) {
    return number >= 1 && number <= 47 ? std::string(kPrefectures[static_cast<std::size_t>(number - 1)].en)
                                       : "";
}

std::optional<int> parse_prefecture(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size())
        return number >= 1 && number <= 47 ? std::optional(number) : std::nullopt;
    for (std::size_t i = 0; i < kPrefectures.size(); ++i) {
        const auto& [ja, en] = kPrefectures[i];
        // 北海道 has no short form.
        const bool is_short = i != 0 && text == ja.substr(0, ja.size() - kSuffixBytes);
        if (text == ja || is_short || equal_without_case(text, en)) return static_cast<int>(i) + 1;
    }
    return std::nullopt;
}

}  // namespace otokui
