#include "transfer/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/utf8.hpp"

namespace otokui::transfer {
namespace {

bool is_ascii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

// Appends `bytes` with everything that is not UTF-8, and NUL, as U+FFFD. True if there was something besides
// NUL.
bool append_mended_utf8(std::string_view bytes, std::string& out) {
    bool is_broken = false;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t start = at;
        const char32_t point = text::next_code_point(bytes, at);
        is_broken = is_broken || (point == text::kReplacement && at - start == 1);
        text::append_utf8(out, point == 0 ? text::kReplacement : point);
    }
    return is_broken;
}

}  // namespace

CsvReader::CsvReader(CsvReaderOptions options, OnRow on_row) : options_(options), on_row_(std::move(on_row)) {
    if (options_.encoding == text::Encoding::cp932) byte_order_mark_ = text::kUtf8Bom.size();
}

void CsvReader::push(std::string_view bytes) {
    while (byte_order_mark_ < text::kUtf8Bom.size() && !bytes.empty()) {
        if (bytes.front() == text::kUtf8Bom[byte_order_mark_]) {
            ++byte_order_mark_;
            bytes.remove_prefix(1);
        } else {
            consume(text::kUtf8Bom.substr(0, std::exchange(byte_order_mark_, text::kUtf8Bom.size())));
        }
    }
    consume(bytes);
}

void CsvReader::finish() {
    if (byte_order_mark_ < text::kUtf8Bom.size()) consume(text::kUtf8Bom.substr(0, byte_order_mark_));
    if (is_over_) return;
    if (state_ == State::quoted) add_problem("unclosed_quote", cell_line_, column());
    end_row();
}

void CsvReader::consume(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size() && !is_over_;) {
        if (after_carriage_return_) {
            after_carriage_return_ = false;
            if (bytes[at] == '\n' && ++at == bytes.size()) return;
        }
        at = state_ == State::quoted ? take_quoted(bytes, at) : take_plain(bytes, at);
    }
}

// Takes what is neither delimiter, quote nor line end, then one byte that is.
std::size_t CsvReader::take_plain(std::string_view bytes, std::size_t at) {
    std::size_t end = at;
    while (end < bytes.size() && bytes[end] != options_.delimiter && bytes[end] != '"' &&
           bytes[end] != '\n' && bytes[end] != '\r') {
        ++end;
    }
    if (end > at) {
        if (state_ == State::quote_in_quoted) cell_has_bare_quote_ = true;
        state_ = State::plain;
        append(bytes.substr(at, end - at));
    }
    if (end == bytes.size()) return end;
    special(bytes[end]);
    return end + 1;
}

void CsvReader::special(char byte) {
    if (byte == options_.delimiter) {
        end_cell();
    } else if (byte == '"') {
        if (state_ == State::cell_start) {
            state_ = State::quoted;
            cell_was_quoted_ = true;
        } else if (state_ == State::quote_in_quoted) {
            append("\"");
            state_ = State::quoted;
        } else {
            append("\"");
            cell_has_bare_quote_ = true;
        }
    } else {
        after_carriage_return_ = byte == '\r';
        ++line_;
        end_row();
    }
}

std::size_t CsvReader::take_quoted(std::string_view bytes, std::size_t at) {
    const std::size_t end = std::min(bytes.find('"', at), bytes.size());
    const std::string_view part = bytes.substr(at, end - at);
    line_ += std::count(part.begin(), part.end(), '\n');
    append(part);
    if (end == bytes.size()) return end;
    state_ = State::quote_in_quoted;
    return end + 1;
}

void CsvReader::append(std::string_view bytes) {
    if (cell_is_too_long_) return;
    const std::size_t room_in_cell = options_.max_cell_bytes - (raw_.size() - cell_begin_);
    const std::size_t room_in_row = options_.max_row_bytes - raw_.size();
    if (bytes.size() <= std::min(room_in_cell, room_in_row)) {
        raw_ += bytes;
        return;
    }
    cell_is_too_long_ = true;
    raw_.resize(cell_begin_);
    if (room_in_cell <= room_in_row) {
        add_problem("cell_too_long", cell_line_, column());
    } else {
        add_row_problem_once("row_too_long");
    }
}

void CsvReader::end_cell() {
    if (cell_has_bare_quote_) add_problem("bare_quote", cell_line_, column());
    if (cells_.size() < options_.max_columns) {
        cells_.push_back({cell_begin_, raw_.size(), cell_line_});
    } else {
        raw_.resize(cell_begin_);
        ++dropped_columns_;
        add_row_problem_once("too_many_columns");
    }
    state_ = State::cell_start;
    cell_begin_ = raw_.size();
    cell_line_ = line_;
    cell_is_too_long_ = cell_was_quoted_ = cell_has_bare_quote_ = false;
}

void CsvReader::end_row() {
    const bool is_blank = cells_.empty() && raw_.empty() && !cell_was_quoted_ && !cell_is_too_long_;
    if (!is_blank) {
        end_cell();
        emit();
    }
    raw_.clear();
    clean_.clear();
    cells_.clear();
    problems_.clear();
    state_ = State::cell_start;
    row_line_ = cell_line_ = line_;
    cell_begin_ = 0;
    dropped_columns_ = 0;
}

void CsvReader::emit() {
    if (rows_ == options_.max_rows) {
        is_over_ = true;
        problems_.assign(1, {row_line_, 0, "too_many_rows"});
        on_row_({row_line_, {}, problems_});
        return;
    }
    const std::size_t columns = cells_.size() + dropped_columns_;
    if (rows_ == 0) first_row_columns_ = columns;
    ++rows_;
    if (columns != first_row_columns_) add_problem("wrong_column_count", row_line_, 0);
    clean_cells();
    views_.clear();
    for (const Cell& cell : cells_) {
        views_.push_back(
            std::string_view(cell.is_clean ? clean_ : raw_).substr(cell.begin, cell.end - cell.begin));
    }
    on_row_({row_line_, views_, problems_});
}

void CsvReader::clean_cells() {
    for (std::size_t index = 0; index < cells_.size(); ++index) {
        Cell& cell = cells_[index];
        const std::string_view bytes = std::string_view(raw_).substr(cell.begin, cell.end - cell.begin);
        const bool is_cp932 = options_.encoding == text::Encoding::cp932;
        const bool has_nul = bytes.find('\0') != bytes.npos;
        if (!has_nul && (is_cp932 ? is_ascii(bytes) : text::is_valid_utf8(bytes))) continue;

        const std::size_t begin = clean_.size();
        bool is_broken = false;
        if (is_cp932) {
            is_broken = text::append_cp932_as_utf8(bytes, clean_).has_value();
            if (has_nul) {
                const std::string decoded = clean_.substr(begin);
                clean_.resize(begin);
                append_mended_utf8(decoded, clean_);
            }
        } else {
            is_broken = append_mended_utf8(bytes, clean_);
        }
        if (has_nul) add_problem("nul", cell.line, index + 1);
        if (is_broken) add_problem("invalid_encoding", cell.line, index + 1);
        cell = {begin, clean_.size(), cell.line, true};
    }
}

void CsvReader::add_problem(std::string_view code, std::int64_t line, std::size_t column) {
    problems_.push_back({line, column, code});
}

void CsvReader::add_row_problem_once(std::string_view code) {
    const bool is_known = std::any_of(problems_.begin(), problems_.end(),
                                      [code](const CsvProblem& problem) { return problem.code == code; });
    if (!is_known) add_problem(code, row_line_, 0);
}

char detect_delimiter(std::string_view first_bytes) {
    constexpr std::string_view kDelimiters = ",\t;";
    std::array<std::size_t, kDelimiters.size()> counts{};
    bool in_quotes = false;
    for (const char byte : first_bytes) {
        if (byte == '"') in_quotes = !in_quotes;
        if (in_quotes) continue;
        if (byte == '\n' || byte == '\r') break;
        const std::size_t index = kDelimiters.find(byte);
        if (index != kDelimiters.npos) ++counts[index];
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace otokui::transfer
