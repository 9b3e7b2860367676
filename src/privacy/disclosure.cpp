#include <boost/json/array.hpp>

#include "base/problem.hpp"
#include "base/text_json.hpp"
#include "core/answers.hpp"
#include "core/customer.hpp"
#include "core/record_json.hpp"
#include "privacy/disclosure_history.hpp"
#include "privacy/person.hpp"
#include "privacy/service.hpp"

// 開示 (法33条): what the shop holds on a person, by the registry alone, so that a new table cannot be
// forgotten. Names of tables and of a customer's fields are those of the screens; other columns go by their
// names in the schema.
namespace otokui::privacy {
namespace {

struct Shown {
    std::string column;
    std::string key;
    Text label;
    bool is_moment = false;
    bool is_text = true;
};

std::vector<Shown> shown_columns(const core::Table& table) {
    std::vector<Shown> shown;
    for (const auto& column : table.columns) {
        if (column.source == core::Source::derived) continue;  // from what is shown already
        if (column.privacy == core::Privacy::secret || column.type == core::ColumnType::bytes) continue;
        if (column.name == table.customer_column || column.name == table.version_column) continue;
        shown.push_back({column.name,
                         column.name,
                         {column.name, column.name},
                         column.name.ends_with("_at") && column.type == core::ColumnType::integer,
                         column.type == core::ColumnType::text});
    }
    return shown;
}

boost::json::value value_of(const storage::Row& row, int position, const Shown& shown) {
    if (row.is_null(position)) return nullptr;
    if (shown.is_moment) return boost::json::value(format_moment({row.integer(position)}));
    if (!shown.is_text) return row.integer(position);
    const auto text = row.text(position);
    return text.empty() ? boost::json::value() : boost::json::value(boost::json::string(text));
}

boost::json::array fields_json(const std::vector<Shown>& shown) {
    boost::json::array fields;
    for (const auto& field : shown)
        fields.push_back(boost::json::object{{"key", field.key}, {"labels", json::labels(field.label)}});
    return fields;
}

// Every row of a table that belongs to the customer.
boost::json::object section(storage::Transaction& tx, const core::Table& table, std::int64_t customer) {
    const auto shown = shown_columns(table);
    std::string selected = "id";
    for (const auto& field : shown) selected += ", " + field.column;
    boost::json::array rows;
    tx.query(
        "SELECT " + selected + " FROM " + table.name + " WHERE " + table.customer_column + " = ? ORDER BY id",
        {customer}, [&](const storage::Row& row) {
            boost::json::object values;
            for (std::size_t i = 0; i < shown.size(); ++i)
                values[shown[i].key] = value_of(row, static_cast<int>(i) + 1, shown[i]);
            rows.push_back(std::move(values));
        });
    return {{"table", table.name},
            {"labels", json::labels(table.label)},
            {"fields", fields_json(shown)},
            {"rows", std::move(rows)}};
}

// What was answered to fields that are out of use is still held.
void add_answers_out_of_use(const core::Catalogue& catalogue, std::string_view text,
                            boost::json::array& described, boost::json::object& values) {
    for (const auto& [name, answer] : core::answers::parse(text)) {
        const auto key = std::string(core::kOwnPrefix) + std::string(name);
        if (values.contains(key)) continue;
        const auto* field = catalogue.find_own(name);
        described.push_back(boost::json::object{
            {"key", key}, {"labels", json::labels(field ? field->label : Text{key, key})}});
        values[key] = field ? boost::json::value(core::answers::cell(*field, &answer)) : answer;
    }
}

// Where the mail address stands for the member ID, the shop's own one is kept all the same.
void add_own_member_id(const core::Masters& masters, std::string_view kept, boost::json::array& described,
                       boost::json::object& values) {
    if (!masters.has_mail_ids() || kept.empty()) return;
    described.push_back(
        boost::json::object{{"key", "member_id.kept"},
                            {"labels", json::labels({"会員ID（登録値）", "Member ID (as registered)"})}});
    values["member_id.kept"] = kept;
}

// The customer himself, in the order and with the names of the catalogue.
boost::json::object customer_section(storage::Transaction& tx, const core::Catalogue& catalogue,
                                     const core::Actor& actor, const core::Table& table,
                                     std::int64_t customer, Day today) {
    std::vector<const core::Field*> fields;
    boost::json::array described;
    const auto add = [&](const core::Field& field) {
        if (!field.listable) return;
        fields.push_back(&field);
        described.push_back(boost::json::object{{"key", field.key}, {"labels", json::labels(field.label)}});
    };
    // What a part that is switched off keeps of a person is held all the same.
    for (const auto& field : catalogue.fields()) add(field);
    for (const auto* field : catalogue.own_fields()) add(*field);
    const core::RecordReader reader(catalogue, fields, actor, today);
    core::Masters masters(tx);
    reader.prepare(masters);
    boost::json::array rows;
    std::string answers, member_id;
    tx.query("SELECT " + reader.columns() + ", c.member_id, c.answers FROM customer c WHERE c.id = ?",
             {customer}, [&](const storage::Row& row) {
                 boost::json::object values;
                 answers = row.text(row.columns() - 1);
                 member_id = row.text(row.columns() - 2);
                 std::string cell;
                 for (std::size_t i = 0; i < fields.size(); ++i) {
                     cell.clear();
                     reader.append_cell(row, i, masters, cell);
                     values[fields[i]->key] =
                         cell.empty() ? boost::json::value() : boost::json::value(boost::json::string(cell));
                 }
                 rows.push_back(std::move(values));
             });
    if (rows.empty()) core::refuse_absent_customer();
    add_own_member_id(masters, member_id, described, rows.front().as_object());
    add_answers_out_of_use(catalogue, answers, described, rows.front().as_object());
    return {{"table", table.name},
            {"labels", json::labels(table.label)},
            {"fields", std::move(described)},
            {"rows", std::move(rows)}};
}

}  // namespace

boost::json::object disclose(const Context& context, const core::Actor& actor, CustomerId customer) {
    actor.require("customer.disclose");
    actor.require(core::kUnmaskedRight);
    const auto& registry = context.journal.registry();
    const auto now = context.journal.now();
    auto disclosed = context.journal.database().read([&](storage::Transaction& tx) {
        boost::json::array sections;
        for (const auto& table : registry.tables()) {
            if (!table.in_disclosure || table.name == "change") continue;
            sections.push_back(
                table.customer_column == "id"
                    ? customer_section(tx, context.catalogue, actor, table, customer.value, shop_day(now))
                    : section(tx, table, customer.value));
        }
        return boost::json::object{
            {"customer", std::to_string(customer.value)},
            {"made_at", format_moment(now)},
            {"sections", std::move(sections)},
            {"history", disclosed_history(tx, context.catalogue, registry, customer.value)}};
    });
    return disclosed;
}

}  // namespace otokui::privacy
