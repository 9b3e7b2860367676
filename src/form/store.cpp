#include "form/store.hpp"

namespace otokui::form::store {
namespace {

using storage::Row;
using storage::Transaction;

constexpr std::string_view kSelect =
    "SELECT id, key, label_ja, label_en, type, required, position, max_length, minimum, maximum, options, "
    "on_list,"
    " on_csv, retired, created_at, updated_at, version FROM form_field";

std::optional<std::int64_t> integer_or_nothing(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

std::vector<Option> options_of(std::string_view text) {
    std::vector<Option> options;
    if (text.empty()) return options;
    const auto list = json::parse(text);
    for (const auto& one : list.as_array())
        options.push_back(
            {std::string(one.at("code").as_string()),
             {std::string(one.at("label_ja").as_string()), std::string(one.at("label_en").as_string())},
             one.at("removed").as_bool()});
    return options;
}

FormField read(const Row& row) {
    return {.id = {row.integer(0)},
            .key = std::string(row.text(1)),
            .label = {std::string(row.text(2)), std::string(row.text(3))},
            .type = find_type(row.text(4)).value_or(Type::text),
            .required = row.integer(5) != 0,
            .position = row.integer(6),
            .max_length = integer_or_nothing(row, 7),
            .minimum = integer_or_nothing(row, 8),
            .maximum = integer_or_nothing(row, 9),
            .options = options_of(row.text(10)),
            .on_list = row.integer(11) != 0,
            .on_csv = row.integer(12) != 0,
            .retired = row.integer(13) != 0,
            .created_at = {row.integer(14)},
            .updated_at = {row.integer(15)},
            .version = row.integer(16)};
}

}  // namespace

std::vector<FormField> list(Transaction& tx) {
    std::vector<FormField> fields;
    tx.query(std::string(kSelect) + " ORDER BY position, id", {},
             [&](const Row& row) { fields.push_back(read(row)); });
    return fields;
}

std::optional<FormField> find(Transaction& tx, FieldId id) {
    std::optional<FormField> found;
    tx.query(std::string(kSelect) + " WHERE id = ?", {id.value}, [&](const Row& row) { found = read(row); });
    return found;
}

bool is_answered(Transaction& tx, const std::string& key) {
    return tx.find_integer("SELECT 1 FROM customer_answer WHERE field = ? LIMIT 1", {key}).has_value();
}

bool is_chosen(Transaction& tx, const std::string& key, const std::string& code) {
    return tx.find_integer("SELECT 1 FROM customer_answer WHERE field = ? AND code = ? LIMIT 1", {key, code})
        .has_value();
}

std::int64_t count_in_use(Transaction& tx) {
    return tx.find_integer("SELECT count(*) FROM form_field WHERE retired = 0").value_or(0);
}

// Every write of a row makes its version larger; a row that comes or goes changes the number of rows or,
// since ids are given once, the largest of them.
std::string fingerprint(Transaction& tx) {
    std::string print;
    tx.query(
        "SELECT count(*), COALESCE(max(id), 0), COALESCE(CAST(sum(version) AS BIGINT), 0) FROM form_field",
        {}, [&](const Row& row) {
            for (int i = 0; i < 3; ++i) print += std::to_string(row.integer(i)) + ' ';
        });
    return print;
}

std::string options_text(const std::vector<Option>& options) {
    if (options.empty()) return "";
    json::Array list;
    for (const auto& option : options)
        list.push_back(json::Object{{"code", option.code},
                                    {"label_ja", option.label.ja},
                                    {"label_en", option.label.en},
                                    {"removed", option.removed}});
    return json::to_text(list);
}

}  // namespace otokui::form::store
