#include "transfer/cells.hpp"

#include <charconv>

#include "base/text/normalise.hpp"
#include "transfer/lookup.hpp"

namespace otokui::transfer {

std::string Cells::text(std::string_view key) const {
    const auto* source = layout_.find(key);
    if (!source) return {};
    for (const auto column : source->columns)
        if (column < row_.cells.size() && !row_.cells[column].empty())
            return text::trimmed(layout_.cell(*source->field, row_.cells[column]));
    return {};
}

std::string Cells::column(std::string_view key) const {
    const auto* source = layout_.find(key);
    return source ? layout_.header[source->columns.front()] : std::string();
}

std::optional<std::int64_t> whole_number(std::string_view cell) {
    std::string digits;
    for (const char letter : text::mail(cell))  // NFKC
        if (letter != ',') digits += letter;
    std::int64_t number = 0;
    const auto* end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, number);
    return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
}

std::unordered_map<std::string, std::int64_t> customers_by_number(
    storage::Transaction& tx, const std::vector<storage::Value>& numbers) {
    std::unordered_map<std::string, std::int64_t> found;
    query_in(tx, "SELECT number, id FROM customer WHERE deleted_at IS NULL AND number IN (?)", numbers,
             [&](const storage::Row& row) { found.emplace(row.text(0), row.integer(1)); });
    return found;
}

bool is_same(const core::Field& field, const storage::Value& a, const storage::Value& b) {
    constexpr std::int64_t kSecond = 1000;
    if (a == b) return true;
    const auto* one = std::get_if<std::int64_t>(&a);
    const auto* other = std::get_if<std::int64_t>(&b);
    return field.type == core::FieldType::moment && one && other && *one / kSecond == *other / kSecond;
}

boost::json::object changes_of(const core::Table& table, const Schema& schema, const core::Record* before,
                               const customer::Input& input) {
    boost::json::object set, was;
    for (const auto& [column, value] : input.values) {
        const auto& old =
            before ? before->values[table.column(column)] : table.columns[table.column(column)].initial();
        const auto* field = schema.find(column);
        if (field ? is_same(*field, value, old) : value == old) continue;
        set[column] = core::to_json(value);
        if (before) was[column] = core::to_json(old);
    }
    boost::json::object payload;
    if (!set.empty()) payload["set"] = std::move(set);
    if (!was.empty()) payload["was"] = std::move(was);
    return payload;
}

core::Assignments assignments_of(const core::Table& table, const boost::json::object& set) {
    core::Assignments values;
    for (const auto& [column, value] : set) {
        const auto& known = table.columns[table.column(column)];
        values.emplace_back(known.name, core::from_json(known, value));
    }
    return values;
}

}  // namespace otokui::transfer
