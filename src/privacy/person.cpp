#include "privacy/person.hpp"

#include <algorithm>

#include "base/text/utf8.hpp"
#include "core/answers.hpp"

namespace otokui::privacy {
namespace {

using core::Privacy;

bool is_of_a_person(const core::Column& column) {
    return column.type == core::ColumnType::text && column.source == core::Source::written &&
           (column.privacy == Privacy::personal || column.privacy == Privacy::contact ||
            column.privacy == Privacy::sensitive);
}

// Where thousands live is no trace of one of them.
bool is_of_many(const core::Column& column) { return column.name == "city"; }

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
    // Characters. Engines refuse patterns of some 50,000 bytes, and whoever quotes a long text quotes its
    // beginning.
    constexpr std::size_t kTelling = 4, kMostQuoted = 500;
    const auto& table = registry.get("customer");
    std::vector<std::string> columns, texts;
    const auto add = [&](std::string_view text, std::size_t least) {
        if (text::code_point_count(text) >= least)
            texts.emplace_back(text::first_code_points(text, kMostQuoted));
    };
    std::string selected = "family_name || ' ' || given_name, family_name || given_name, answers";
    for (const auto& column : table.columns)
        if (is_of_a_person(column) && column.name != core::kAnswers && !is_of_many(column)) {
            columns.push_back(column.name);
            selected += ", " + column.name;
        }
    tx.query("SELECT " + selected + " FROM customer WHERE id = ?", {customer}, [&](const storage::Row& row) {
        for (int whole_name = 0; whole_name < 2; ++whole_name) add(row.text(whole_name), kTelling - 1);
        for (const auto& [key, answer] : core::answers::parse(row.text(2)))
            if (const auto* text = answer.if_string()) add(*text, kTelling);
        for (int i = 3; i < static_cast<int>(columns.size()) + 3; ++i)
            if (!row.is_null(i)) add(row.text(i), kTelling);
    });
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
}

namespace {

// "(a LIKE ? OR b LIKE ?) OR (…)", a group for each text: one long chain would be deeper than SQLite takes.
std::string quoting(const std::vector<std::string>& columns, const std::vector<std::string>& texts,
                    storage::Values& values) {
    std::string quotes;
    for (const auto& text : texts) {
        std::string quoted;
        for (const auto& column : columns) {
            quoted += (quoted.empty() ? "" : " OR ") + column + " LIKE ? ESCAPE '\\'";
            values.emplace_back(like_pattern(text));
        }
        if (!quoted.empty()) quotes += (quotes.empty() ? "(" : " OR (") + quoted + ")";
    }
    return quotes;
}

std::vector<std::int64_t> read_ids(storage::Transaction& tx, const std::string& sql,
                                   const storage::Values& values) {
    std::vector<std::int64_t> ids;
    tx.query(sql, values, [&](const storage::Row& row) { ids.push_back(row.integer(0)); });
    return ids;
}

}  // namespace

std::vector<std::int64_t> quoting_rows(storage::Transaction& tx, const core::Table& table,
                                       const std::vector<std::string>& texts, std::int64_t above,
                                       std::int64_t most) {
    std::vector<std::string> columns;
    for (const auto& column : table.columns)
        if (column.type == core::ColumnType::text) columns.push_back(column.name);
    storage::Values values{above};
    const auto quotes = quoting(columns, texts, values);
    if (quotes.empty()) return {};
    values.emplace_back(most);
    return read_ids(tx,
                    "SELECT id FROM " + table.name + " WHERE id > ? AND (" + quotes + ") ORDER BY id LIMIT ?",
                    values);
}

std::vector<std::int64_t> quoting_changes(storage::Transaction& tx, const std::vector<std::string>& texts,
                                          std::int64_t above, std::int64_t most) {
    storage::Values values{above};
    const auto quotes = quoting({"old_values", "new_values"}, texts, values);
    if (quotes.empty()) return {};
    values.emplace_back(most);
    return read_ids(tx,
                    "SELECT id FROM change WHERE customer_id IS NULL AND salt IS NOT NULL AND id > ? AND (" +
                        quotes + ") ORDER BY id LIMIT ?",
                    values);
}

}  // namespace otokui::privacy
