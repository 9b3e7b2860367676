#include "postal/postal.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>

#include "base/text/shadow.hpp"
#include "embedded/postal.hpp"

// The table is used in place: no string and no index is made at start, so a server that is never asked for a
// postal code pays nothing for it. Its layout is described where it is written, in
// tools/data/build-postal.mjs.

namespace otokui::postal {
namespace {

static_assert(std::endian::native == std::endian::little, "the table is little-endian and read in place");

/// One column of the table; the bytes need not be aligned.
template <class Number>
class Column {
public:
    Column() = default;
    explicit Column(std::string_view bytes) : data_(bytes.data()), size_(bytes.size() / sizeof(Number)) {}
    std::size_t size() const { return size_; }
    Number operator[](std::size_t index) const {
        Number value;
        std::memcpy(&value, data_ + index * sizeof(Number), sizeof(Number));
        return value;
    }
    /// The first index whose value is not less than `wanted`; the column is sorted.
    std::size_t lower_bound(Number wanted) const {
        std::size_t first = 0;
        for (std::size_t left = size_; left > 0;) {
            const std::size_t half = left / 2;
            if ((*this)[first + half] < wanted) {
                first += half + 1;
                left -= half + 1;
            } else {
                left = half;
            }
        }
        return first;
    }

private:
    const char* data_ = nullptr;
    std::size_t size_ = 0;
};

struct Places {
    Column<std::uint32_t> code;
    Column<std::uint32_t> town;
    Column<std::uint16_t> city;
};

/// Takes columns off the front of the bytes; throws when they are too short, which only a wrong build can
/// cause.
class Cutter {
public:
    explicit Cutter(std::string_view bytes) : rest_(bytes) {}
    std::string_view text(std::size_t size) {
        if (rest_.size() < size) throw std::logic_error("the postal table is cut short");
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    template <class Number>
    Column<Number> column(std::size_t size) {
        return Column<Number>(text(size * sizeof(Number)));
    }
    Places places(std::size_t size) {
        return {column<std::uint32_t>(size), column<std::uint32_t>(size), column<std::uint16_t>(size)};
    }

private:
    std::string_view rest_;
};

class Table {
public:
    explicit Table(std::string_view bytes) {
        Cutter cutter(bytes);
        if (cutter.text(8) != "OTKPOST1") throw std::logic_error("not a postal table");
        const auto sizes = cutter.column<std::uint32_t>(4);
        city_name_ = cutter.column<std::uint32_t>(sizes[0]);
        city_prefecture_ = cutter.column<std::uint32_t>(sizes[0]);
        rows_ = cutter.places(sizes[1]);
        buildings_ = cutter.places(sizes[2]);
        text_ = cutter.text(sizes[3]);
    }

    std::size_t city_count() const { return city_name_.size(); }
    int prefecture_of(std::size_t city) const { return static_cast<int>(city_prefecture_[city]); }
    std::string_view city(std::size_t city) const { return text(city_name_[city]); }
    std::string_view town(std::size_t row) const { return text(rows_.town[row]); }
    const Places& rows() const { return rows_; }
    const Places& buildings() const { return buildings_; }

    Place place(const Places& places, std::size_t index) const {
        const std::uint16_t city = places.city[index];
        return {.prefecture = static_cast<int>(city_prefecture_[city]),
                .city = text(city_name_[city]),
                .town = text(places.town[index])};
    }

private:
    std::string_view text(std::uint32_t reference) const {
        return text_.substr(reference >> 8, reference & 0xff);
    }

    Column<std::uint32_t> city_name_;
    Column<std::uint32_t> city_prefecture_;
    Places rows_;
    Places buildings_;  // `code` is the first five digits
    std::string_view text_;
};

const Table& table() {
    static const Table table(embedded::postal().front().bytes);
    return table;
}

std::optional<std::uint32_t> parse(std::string_view code) {
    if (code.size() == 8 && code[3] != '-') return std::nullopt;
    if (code.size() != 7 && code.size() != 8) return std::nullopt;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code.size() == 8 && i == 3) continue;
        if (code[i] < '0' || code[i] > '9') return std::nullopt;
        number = number * 10 + static_cast<std::uint32_t>(code[i] - '0');
    }
    return number;
}

void append(std::vector<Place>& found, const Places& places, std::uint32_t code) {
    for (std::size_t i = places.code.lower_bound(code); i < places.code.size() && places.code[i] == code; ++i)
        found.push_back(table().place(places, i));
}

std::string written(std::string_view text) { return text::shadow(text::ShadowKind::address, text); }

/// Which cities a name means: that of exactly this name, else those that end in it.
std::vector<bool> cities_named(int prefecture, const std::string& wanted) {
    std::vector<bool> exact(table().city_count()), ending(table().city_count());
    for (std::size_t city = 0; city < table().city_count(); ++city) {
        if (table().prefecture_of(city) != prefecture) continue;
        const auto name = written(table().city(city));
        exact[city] = name == wanted;
        ending[city] = name.ends_with(wanted);
    }
    return std::ranges::find(exact, true) != exact.end() ? exact : ending;
}

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/// 北1 is not the beginning of 北12.
bool begins_with(std::string_view street, std::string_view town) {
    if (!street.starts_with(town)) return false;
    return town.empty() || street.size() == town.size() ||
           !(is_digit(town.back()) && is_digit(street[town.size()]));
}

}  // namespace

std::vector<Row> find_codes(int prefecture, std::string_view city, std::string_view street,
                            std::size_t most) {
    std::vector<Row> found;
    const auto wanted_city = written(city), wanted_street = written(street);
    if (wanted_city.empty()) return found;
    const auto cities = cities_named(prefecture, wanted_city);
    if (std::ranges::find(cities, true) == cities.end()) return found;
    std::size_t longest = 0;
    const Places& rows = table().rows();
    for (std::size_t at = 0; at < rows.code.size(); ++at) {
        if (!cities[rows.city[at]]) continue;
        const auto town = written(table().town(at));
        if (town.size() < longest || !begins_with(wanted_street, town)) continue;
        if (town.size() > longest) found.clear();
        longest = town.size();
        if (found.size() < most) found.push_back(row(at));
    }
    return found;
}

std::vector<Place> find(std::string_view code) {
    std::vector<Place> found;
    const auto number = parse(code);
    if (!number) return found;
    append(found, table().rows(), *number);
    if (found.empty()) append(found, table().buildings(), *number / 100);
    return found;
}

std::size_t row_count() { return table().rows().code.size(); }

Row row(std::size_t index) {
    if (index >= row_count()) throw std::out_of_range("postal row");
    const Places& rows = table().rows();
    return {.code = static_cast<int>(rows.code[index]), .place = table().place(rows, index)};
}

}  // namespace otokui::postal
