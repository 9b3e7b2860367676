#include "privacy/person.hpp"

#include <algorithm>

#include "base/text/utf8.hpp"

namespace otokui::privacy {
namespace {

using core::Privacy;

bool is_of_a_person(const core::Column& column) {
    return column.type == core::ColumnType::text && column.source == core::Source::written &&
           (column.privacy == Privacy::personal || column.privacy == Privacy::contact ||
            column.privacy == Privacy::sensitive);
}

std::string like_pattern(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

}  // namespace

std::vector<std::int64_t> owned_rows(storage::Transaction& tx, const core::Table& table,
                                     std::int64_t customer, std::int64_t above, std::int64_t most) {
    std::vector<std::int64_t> ids;
    tx.query("SELECT id FROM " + table.name + " WHERE " + table.customer_column +
                 " = ? AND id > ? ORDER BY id LIMIT ?",
             {customer, above, most}, [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
    return ids;
}

std::vector<std::string> telling_texts(storage::Transaction& tx, const core::Registry& registry,
                                       std::int64_t customer) {
    constexpr std::size_t kTelling = 4;  // characters
    const auto& table = registry.get("customer");
    std::vector<std::string> columns, texts;
    std::string selected = "family_name || ' ' || given_name, family_name || given_name";
    for (const auto& column : table.columns)
        if (is_of_a_person(column)) {
            columns.push_back(column.name);
            selected += ", " + column.name;
        }
    tx.query("SELECT " + selected + " FROM customer WHERE id = ?", {customer}, [&](const storage::Row& row) {
        for (int i = 0; i < static_cast<int>(columns.size()) + 2; ++i) {
            if (row.is_null(i)) continue;
            std::string text(row.text(i));
            const bool is_whole_name = i < 2 && text::code_point_count(text) >= 3;
            if (is_whole_name || text::code_point_count(text) >= kTelling) texts.push_back(std::move(text));
        }
    });
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
}

std::vector<std::int64_t> quoting_rows(storage::Transaction& tx, const core::Table& table,
                                       const std::vector<std::string>& texts, std::int64_t above,
                                       std::int64_t most) {
    std::string quotes;
    storage::Values values{above};
    for (const auto& column : table.columns) {
        if (column.type != core::ColumnType::text) continue;
        for (const auto& text : texts) {
            quotes += (quotes.empty() ? "" : " OR ") + column.name + " LIKE ? ESCAPE '\\'";
            values.emplace_back(like_pattern(text));
        }
    }
    std::vector<std::int64_t> ids;
    if (quotes.empty()) return ids;
    values.emplace_back(most);
    tx.query("SELECT id FROM " + table.name + " WHERE id > ? AND (" + quotes + ") ORDER BY id LIMIT ?",
             values, [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
    return ids;
}

}  // namespace otokui::privacy
