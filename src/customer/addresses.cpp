#include "customer/addresses.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <limits>

#include "base/prefectures.hpp"
#include "core/customer.hpp"
#include "core/id_cursor.hpp"
#include "core/record_json.hpp"
#include "customer/postal_rule.hpp"
#include "customer/types.hpp"

namespace otokui::customer {
namespace {

using core::Record;
using core::Writer;
using storage::Value;

// What staff call the address: no field of a customer, so it is described here.
const core::Field& label_field() {
    static const core::Field kLabel{.key = "label",
                                    .label = {"お届け先名", "Name of the address"},
                                    .column = "label",
                                    .max_length = 100,
                                    .editable = true};
    return kLabel;
}

[[noreturn]] void refuse_absent() {
    throw Refused(
        {ProblemKind::not_found, "address.not_found", {"お届け先が見つかりません。", "No such address."}});
}

// Joined as on the customer: names with a space, the address in one run with the building apart.
void add_joined(Json& json, const std::string& key,
                std::initializer_list<std::pair<const char*, const char*>> parts) {
    std::string text;
    for (const auto& [separator, part] : parts) {
        const auto* value = json.at(part).if_string();
        if (!value || value->empty()) continue;
        if (!text.empty()) text += separator;
        text += std::string_view(*value);
    }
    json[key] = text.empty() ? boost::json::value() : boost::json::value(text);
}

Json to_json(const Context& context, const core::Actor& actor, const core::Table& table,
             const Record& record) {
    const auto at = [&](std::string_view column) -> const Value& {
        return record.values[table.column(column)];
    };
    const auto shown = [&](const core::Field& field) -> boost::json::value {
        const auto value = core::to_json(at(field.column));
        const auto* text = value.if_string();
        if (text && text->empty()) return nullptr;
        return text && core::is_masked(field, actor) ? boost::json::value(core::kMask) : value;
    };
    Json json{{"id", std::to_string(record.id)},
              {"customer", std::to_string(std::get<std::int64_t>(at("customer_id")))},
              {"label", shown(label_field())},
              {"is_default", at("is_default") != Value(std::int64_t{0})}};
    for (const auto& field : context.catalogue.fields())
        if (field.of_address) json[field.key] = shown(field);
    const auto* prefecture = std::get_if<std::int64_t>(&at("prefecture"));
    json["prefecture_name"] = prefecture ? boost::json::value(prefecture_name(static_cast<int>(*prefecture)))
                                         : boost::json::value();
    add_joined(json, "name", {{"", "family_name"}, {" ", "given_name"}});
    add_joined(json, "kana", {{"", "family_kana"}, {" ", "given_kana"}});
    if (core::is_masked(context.catalogue.get("street"), actor))
        json["address"] = core::kMask;
    else
        add_joined(json, "address",
                   {{"", "prefecture_name"}, {"", "city"}, {"", "street"}, {" ", "building"}});
    for (const auto* moment : {"created_at", "updated_at"})
        json[moment] = format_moment({std::get<std::int64_t>(at(moment))});
    json["version"] = std::get<std::int64_t>(at("version"));
    return json;
}

Record read_row(const core::Table& table, const storage::Row& row) {
    Record record{row.integer(0), {}};
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        record.values.push_back(row.value(static_cast<int>(i) + 1));
    return record;
}

std::vector<Record> read_all(const core::Table& table, storage::Transaction& tx, CustomerId customer,
                             AddressId id = {}) {
    std::string sql = "SELECT id";
    for (const auto& column : table.columns) sql += ", " + column.name;
    sql += " FROM customer_address WHERE customer_id = ? AND (? = 0 OR id = ?) ORDER BY is_default DESC, id";
    std::vector<Record> records;
    tx.query(sql, {customer.value, id.value, id.value},
             [&](const storage::Row& row) { records.push_back(read_row(table, row)); });
    return records;
}

// `before`: null for a new one.
Input read_address(const Context& context, const Json& body, storage::Transaction& tx, Moment now,
                   const Record* before) {
    Input input;
    core::Masters masters(tx);
    FieldInput fields(masters, shop_day(now));
    for (const auto& [key, value] : body) {
        const auto pointer = "/" + std::string(key);
        if (key == "label") {
            fields.read_json(label_field(), value, pointer, input);
        } else if (key == "is_default") {
            if (value.is_bool())
                input.values.emplace_back("is_default", std::int64_t{value.as_bool()});
            else
                input.errors.push_back({pointer, "wrong_type"});
        } else if (const auto* field = context.catalogue.find(key); field && field->of_address) {
            fields.read_json(*field, value, pointer, input);
        } else {
            input.errors.push_back({pointer, "unknown_field"});
        }
    }
    const auto& registry = context.journal.registry();
    for (auto& error : check_postal_code(tx, registry, registry.get(kAddressTable), before, input))
        input.errors.push_back(std::move(error));
    if (!input.errors.empty())
        throw Refused({ProblemKind::invalid,
                       "address.invalid",
                       {"入力内容に誤りがあります。印の付いた項目を直してください。",
                        "Some fields are wrong. Correct the marked ones."},
                       std::move(input.errors)});
    return input;
}

bool chooses_default(const Input& input) {
    const auto* value = input.find("is_default");
    return value && *value == Value(std::int64_t{1});
}

Written written(const Context& context, Writer& writer, const core::Table& table, std::int64_t id,
                const Input& input) {
    auto json = to_json(context, writer.actor(), table, writer.find(table, id).value());
    json["adjusted"] = to_json(input.adjusted);
    return {std::move(json), writer.operation()};
}

Record find_seen(const Context& context, Writer& writer, CustomerId customer, AddressId id, Seen seen,
                 const Json* sent) {
    const auto& table = writer.registry().get(kAddressTable);
    auto record = writer.find(table, id.value);
    if (!record || record->values[table.column("customer_id")] != Value(customer.value)) refuse_absent();
    if (seen.any || record->values[table.column("version")] == Value(seen.version)) return *std::move(record);
    Problem problem{ProblemKind::stale,
                    "address.stale",
                    {"表示したあとに別の人が変更しました。",
                     "Somebody else has changed this address since you opened it."}};
    problem.extra["current"] = to_json(context, writer.actor(), table, *record);
    if (sent) problem.extra["sent"] = *sent;
    throw Refused(std::move(problem));
}

}  // namespace

void settle_default(Writer& writer, const core::Table& table, CustomerId customer, std::int64_t chosen) {
    const auto records = read_all(table, writer.tx(), customer);
    std::int64_t wanted = chosen;
    for (const auto& record : records)
        if (wanted == 0 && record.values[table.column("is_default")] != Value(std::int64_t{0}))
            wanted = record.id;
    for (const auto& record : records)
        if (chosen == 0 && wanted == 0) wanted = record.id;
    for (const auto& record : records)
        writer.update(table, record.id, {{"is_default", std::int64_t{record.id == wanted}}});
}

core::Table address_table(const core::Catalogue& catalogue) {
    using core::ColumnType;
    using core::Privacy;
    core::Table table{.name = std::string(kAddressTable),
                      .label = {"お届け先住所", "Delivery address"},
                      .columns = {{"customer_id", ColumnType::integer},
                                  {"label", ColumnType::text, Privacy::personal},
                                  {"is_default", ColumnType::integer}},
                      .customer_column = "customer_id",
                      .version_column = "version",
                      .updated_column = "updated_at",
                      .on_erase = core::OnErase::remove,
                      .on_merge = core::OnMerge::move,
                      .in_disclosure = true};
    for (const auto& field : catalogue.fields()) {
        if (!field.of_address) continue;
        const auto type = field.integer_codes ? ColumnType::integer : ColumnType::text;
        table.columns.push_back(
            {field.column, type, field.privacy, core::Source::written, field.integer_codes});
    }
    table.columns.push_back({"created_at", ColumnType::integer});
    table.columns.push_back({"updated_at", ColumnType::integer});
    table.columns.push_back({"version", ColumnType::integer});
    return table;
}

boost::json::array to_json(const Context& context, const core::Actor& actor, std::vector<Record> records) {
    const auto& table = context.journal.registry().get(kAddressTable);
    const auto is_default = [column = table.column("is_default")](const Record& record) {
        return record.values[column] != Value(std::int64_t{0});
    };
    std::ranges::sort(records, [&](const Record& a, const Record& b) {
        return std::pair(is_default(a), a.id) > std::pair(is_default(b), b.id);
    });
    boost::json::array items;
    for (const auto& record : records) items.push_back(to_json(context, actor, table, record));
    return items;
}

namespace {

// Whichever is the default stands on the first page, and on no other.
std::vector<Record> read_page(const core::Table& table, storage::Transaction& tx, CustomerId customer,
                              const std::string& cursor, int most) {
    const auto below = core::id_below(cursor);
    std::string columns = "SELECT id";
    for (const auto& column : table.columns) columns += ", " + column.name;
    columns += " FROM customer_address WHERE customer_id = ? AND ";
    std::vector<Record> records;
    const auto keep = [&](const storage::Row& row) { records.push_back(read_row(table, row)); };
    if (cursor.empty()) tx.query(columns + "is_default = 1", {customer.value}, keep);
    tx.query(columns + "is_default = 0 AND id < ? ORDER BY id DESC LIMIT ?",
             {customer.value, below, std::int64_t{most} - std::ssize(records)}, keep);
    return records;
}

}  // namespace

Json list_addresses(const Context& context, const core::Actor& actor, CustomerId customer,
                    const std::string& cursor, int limit) {
    actor.require("customer.read");
    const auto& table = context.journal.registry().get(kAddressTable);
    return context.journal.database().read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        auto records = read_page(table, tx, customer, cursor, limit + 1);
        boost::json::value next;
        if (std::ssize(records) > limit) {
            records.pop_back();
            const auto& last = records.back();
            const bool is_default = last.values[table.column("is_default")] != Value(std::int64_t{0});
            next = std::to_string(is_default ? std::numeric_limits<std::int64_t>::max() : last.id);
        }
        return Json{{"items", to_json(context, actor, std::move(records))}, {"next_cursor", std::move(next)}};
    });
}

Json get_address(const Context& context, const core::Actor& actor, CustomerId customer, AddressId id) {
    actor.require("customer.read");
    const auto& table = context.journal.registry().get(kAddressTable);
    return context.journal.database().read([&](storage::Transaction& tx) {
        core::require_customer(tx, customer);
        const auto found = read_all(table, tx, customer, id);
        if (found.empty()) refuse_absent();
        return to_json(context, actor, table, found.front());
    });
}

Written create_address(const Context& context, const core::Actor& actor, CustomerId customer,
                       const Json& body) {
    actor.require("customer.edit");
    core::require_unmasked(context.catalogue, actor, body);
    return context.journal.write({.actor = actor, .kind = "address.create"}, [&](Writer& writer) {
        core::require_living_customer(writer.tx(), customer);
        const auto& table = writer.registry().get(kAddressTable);
        const auto input = read_address(context, body, writer.tx(), writer.now(), nullptr);
        auto values = input.assignments();
        values.emplace_back("customer_id", customer.value);
        values.emplace_back("created_at", writer.now().milliseconds);
        const auto id = writer.insert(table, values);
        settle_default(writer, table, customer, chooses_default(input) ? id : 0);
        return written(context, writer, table, id, input);
    });
}

Written update_address(const Context& context, const core::Actor& actor, CustomerId customer, AddressId id,
                       Seen seen, const Json& body) {
    actor.require("customer.edit");
    core::require_unmasked(context.catalogue, actor, body);
    return context.journal.write({.actor = actor, .kind = "address.update"}, [&](Writer& writer) {
        core::require_living_customer(writer.tx(), customer);
        const auto before = find_seen(context, writer, customer, id, seen, &body);
        const auto& table = writer.registry().get(kAddressTable);
        const auto input = read_address(context, body, writer.tx(), writer.now(), &before);
        writer.update(table, id.value, input.assignments());
        settle_default(writer, table, customer, chooses_default(input) ? id.value : 0);
        return written(context, writer, table, id.value, input);
    });
}

OperationId remove_address(const Context& context, const core::Actor& actor, CustomerId customer,
                           AddressId id, Seen seen) {
    actor.require("customer.edit");
    return context.journal.write({.actor = actor, .kind = "address.delete"}, [&](Writer& writer) {
        core::require_living_customer(writer.tx(), customer);
        find_seen(context, writer, customer, id, seen, nullptr);
        const auto& table = writer.registry().get(kAddressTable);
        writer.remove(table, id.value);
        settle_default(writer, table, customer, 0);
        return writer.operation();
    });
}

}  // namespace otokui::customer
