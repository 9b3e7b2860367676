#include "demo/names.hpp"

#include <charconv>
#include <map>
#include <stdexcept>

#include "embedded/demo.hpp"

namespace otokui::demo {
namespace {

std::string_view table_of(std::string_view path) {
    const auto* file = embedded::find(embedded::demo(), path);
    if (!file) throw std::logic_error("no table " + std::string(path));
    return file->bytes;
}

/// The cells of each line; lines that begin with # are remarks.
std::vector<std::vector<std::string_view>> cells_of(std::string_view table) {
    std::vector<std::vector<std::string_view>> rows;
    while (!table.empty()) {
        std::string_view line = table.substr(0, table.find('\n'));
        table.remove_prefix(std::min(table.size(), line.size() + 1));
        if (line.empty() || line.starts_with('#')) continue;
        auto& cells = rows.emplace_back();
        for (std::size_t tab = line.find('\t'); tab != line.npos; tab = line.find('\t')) {
            cells.push_back(line.substr(0, tab));
            line.remove_prefix(tab + 1);
        }
        cells.push_back(line);
    }
    return rows;
}

int number_of(std::string_view cell) {
    int number = 0;
    if (std::from_chars(cell.data(), cell.data() + cell.size(), number).ec != std::errc{})
        throw std::logic_error("not a number: " + std::string(cell));
    return number;
}

/// The name with every variant kanji in its common form, to find names that differ in the variant only.
std::string common_writing(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kVariants = {
        {{"髙", "高"},
         {"﨑", "崎"},
         {"邊", "辺"},
         {"邉", "辺"},
         {"齋", "斎"},
         {"齊", "斎"},
         {"斉", "斎"},
         {"澤", "沢"},
         {"濱", "浜"},
         {"嶋", "島"},
         {"櫻", "桜"},
         {"廣", "広"}}};
    std::string common(name);
    for (const auto& [variant, plain] : kVariants)
        for (auto at = common.find(variant); at != common.npos; at = common.find(variant))
            common.replace(at, variant.size(), plain);
    return common;
}

Gender gender_of(std::string_view cell) { return cell == "male" ? Gender::male : Gender::female; }

}  // namespace

Names::Names() {
    read_families(table_of("surnames.tsv"));
    read_given(table_of("given_names.tsv"));
    read_foreign(table_of("foreign_names.tsv"));
}

void Names::read_families(std::string_view table) {
    std::vector<std::uint64_t> bearers;
    std::map<std::pair<std::string, std::string_view>, std::vector<std::uint32_t>> same;
    for (const auto& cells : cells_of(table)) {
        const auto index = static_cast<std::uint32_t>(families_.size());
        families_.push_back(
            {.text = cells[0], .kana = cells[1], .romaji = romaji(cells[1]), .other_writing = index});
        bearers.push_back(static_cast<std::uint64_t>(number_of(cells[2])));
        same[{common_writing(cells[0]), cells[1]}].push_back(index);
    }
    family_weights_ = Weighted(bearers);
    for (const auto& [name, writings] : same)
        for (std::size_t i = 0; i < writings.size(); ++i)  // the table is sorted: [0] is the most frequent
            families_[writings[i]].other_writing = writings[i == 0 && writings.size() > 1 ? 1 : 0];
}

// A name belongs to a span of years and was given most in the middle of it. Its place in its group is its
// rank.
void Names::read_given(std::string_view table) {
    struct Row {
        Gender gender;
        int first, last;
        std::uint64_t weight;
    };
    std::vector<Row> rows;
    std::uint64_t rank = 0;
    for (const auto& cells : cells_of(table)) {
        Row row{.gender = gender_of(cells[0]),
                .first = number_of(cells[1]),
                .last = number_of(cells[2]),
                .weight = 0};
        const bool same_group =
            !rows.empty() && rows.back().gender == row.gender && rows.back().first == row.first;
        rank = same_group ? rank + 1 : 0;
        row.weight = 10'000 / (rank + 12);
        rows.push_back(row);
        given_.push_back({.text = cells[3], .kana = cells[4], .romaji = romaji(cells[4])});
    }
    for (const Gender gender : {Gender::male, Gender::female}) {
        for (int year = kFirstYear; year <= kLastYear; ++year) {
            Year& entry = years_[static_cast<std::size_t>(gender)].emplace_back();
            std::vector<std::uint64_t> weights;
            for (std::uint32_t i = 0; i < rows.size(); ++i) {
                const Row& row = rows[i];
                if (row.gender != gender || year < row.first || year > row.last) continue;
                entry.names.push_back(i);
                weights.push_back(row.weight * static_cast<std::uint64_t>(
                                                   1 + 4 * std::min(year - row.first, row.last - year)));
            }
            entry.weights = Weighted(weights);
        }
    }
}

void Names::read_foreign(std::string_view table) {
    for (const auto& cells : cells_of(table))
        foreign_.push_back({.gender = gender_of(cells[0]),
                            .family = {.text = cells[1], .kana = cells[1], .romaji = romaji(cells[1])},
                            .given = {.text = cells[2], .kana = cells[2], .romaji = romaji(cells[2])}});
}

const Name& Names::draw_given(Gender gender, int birth_year, Random& random) const {
    const Year& year =
        years_[static_cast<std::size_t>(gender)][static_cast<std::size_t>(birth_year - kFirstYear)];
    return given_[year.names[year.weights.draw(random)]];
}

}  // namespace otokui::demo
