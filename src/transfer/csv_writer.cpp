#include "transfer/csv_writer.hpp"

#include <algorithm>
#include <utility>

#include "base/text/formula.hpp"

namespace otokui::transfer {
namespace {

// A quote that stood there already is told from ours by its company.
bool needs_guard(std::string_view cell) {
    cell.remove_prefix(std::min(cell.find_first_not_of('\''), cell.size()));
    return text::begins_like_formula(cell);
}

bool is_number(std::string_view cell) {
    if (cell.starts_with('-')) cell.remove_prefix(1);
    const auto take_digits = [&cell] {
        const std::size_t count = std::min(cell.find_first_not_of("0123456789"), cell.size());
        cell.remove_prefix(count);
        return count > 0;
    };
    if (!take_digits()) return false;
    if (cell.starts_with('.')) {
        cell.remove_prefix(1);
        if (!take_digits()) return false;
    }
    return cell.empty();
}

bool needs_quotes(std::string_view cell, char delimiter) {
    if (cell.empty()) return false;
    const auto is_special = [delimiter](char byte) {
        return byte == delimiter || byte == '"' || byte == '\n' || byte == '\r';
    };
    // Some readers trim outer spaces; a byte order mark at the beginning of a file would be taken for one.
    return cell.front() == ' ' || cell.back() == ' ' || cell.starts_with(text::kUtf8Bom) ||
           std::any_of(cell.begin(), cell.end(), is_special);
}

}  // namespace

std::string guarded(std::string_view cell) {
    std::string out;
    if (needs_guard(cell)) out.push_back('\'');
    return out.append(cell);
}

std::string_view unguarded(std::string_view cell) {
    const bool is_guarded = cell.starts_with('\'') && needs_guard(cell.substr(1));
    return is_guarded ? cell.substr(1) : cell;
}

CsvWriter::CsvWriter(CsvWriterOptions options, std::vector<CsvColumn> columns)
    : options_(std::move(options)), columns_(std::move(columns)) {}

void CsvWriter::append_row(std::span<const std::string> cells, std::string& out) {
    views_.assign(cells.begin(), cells.end());
    append_row(views_, out);
}

void CsvWriter::append_row(std::span<const std::string_view> cells, std::string& out) {
    if (row_ == 0 && options_.encoding == text::Encoding::utf8_bom) out += text::kUtf8Bom;
    ++row_;
    for (std::size_t index = 0; index < cells.size(); ++index) {
        if (index > 0) out.push_back(options_.delimiter);
        append_cell(cells[index], index, cells.size() == 1, out);
    }
    out += options_.newline;
}

void CsvWriter::append_cell(std::string_view cell, std::size_t index, bool is_only, std::string& out) {
    const bool is_free_number =
        index < columns_.size() && columns_[index] == CsvColumn::number && is_number(cell);
    const bool guards = options_.guard == CsvGuard::yes && !is_free_number && needs_guard(cell);
    const bool quotes = (is_only && cell.empty()) || needs_quotes(cell, options_.delimiter);
    if (!guards && !quotes) {
        append_encoded(cell, index, out);
        return;
    }
    quoted_.clear();
    if (quotes) quoted_.push_back('"');
    if (guards) quoted_.push_back('\'');
    for (const char byte : cell) {
        if (byte == '"') quoted_.push_back('"');
        quoted_.push_back(byte);
    }
    if (quotes) quoted_.push_back('"');
    append_encoded(quoted_, index, out);
}

void CsvWriter::append_encoded(std::string_view text, std::size_t index, std::string& out) {
    if (options_.encoding != text::Encoding::cp932) {
        out += text;
        return;
    }
    for (const char32_t code_point : text::append_utf8_as_cp932(text, out)) {
        ++unmappable_count_;
        if (unmappable_characters_.size() < kMaxListed || unmappable_characters_.contains(code_point))
            ++unmappable_characters_[code_point];
        if (unmappable_.size() < kMaxListed) unmappable_.push_back({row_, index + 1, code_point});
    }
}

}  // namespace otokui::transfer
