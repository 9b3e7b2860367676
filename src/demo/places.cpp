#include "demo/places.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "demo/regions.hpp"

namespace otokui::demo {
namespace {

constexpr std::array<std::string_view, 28> kBuildingFirst = {
    "グリーン", "サン",       "パーク",   "リバー",     "ロイヤル", "シティ", "メゾン",
    "コーポ",   "ハイツ",     "グラン",   "プレミール", "ヴィラ",   "第一",   "第二",
    "エクセル", "セントラル", "フローラ", "ベルメゾン", "さくら",   "あおば", "ひまわり",
    "みどり",   "レジデンス", "プラザ",   "ドミール",   "アーバン", "ライフ", "オーク"};
constexpr std::array<std::string_view, 14> kBuildingSecond = {
    "ハイツ", "コーポ", "マンション", "レジデンス", "荘",     "ヒルズ", "コート",
    "テラス", "ハウス", "パレス",     "ガーデン",   "タワー", "ビル",   "館"};

void append_number(std::string& text, int number) {
    std::array<char, 12> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), end);
}

void append_full_width(std::string& text, int number) {
    std::array<char, 12> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    for (const char* digit = digits.data(); digit != end; ++digit) {
        text += "\xef\xbc";  // ０ is EF BC 90
        text += static_cast<char>(0x90 + (*digit - '0'));
    }
}

/// Numbers of a block: 丁目, 番, 号. 0: the place has none.
struct Block {
    int chome = 0, ban = 0, go = 0;
};

bool is_rural(const postal::Place& place) {
    return place.town.empty() || place.city.find("郡") != place.city.npos;
}

/// Towns that already name their 丁目 or 条 get no further one.
bool has_chome(std::string_view town) {
    if (town.empty() || town.ends_with("町") || town.ends_with("通")) return false;
    return std::ranges::none_of(std::array<std::string_view, 5>{"丁目", "条", "線", "番町", "号"},
                                [&](auto part) { return town.find(part) != town.npos; });
}

Block draw_block(Random& random, const postal::Place& place) {
    if (is_rural(place))
        return {.chome = 0,
                .ban = random.between(1, 3200),
                .go = random.permille(400) ? random.between(1, 12) : 0};
    return {.chome = has_chome(place.town) ? random.between(1, 6) : 0,
            .ban = random.between(1, 38),
            .go = random.between(1, 27)};
}

void append_block(std::string& street, const Block& block, BlockStyle style) {
    const auto number = style == BlockStyle::full_width ? append_full_width : append_number;
    const bool words = style == BlockStyle::words;
    const std::string_view hyphen = style == BlockStyle::full_width ? "－" : "-";
    if (block.chome > 0) {
        number(street, block.chome);
        street += words || style == BlockStyle::mixed ? "丁目" : hyphen;
    }
    number(street, block.ban);
    if (block.go == 0) {
        if (words) street += "番地";
        return;
    }
    street += words ? (block.chome > 0 ? "番" : "番地の") : hyphen;
    number(street, block.go);
    if (words && block.chome > 0) street += "号";
}

void write_building(Random& random, std::string& building) {
    building += kBuildingFirst[random.below(kBuildingFirst.size())];
    building += kBuildingSecond[random.below(kBuildingSecond.size())];
    building += ' ';
    const int floor = random.permille(800) ? random.between(1, 5) : random.between(6, 14);
    append_number(building, floor * 100 + random.between(1, 12));
    if (random.permille(450)) building += "号室";
}

std::uint64_t weight_of(const postal::Row& row) {
    const auto& [prefecture, city, town] = row.place;
    if (town.empty())
        return row.code % 100 == 0 ? 0 : 5;  // codes ending in 00 are for what has no code of its own
    if (city.find("郡") != city.npos) return 1;
    return city.ends_with("区") ? 6 : 3;
}

}  // namespace

// Within a prefecture a town in a ward of a big city counts more than one in the country.
Places::Places() {
    std::vector<std::uint64_t> weights(postal::row_count());
    std::array<std::uint64_t, 48> sums = {};
    std::vector<std::uint8_t> prefectures(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const postal::Row row = postal::row(i);
        weights[i] = weight_of(row);
        prefectures[i] = static_cast<std::uint8_t>(row.place.prefecture);
        sums[prefectures[i]] += weights[i];
    }
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = weights[i] * thousands_of_people(prefectures[i]) * 100'000 / sums[prefectures[i]];
    rows_ = Weighted(weights);
}

void Places::write_home(std::uint64_t key, BlockStyle style, bool named, Address& address) const {
    Random random(key);
    const postal::Row row = postal::row(rows_.draw(random));
    address.postal_code.assign(7, '0');
    for (int i = 6, rest = row.code; i >= 0; --i, rest /= 10)
        address.postal_code[static_cast<std::size_t>(i)] = static_cast<char>('0' + rest % 10);
    address.prefecture = row.place.prefecture;
    address.city = row.place.city;
    address.street.assign(row.place.town);
    append_block(address.street, draw_block(random, row.place), style);
    address.building.clear();
    if (random.permille(is_rural(row.place) ? 80 : 450) && named) write_building(random, address.building);
}

BlockStyle Places::style_of(std::uint64_t key) const {
    const auto draw = Random(~key).below(100);
    if (draw < 62) return BlockStyle::hyphens;
    if (draw < 80) return BlockStyle::words;
    return draw < 90 ? BlockStyle::mixed : BlockStyle::full_width;
}

void Places::write_landline(std::uint64_t key, int prefecture, std::string_view city,
                            std::string& phone) const {
    Random random(key ^ 0x7e1);
    phone.assign(area_code(prefecture, city, static_cast<std::size_t>(random.below(64))));
    phone += static_cast<char>('0' + random.between(2, 9));  // no exchange begins with 0 or 1
    for (std::uint64_t digits = random.next(); phone.size() < 10; digits /= 10)
        phone += static_cast<char>('0' + static_cast<int>(digits % 10));
}

void write_mobile(Random& random, std::string& phone) {
    const auto draw = random.below(100);
    phone.assign(draw < 46 ? "090" : draw < 78 ? "080" : draw < 97 ? "070" : "050");
    phone += static_cast<char>('0' + random.between(1, 9));
    for (std::uint64_t digits = random.next(); phone.size() < 11; digits /= 10)
        phone += static_cast<char>('0' + static_cast<int>(digits % 10));
}

}  // namespace otokui::demo
