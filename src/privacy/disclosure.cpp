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
// forgotten, in the words of the screens (words.hpp).
namespace otokui::privacy {
namespace {

std::vector<const core::Column*> shown_columns(const core::Table& table) {
    std::vector<const core::Column*> shown;
    for (const auto& column : table.columns)
        if (Words::tells(table, column)) shown.push_back(&column);
    return shown;
}

boost::json::value stored_at(const storage::Row& row, int position, const core::Column& column) {
    if (row.is_null(position)) return nullptr;
    if (column.type == core::ColumnType::integer) return row.integer(position);
    return boost::json::value(boost::json::string(row.text(position)));
}

// Every row of a table that belongs to the customer.
boost::json::object section(storage::Transaction& tx, Words& words, const core::Table& table,
                            std::int64_t customer) {
    const auto shown = shown_columns(table);
    std::string selected = "id";
    boost::json::array described;
    for (const auto* column : shown) {
        selected += ", " + column->name;
        described.push_back(boost::json::object{{"key", column->name},
                                                {"labels", json::labels(words.label(table, *column))}});
    }
    std::vector<std::vector<boost::json::value>> stored;
    tx.query(
        "SELECT " + selected + " FROM " + table.name + " WHERE " + table.customer_column + " = ? ORDER BY id",
        {customer}, [&](const storage::Row& row) {
            auto& values = stored.emplace_back();
            for (int i = 0; i < static_cast<int>(shown.size()); ++i)
                values.push_back(stored_at(row, i + 1, *shown[static_cast<std::size_t>(i)]));
        });
    boost::json::array rows;
    for (const auto& values : stored) {
        boost::json::object told;
        for (std::size_t i = 0; i < shown.size(); ++i)
            told[shown[i]->name] = words.value(table, *shown[i], &values[i]);
        rows.push_back(std::move(told));
    }
    return {{"table", table.name},
            {"labels", json::labels(table.label)},
            {"fields", std::move(described)},
            {"rows", std::move(rows)}};
}

// What was answered to fields that are out of use is still held.
void add_answers_out_of_use(const core::Catalogue& catalogue, const Words& words,
                            const boost::json::object& answers, boost::json::array& described,
                            boost::json::object& values) {
    for (const auto& [name, answer] : answers) {
        const auto key = std::string(core::kOwnPrefix) + std::string(name);
        if (values.contains(key)) continue;
        const auto* field = catalogue.find_own(name);
        described.push_back(boost::json::object{
            {"key", key}, {"labels", json::labels(field ? field->label : Text{key, key})}});
        values[key] = words.answer(field, &answer);
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
                                     const Words& words, const core::Actor& actor, const core::Table& table,
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
    boost::json::object answers;
    std::string member_id;
    tx.query("SELECT " + reader.columns() + ", c.member_id, c.answers FROM customer c WHERE c.id = ?",
             {customer}, [&](const storage::Row& row) {
                 boost::json::object values;
                 answers = core::answers::parse(row.text(row.columns() - 1));
                 member_id = row.text(row.columns() - 2);
                 for (std::size_t i = 0; i < fields.size(); ++i) {
                     const auto& field = *fields[i];
                     if (field.is_own()) {
                         values[field.key] = words.answer(&field, answers.if_contains(field.answer));
                         continue;
                     }
                     std::string cell;
                     reader.append_cell(row, i, masters, cell);
                     values[field.key] = cell.empty()
                                             ? boost::json::value()
                                             : boost::json::value(words.cell(field, std::move(cell)));
                 }
                 rows.push_back(std::move(values));
             });
    if (rows.empty()) core::refuse_absent_customer();
    add_own_member_id(masters, member_id, described, rows.front().as_object());
    add_answers_out_of_use(catalogue, words, answers, described, rows.front().as_object());
    return {{"table", table.name},
            {"labels", json::labels(table.label)},
            {"fields", std::move(described)},
            {"rows", std::move(rows)}};
}

}  // namespace

boost::json::object disclose(const Context& context, const core::Actor& actor, CustomerId customer,
                             Language language) {
    actor.require("customer.disclose");
    actor.require(core::kUnmaskedRight);
    const auto& registry = context.journal.registry();
    const auto now = context.journal.now();
    auto disclosed = context.journal.database().read([&](storage::Transaction& tx) {
        Words words(context.catalogue, registry, tx, language);
        boost::json::array sections;
        for (const auto& table : registry.tables()) {
            if (!table.in_disclosure || table.name == "change") continue;
            sections.push_back(table.customer_column == "id"
                                   ? customer_section(tx, context.catalogue, words, actor, table,
                                                      customer.value, shop_day(now))
                                   : section(tx, words, table, customer.value));
        }
        return boost::json::object{{"customer", std::to_string(customer.value)},
                                   {"made_at", format_moment(now)},
                                   {"sections", std::move(sections)},
                                   {"history", disclosed_history(tx, words, registry, customer.value)}};
    });
    return disclosed;
}

}  // namespace otokui::privacy
