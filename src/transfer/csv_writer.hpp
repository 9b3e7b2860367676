#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/encoding.hpp"

namespace otokui::transfer {

// Spreadsheets run a cell that begins with = + - @ (also ＝ ＋ － ＠), TAB, CR, LF or NUL as a formula. Such
// a cell goes out with a single quote before it and comes in without: unguarded(guarded(x)) == x for every x,
// since a cell that has such quotes by itself gets one more.

std::string guarded(std::string_view cell);
std::string_view unguarded(std::string_view cell);

/// In a number column a plain decimal number (-12, 0.5) is not guarded; anything else is.
enum class CsvColumn { text, number };

enum class CsvGuard { no, yes };

struct CsvWriterOptions {
    text::Encoding encoding = text::Encoding::utf8_bom;
    char delimiter = ',';
    std::string newline = "\r\n";
    CsvGuard guard = CsvGuard::yes;
};

/// A character CP932 lacks; 〓 stands in its place.
struct CsvUnmappable {
    std::int64_t row = 0;    // from 1, as appended
    std::size_t column = 0;  // from 1
    char32_t code_point = 0;
    bool operator==(const CsvUnmappable&) const = default;
};

/// Writes RFC 4180: quotes where needed, CR LF. CsvReader and unguarded() read back exactly what went in
/// (UTF-8 always; CP932 what unmappable() does not name).
class CsvWriter {
public:
    /// `columns` beyond its end are text.
    explicit CsvWriter(CsvWriterOptions options, std::vector<CsvColumn> columns = {});

    /// Appends one row (at least one cell) to `out`; the first one behind the byte order mark if there is to
    /// be one.
    void append_row(std::span<const std::string_view> cells, std::string& out);
    void append_row(std::span<const std::string> cells, std::string& out);

    /// How many characters were replaced, and the first of them (at most kMaxListed).
    static constexpr std::size_t kMaxListed = 1000;
    std::uint64_t unmappable_count() const { return unmappable_count_; }
    const std::vector<CsvUnmappable>& unmappable() const { return unmappable_; }
    /// How often each of the first kMaxListed different ones stood there.
    const std::map<char32_t, std::uint64_t>& unmappable_characters() const { return unmappable_characters_; }

private:
    void append_cell(std::string_view cell, std::size_t index, bool is_only, std::string& out);
    void append_encoded(std::string_view text, std::size_t index, std::string& out);

    CsvWriterOptions options_;
    std::vector<CsvColumn> columns_;
    std::int64_t row_ = 0;
    std::string quoted_;
    std::vector<std::string_view> views_;
    std::uint64_t unmappable_count_ = 0;
    std::vector<CsvUnmappable> unmappable_;
    std::map<char32_t, std::uint64_t> unmappable_characters_;
};

}  // namespace otokui::transfer
