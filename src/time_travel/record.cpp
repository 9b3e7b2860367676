#include "time_travel/record.hpp"

#include <boost/json/array.hpp>

#include "base/problem.hpp"
#include "core/customer.hpp"
#include "core/id_set.hpp"
#include "core/record_json.hpp"
#include "customer/record.hpp"
#include "customer/types.hpp"
#include "time_travel/past_row.hpp"

namespace otokui::time_travel {
namespace {

using core::Field;
using core::FieldType;
using core::Privacy;
using storage::Value;

constexpr std::string_view kGone = "(削除済み)";  // as core::Masters calls it

bool is_of_a_person(Privacy privacy) {
    return privacy == Privacy::personal || privacy == Privacy::contact || privacy == Privacy::sensitive;
}

// Never changed after the customer exists, so the present value is that of any time.
bool is_for_ever(const Field& field) {
    return field.create_only || field.key == "id" || field.key == "created_at";
}

// Counted by the journal's entries, which an erasure leaves.
bool is_counted(const core::Table& table, const Field& field) {
    return field.column == table.version_column || field.column == table.updated_column;
}

[[noreturn]] void refuse_absent(storage::Transaction& tx, CustomerId id, const core::Cut& cut) {
    const auto is_there = [&](std::string_view sql, std::initializer_list<Value> values) {
        return tx.find_integer(sql, values).has_value();
    };
    const bool was_before =
        is_there("SELECT 1 FROM change WHERE table_name = 'customer' AND row_id = ? AND id <= ? LIMIT 1",
                 {id.value, cut.change});
    const bool came_later =
        is_there("SELECT 1 FROM customer WHERE id = ?", {id.value}) ||
        is_there("SELECT 1 FROM change WHERE table_name = 'customer' AND row_id = ? LIMIT 1", {id.value});
    if (!was_before && came_later)
        throw Refused({ProblemKind::not_found,
                       "customer.not_yet",
                       {"この顧客は、その時点ではまだ登録されていません。",
                        "This customer did not exist yet at that time."}});
    core::refuse_absent_customer();
}

// Puts the totals of that time into the record; what nobody could tell is unknown.
void fill_figures(const Context& context, storage::Transaction& tx, const core::Cut& cut,
                  const core::Table& table, PastCustomer& customer) {
    const auto& registry = context.customers.journal.registry();
    Figures figures;
    for (const auto& past : context.figures) past(tx, registry, {customer.record.id}, cut, figures);
    for (const auto& [column, value] : figures) customer.record.values[table.column(column)] = value;
    for (const auto& field : context.customers.catalogue.fields()) {
        if (field.column.empty() || field.column == "id") continue;
        const bool is_derived = table.columns[table.column(field.column)].source == core::Source::derived;
        if (is_derived && !figures.contains(field.column)) customer.unknown.insert(field.key);
    }
}

// The values of the changes since have gone with the person: only what never changes is still known.
void forget(const Context& context, const core::Cut& cut, const core::Table& table, PastCustomer& customer) {
    for (const auto& field : context.customers.catalogue.fields()) {
        if (field.column.empty() || field.column == "id") continue;
        const auto column = table.column(field.column);
        if (table.columns[column].source == core::Source::derived) continue;
        if (is_of_a_person(field.privacy))
            customer.record.values[column] = table.columns[column].initial();
        else if (!is_for_ever(field) && !is_counted(table, field) && field.key != "erased_at")
            customer.unknown.insert(field.key);
    }
    const auto answers = table.column(core::kAnswers);
    customer.record.values[answers] = table.columns[answers].initial();
    for (const auto* field : context.customers.catalogue.own_fields()) customer.unknown.insert(field->key);
    auto& erased_at = customer.record.values[table.column("erased_at")];
    const auto* erased = std::get_if<std::int64_t>(&erased_at);
    if (erased && *erased > cut.at.milliseconds) erased_at = Value();
}

// Rows of masters as they were called.
class PastNames {
public:
    PastNames(const core::Registry& registry, storage::Transaction& tx, const core::Cut& cut)
        : registry_(registry), tx_(tx), cut_(cut) {}

    boost::json::string name(const std::string& master, std::int64_t id) {
        const auto& table = registry_.get(master);
        const auto past = core::find_past(tx_, table, id, cut_);
        if (!past) return boost::json::string(kGone);
        return boost::json::string(std::get<std::string>(past->record.values[table.column("name")]));
    }

private:
    const core::Registry& registry_;
    storage::Transaction& tx_;
    const core::Cut& cut_;
};

void name_masters(const core::Catalogue& catalogue, const core::Table& table, const core::Record& record,
                  PastNames& names, customer::Json& json) {
    for (const auto& field : catalogue.fields()) {
        if (!json.contains(field.key) || field.column.empty() || field.column == "id") continue;
        const auto& value = record.values[table.column(field.column)];
        if (field.type == FieldType::reference) {
            if (const auto* id = std::get_if<std::int64_t>(&value))
                json[field.key + "_name"] = names.name(field.master, *id);
        } else if (field.type == FieldType::set) {
            boost::json::array called;
            for (const auto id : core::parse_set(std::get<std::string>(value)))
                called.emplace_back(names.name(field.master, id));
            json[field.key + "_names"] = std::move(called);
        }
    }
}

bool is_unknown(const Field& field, const std::set<std::string>& unknown) {
    if (unknown.contains(field.key)) return true;
    if (!field.computed_from.empty()) return unknown.contains(field.computed_from);
    return std::ranges::any_of(field.parts, [&](const std::string& part) { return unknown.contains(part); });
}

}  // namespace

PastCustomer find_customer(const Context& context, storage::Transaction& tx, CustomerId id,
                           const core::Cut& cut) {
    const auto& table = context.customers.journal.registry().get(customer::kTable);
    auto past = core::find_past(tx, table, id.value, cut);
    if (!past) refuse_absent(tx, id, cut);
    PastCustomer result{std::move(past->record), past->is_erased, {}};
    if (past->has_no_updated) result.unknown.insert("updated_at");
    fill_figures(context, tx, cut, table, result);
    if (past->is_erased) forget(context, cut, table, result);
    result.is_erased = result.is_erased || !storage::is_null(result.record.values[table.column("erased_at")]);
    return result;
}

customer::Json to_json(const Context& context, const core::Actor& actor, storage::Transaction& tx,
                       const PastCustomer& customer, const core::Cut& cut) {
    const auto& registry = context.customers.journal.registry();
    const auto& catalogue = context.customers.catalogue;
    const auto& table = registry.get(customer::kTable);
    const auto reader = customer::record_reader(catalogue, actor, shop_day(cut.at));
    core::Masters masters(tx);
    auto json = reader.read(PastRow(table, customer.record, reader.columns()), masters);
    PastNames names(registry, tx, cut);
    name_masters(catalogue, table, customer.record, names, json);
    for (const auto* field : reader.fields()) {
        if (!is_unknown(*field, customer.unknown)) continue;
        for (const auto* ending : {"", "_name", "_names"})
            if (auto* shown = json.if_contains(field->key + ending)) *shown = nullptr;
    }
    return json;
}

}  // namespace otokui::time_travel
