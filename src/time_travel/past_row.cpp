#include "time_travel/past_row.hpp"

namespace otokui::time_travel {

PastRow::PastRow(const core::Table& table, const core::Record& record, std::string_view columns) {
    constexpr std::string_view kSeparator = ", ";
    constexpr std::size_t kAlias = 2;  // "c."
    while (!columns.empty()) {
        const auto end = columns.find(kSeparator);
        const auto name = columns.substr(kAlias, end == std::string_view::npos ? end : end - kAlias);
        values_.push_back(name == "id" ? storage::Value(record.id) : record.values[table.column(name)]);
        columns.remove_prefix(end == std::string_view::npos ? columns.size() : end + kSeparator.size());
    }
}

std::int64_t PastRow::integer(int column) const {
    const auto* number = std::get_if<std::int64_t>(&at(column));
    return number ? *number : 0;
}

std::string_view PastRow::text(int column) const {
    const auto* written = std::get_if<std::string>(&at(column));
    return written ? std::string_view(*written) : std::string_view();
}

storage::Blob PastRow::bytes(int column) const {
    const auto* written = std::get_if<storage::Blob>(&at(column));
    return written ? *written : storage::Blob();
}

}  // namespace otokui::time_travel
