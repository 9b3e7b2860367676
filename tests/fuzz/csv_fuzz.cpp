// The first byte chooses encoding and chunks, the rest is the file. Chunks must make no difference, what
// comes out must be UTF-8 within the limits, and what the writer makes of it must read back the same.

#include <cstdint>
#include <string>
#include <vector>

#include "base/text/utf8.hpp"
#include "law.hpp"
#include "transfer/csv_reader.hpp"
#include "transfer/csv_writer.hpp"

namespace {

using namespace otokui;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kMaxCell = 64;

Rows read(std::string_view bytes, text::Encoding encoding, std::size_t chunk, bool unguards) {
    Rows rows;
    transfer::CsvReaderOptions options{.encoding = encoding, .max_rows = 1000};
    if (!unguards) options.max_cell_bytes = kMaxCell;
    transfer::CsvReader reader(options, [&](const transfer::CsvRow& row) {
        auto& cells = rows.emplace_back();
        for (const std::string_view cell : row.cells) {
            OTOKUI_LAW(text::is_valid_utf8(cell));
            OTOKUI_LAW(unguards || cell.size() <= kMaxCell * 3);
            cells.emplace_back(unguards ? transfer::unguarded(cell) : cell);
        }
        for (const auto& problem : row.problems) {
            cells.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) +
                            std::string(problem.code));
        }
    });
    for (std::size_t at = 0; at < bytes.size(); at += chunk) reader.push(bytes.substr(at, chunk));
    reader.finish();
    return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto encoding = (data[0] & 1) != 0 ? text::Encoding::cp932 : text::Encoding::utf8;
    const Rows rows = read(bytes, encoding, bytes.size() + 1, false);
    OTOKUI_LAW(rows == read(bytes, encoding, 1 + (data[0] >> 1), false));

    transfer::CsvWriter writer({.encoding = text::Encoding::utf8});
    std::string written;
    Rows expected;
    std::size_t columns = 0;
    for (const auto& row : rows) {
        if (row.empty() || (columns != 0 && row.size() != columns)) continue;
        columns = row.size();
        writer.append_row(row, written);
        expected.push_back(row);
    }
    OTOKUI_LAW(read(written, text::Encoding::utf8, written.size() + 1, true) == expected);
    return 0;
}
