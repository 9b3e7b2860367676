#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// Japanese postal codes from the table inside the binary (docs/data-sources.md). Nothing is copied to the
/// heap and nothing needs to be opened: pages of the table are read from the binary when they are first
/// looked at. Every function may be called from any thread. Views point into the binary and stay valid.
namespace otokui::postal {

/// Where a postal code delivers to. The texts are as Japan Post writes them.
struct Place {
    int prefecture = 0;     // JIS X 0401, 1..47
    std::string_view city;  // 市区町村 with its 郡: "足柄下郡箱根町"
    std::string_view town;  // 町域; empty where one code stands for all of a city that has no code of its own

    bool operator==(const Place&) const = default;
};

/// All places of a code in the order of the source; empty for an unknown code.
/// `code` is "1040061" or "104-0061" in ASCII; anything else is unknown. Cost: a binary search.
std::vector<Place> find(std::string_view code);

/// A place with its code, for those who walk the table.
struct Row {
    int code = 0;  // 7 digits as a number: 600000 is 060-0000
    Place place;
};

/// The codes of an address: rows of the city of a prefecture whose town the street begins with, the longest
/// such town; where there is none, those that stand for the rest of the city. The city may lack its 郡 or 市,
/// and all may be written in any way (text::ShadowKind::address). At most `most`, sorted by code; empty for
/// an unknown city. Cost: a walk over the table, some milliseconds.
std::vector<Row> find_codes(int prefecture, std::string_view city, std::string_view street, std::size_t most);

/// How many rows the table has; a code with several places has a row for each.
std::size_t row_count();

/// `index` < row_count(); rows are sorted by code. Throws std::out_of_range.
Row row(std::size_t index);

}  // namespace otokui::postal
