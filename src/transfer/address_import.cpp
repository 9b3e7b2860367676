#include <set>

#include "base/problem.hpp"
#include "core/customer.hpp"
#include "customer/addresses.hpp"
#include "customer/postal_rule.hpp"
#include "customer/types.hpp"
#include "transfer/cells.hpp"
#include "transfer/lookup.hpp"

// お届け先CSV: a row with お届け先ID changes that address, one without adds an address to the customer of its
// 顧客番号.
namespace otokui::transfer {
namespace {

using core::Record;
using storage::Value;

class AddressImporter : public Importer {
public:
    explicit AddressImporter(const ImportCase& import)
        : import_(import), table_(import.context.journal.registry().get(customer::kAddressTable)) {}

    std::vector<std::string> keys(const RawRow& row) const override {
        // As it is read: 7 and ００7 are one id.
        const auto id = whole_number(Cells(import_.layout, row).text("id"));
        return id ? std::vector<std::string>{"id:" + std::to_string(*id)} : std::vector<std::string>();
    }

    std::vector<StagedRow> check(storage::Transaction& tx, const std::vector<RawRow>& rows,
                                 FileMemory& memory, Warnings&) override {
        std::vector<Value> numbers, ids;
        for (const auto& row : rows) {
            const Cells cells(import_.layout, row);
            if (auto number = cells.text("customer_number"); !number.empty())
                numbers.emplace_back(std::move(number));
            if (const auto id = whole_number(cells.text("id"))) ids.emplace_back(*id);
        }
        const auto customers = customers_by_number(tx, numbers);
        const auto addresses = load(tx, ids);
        core::Masters masters(tx);
        customer::FieldInput fields(masters, shop_day(import_.context.journal.now()));
        std::vector<StagedRow> staged;
        for (const auto& row : rows) staged.push_back(decide(tx, row, customers, addresses, fields, memory));
        return staged;
    }

private:
    using Numbers = std::unordered_map<std::string, std::int64_t>;
    using Addresses = std::unordered_map<std::int64_t, Record>;

    Addresses load(storage::Transaction& tx, const std::vector<Value>& ids) const {
        std::string sql = "SELECT id";
        for (const auto& column : table_.columns) sql += ", " + column.name;
        Addresses found;
        query_in(tx, sql + " FROM customer_address WHERE id IN (?)", ids, [&](const storage::Row& row) {
            Record record{row.integer(0), {}};
            for (std::size_t i = 0; i < table_.columns.size(); ++i)
                record.values.push_back(row.value(static_cast<int>(i) + 1));
            found.emplace(record.id, std::move(record));
        });
        return found;
    }

    customer::Input read(const RawRow& row, customer::FieldInput& fields) const {
        customer::Input input;
        const Cells cells(import_.layout, row);
        for (const auto& source : import_.layout.sources) {
            const auto& field = *source.field;
            if (field.key == "id" || field.key == "customer_number" || field.key == kControl) continue;
            fields.read_cell(field, cells.text(field.key), "/" + field.key, input);
        }
        // The default is left by choosing another one, not by saying no.
        std::erase_if(input.values, [](const auto& one) {
            return one.first == "is_default" && one.second == Value(std::int64_t{0});
        });
        return input;
    }

    StagedRow decide(storage::Transaction& tx, const RawRow& row, const Numbers& customers,
                     const Addresses& addresses, customer::FieldInput& fields,
                     const FileMemory& memory) const {
        StagedRow staged{.line = row.line};
        staged.errors = row.problems;
        const Cells cells(import_.layout, row);
        const auto refuse = [&](std::string_view key, std::string code) {
            staged.errors.push_back({cells.column(key), std::move(code)});
        };
        for (const auto& key : keys(row))
            if (memory.repeated_keys.contains(keyed_hash(memory.hash_key, key)))
                refuse("id", "duplicate_in_file");
        const auto id = cells.text("id");
        const auto address = addresses.find(whole_number(id).value_or(0));
        const Record* before = !id.empty() && address != addresses.end() ? &address->second : nullptr;
        const auto number = cells.text("customer_number");
        const auto owner = customers.find(number);
        if (!number.empty() && owner == customers.end()) refuse("customer_number", "customer_not_found");
        if (!before && number.empty()) refuse("customer_number", "required");
        if (!id.empty() && !before) refuse("id", "address_not_found");
        if (before && owner != customers.end() &&
            before->values[table_.column("customer_id")] != Value(owner->second))
            refuse("id", "address_not_found");
        if (before && import_.options.mode == Mode::create) refuse("id", "number_taken");
        if (!before && import_.options.mode == Mode::update) refuse("id", "address_not_found");
        auto input = read(row, fields);
        for (const auto& error : input.errors) refuse(error.pointer.substr(1), error.code);
        const auto& registry = import_.context.journal.registry();
        for (const auto& error : customer::check_postal_code(tx, registry, table_, before, input))
            refuse(error.pointer.substr(1), error.code);
        if (!before && owner != customers.end()) input.values.emplace_back("customer_id", owner->second);

        staged.label = number.empty() ? id : number;
        if (!staged.errors.empty()) return staged;
        staged.payload = changes_of(table_, import_.schema, before, input);
        if (before) {
            staged.record = before->id;
            staged.version = std::get<std::int64_t>(before->values[table_.column("version")]);
        }
        staged.outcome = !before                  ? Outcome::create
                         : staged.payload.empty() ? Outcome::unchanged
                                                  : Outcome::update;
        return staged;
    }

    const ImportCase import_;
    const core::Table& table_;
};

bool chooses_default(const boost::json::object& set) {
    const auto* value = set.if_contains("is_default");
    return value && *value == boost::json::value(1);
}

// By values, not by version: that another row of the file became the default is no change by somebody else.
bool is_changed(const core::Table& table, const Record& now, const boost::json::object& payload) {
    for (const auto& [column, value] : payload.at("was").as_object()) {
        const auto& known = table.columns[table.column(column)];
        if (known.name != "is_default" && now.values[table.column(column)] != core::from_json(known, value))
            return true;
    }
    return false;
}

}  // namespace

std::unique_ptr<Importer> make_address_importer(const ImportCase& import) {
    if (!import.layout.find("customer_number") && !import.layout.find("id"))
        throw Refused({ProblemKind::invalid,
                       "import.format_unknown",
                       {"顧客番号の列がありません。", "There is no column with the customer's number."}});
    return std::make_unique<AddressImporter>(import);
}

void apply_addresses(core::Writer& writer, const core::Catalogue&, std::vector<StagedRow>& rows, Look) {
    const auto& table = writer.registry().get(customer::kAddressTable);
    for (auto& row : rows) {
        const auto& set = row.payload.at("set").as_object();
        std::int64_t owner = 0;
        if (row.outcome == Outcome::update) {
            const auto now = writer.find(table, row.record);
            if (!now || is_changed(table, *now, row.payload)) {
                row.outcome = Outcome::error;
                row.errors.push_back({"", "changed_since_check"});
                continue;
            }
            owner = std::get<std::int64_t>(now->values[table.column("customer_id")]);
            writer.update(table, row.record, assignments_of(table, set));
        } else {
            owner = set.at("customer_id").as_int64();
            if (!core::hold_living_customer(writer.tx(), {owner})) {
                row.outcome = Outcome::error;
                row.errors.push_back({"", "changed_since_check"});
                continue;
            }
            auto values = assignments_of(table, set);
            values.emplace_back("created_at", writer.now().milliseconds);
            row.record = writer.insert(table, values);
        }
        customer::settle_default(writer, table, {owner}, chooses_default(set) ? row.record : 0);
    }
}

}  // namespace otokui::transfer
