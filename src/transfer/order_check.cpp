#include <algorithm>
#include <array>
#include <span>

#include "base/problem.hpp"
#include "order/types.hpp"
#include "transfer/cells.hpp"
#include "transfer/lookup.hpp"

// 受注CSV: a row per line of an order; the rows of one order stand one after another. What is said of the
// order itself must be the same in all of them or stand in the first alone.
namespace otokui::transfer {
namespace {

using core::Record;
using storage::Value;

constexpr std::array<std::string_view, 4> kLineKeys{"product_number", "product_name", "unit_price",
                                                    "quantity"};

bool is_line_key(std::string_view key) {
    return std::find(kLineKeys.begin(), kLineKeys.end(), key) != kLineKeys.end();
}

bool is_within(std::int64_t number, std::int64_t most) { return number >= -most && number <= most; }

struct Existing {
    Record record;
    boost::json::array lines;
};

class OrderImporter : public Importer {
public:
    explicit OrderImporter(const ImportCase& import)
        : import_(import), table_(import.context.journal.registry().get("orders")) {
        for (const auto key : kLineKeys) has_lines_ = has_lines_ || import.layout.find(key) != nullptr;
    }

    std::vector<std::string> keys(const RawRow& row) const override {
        const auto number = group(row);
        return number.empty() ? std::vector<std::string>() : std::vector<std::string>{"order:" + number};
    }
    std::string group(const RawRow& row) const override { return Cells(import_.layout, row).text("number"); }

    std::vector<StagedRow> check(storage::Transaction& tx, const std::vector<RawRow>& rows,
                                 FileMemory& memory, Warnings&) override {
        std::vector<Value> numbers, customer_numbers;
        for (const auto& row : rows) {
            const Cells cells(import_.layout, row);
            if (auto number = cells.text("number"); !number.empty()) numbers.emplace_back(std::move(number));
            if (auto number = cells.text("customer_number"); !number.empty())
                customer_numbers.emplace_back(std::move(number));
        }
        const auto customers = customers_by_number(tx, customer_numbers);
        const auto orders = load(tx, numbers);
        core::Masters masters(tx);
        customer::FieldInput fields(masters, shop_day(import_.context.journal.now()));
        std::vector<StagedRow> staged;
        for (std::size_t first = 0; first < rows.size();) {
            auto end = first + 1;
            const auto number = group(rows[first]);
            while (end < rows.size() && !number.empty() && group(rows[end]) == number) ++end;
            decide(std::span(rows).subspan(first, end - first), customers, orders, fields, memory, staged);
            first = end;
        }
        return staged;
    }

private:
    using Numbers = std::unordered_map<std::string, std::int64_t>;
    using Orders = std::unordered_map<std::string, Existing>;

    Orders load(storage::Transaction& tx, const std::vector<Value>& numbers) const {
        std::string sql = "SELECT id";
        for (const auto& column : table_.columns) sql += ", " + column.name;
        Orders found;
        std::unordered_map<std::int64_t, Existing*> by_id;
        std::vector<Value> ids;
        query_in(tx, sql + " FROM orders WHERE number IN (?)", numbers, [&](const storage::Row& row) {
            Record record{row.integer(0), {}};
            for (std::size_t i = 0; i < table_.columns.size(); ++i)
                record.values.push_back(row.value(static_cast<int>(i) + 1));
            const auto number = std::get<std::string>(record.values[table_.column("number")]);
            if (found.contains(number)) return;
            ids.emplace_back(record.id);
            const auto id = record.id;
            by_id[id] = &found.emplace(number, Existing{std::move(record), {}}).first->second;
        });
        std::unordered_map<std::int64_t, std::int64_t> last;
        query_in(tx,
                 "SELECT order_id, position, product_number, product_name, unit_price, quantity FROM "
                 "order_line WHERE "
                 "order_id IN (?) ORDER BY order_id, position, id",
                 ids, [&](const storage::Row& row) {
                     by_id.at(row.integer(0))
                         ->lines.push_back(boost::json::object{{"product_number", row.text(2)},
                                                               {"product_name", row.text(3)},
                                                               {"unit_price", row.integer(4)},
                                                               {"quantity", row.integer(5)}});
                 });
        return found;
    }

    // What the row says of the order; empty cells of later rows say nothing.
    customer::Input read(const RawRow& row, const Numbers& customers, customer::FieldInput& fields) const {
        customer::Input input;
        const Cells cells(import_.layout, row);
        for (const auto& source : import_.layout.sources) {
            const auto& field = *source.field;
            const auto cell = cells.text(field.key);
            const auto pointer = "/" + field.key;
            if (field.key == kControl || is_line_key(field.key)) continue;
            if (field.key == "customer_number") {
                const auto owner = customers.find(cell);
                if (!cell.empty() && owner == customers.end())
                    input.errors.push_back({pointer, "customer_not_found"});
                else
                    input.values.emplace_back("customer_id", cell.empty() ? Value() : Value(owner->second));
            } else if (field.type == core::FieldType::money) {
                const auto amount = cell.empty() ? std::optional<std::int64_t>(0) : whole_number(cell);
                if (!amount) input.errors.push_back({pointer, "not_a_number"});
                if (amount && !is_within(*amount, order::kMostYen))
                    input.errors.push_back({pointer, "out_of_range"});
                input.values.emplace_back(field.column, amount.value_or(0));
            } else if (cell.empty() && (field.key == "number" || field.key == "ordered_at")) {
                input.errors.push_back({pointer, "required"});
            } else if (cell.empty() && field.key == "payment_status") {
                input.values.emplace_back(field.column, std::string("unpaid"));
            } else {
                fields.read_cell(field, cell, pointer, input);
            }
        }
        return input;
    }

    bool says_the_same(const RawRow& first, const RawRow& row) const {
        const Cells one(import_.layout, first), other(import_.layout, row);
        for (const auto& source : import_.layout.sources) {
            const auto& key = source.field->key;
            if (is_line_key(key)) continue;
            if (const auto text = other.text(key); !text.empty() && text != one.text(key)) return false;
        }
        return true;
    }

    void read_line(const RawRow& row, customer::FieldInput& fields, StagedRow& staged,
                   boost::json::array& lines) const {
        const Cells cells(import_.layout, row);
        const auto number = cells.text("product_number"), name = cells.text("product_name");
        if (number.empty() && name.empty()) return;
        const auto refuse = [&](std::string_view key, const char* code) {
            staged.errors.push_back({cells.column(key), code});
        };
        customer::Input texts;
        for (const auto& [key, text] :
             {std::pair("product_number", &number), std::pair("product_name", &name)})
            if (const auto* source = import_.layout.find(key))
                fields.read_cell(*source->field, *text, key, texts);
        for (const auto& error : texts.errors) refuse(error.pointer, error.code.c_str());
        const auto amount = [&](std::string_view key, std::int64_t otherwise, std::int64_t most) {
            const auto cell = cells.text(key);
            const auto found = cell.empty() ? std::optional(otherwise) : whole_number(cell);
            if (!found) refuse(key, "not_a_number");
            const bool fits = found && is_within(*found, most);
            if (found && !fits) refuse(key, "out_of_range");
            return fits ? *found : 0;
        };
        const auto price = amount("unit_price", 0, order::kMostYen),
                   quantity = amount("quantity", 1, order::kMostOfOne);
        if (!is_within(price * quantity, order::kMostYen)) refuse("unit_price", "out_of_range");
        lines.push_back(boost::json::object{{"product_number", number},
                                            {"product_name", name},
                                            {"unit_price", price},
                                            {"quantity", quantity}});
    }

    static std::int64_t total_of(const boost::json::array& lines) {
        std::int64_t total = 0;
        for (const auto& line : lines)
            total += line.at("unit_price").as_int64() * line.at("quantity").as_int64();
        return total;
    }

    void decide(std::span<const RawRow> rows, const Numbers& customers, const Orders& orders,
                customer::FieldInput& fields, const FileMemory& memory, std::vector<StagedRow>& all) const {
        const auto number = group(rows.front());
        const auto found = orders.find(number);
        const auto* existing = found == orders.end() ? nullptr : &found->second;
        auto input = read(rows.front(), customers, fields);
        boost::json::array lines;
        std::vector<StagedRow> staged;
        bool is_wrong = false;
        for (const auto& row : rows) {
            auto& one = staged.emplace_back(StagedRow{.line = row.line});
            const Cells cells(import_.layout, row);
            one.errors = row.problems;
            one.label = number;
            if (memory.repeated_keys.contains(keyed_hash(memory.hash_key, "order:" + number)))
                one.errors.push_back({cells.column("number"), "duplicate_in_file"});
            if (&row == &rows.front()) {
                for (const auto& error : input.errors)
                    one.errors.push_back(
                        {cells.column(std::string_view(error.pointer).substr(1)), error.code});
                if (existing && import_.options.mode == Mode::create)
                    one.errors.push_back({cells.column("number"), "number_taken"});
                if (!existing && import_.options.mode == Mode::update)
                    one.errors.push_back({cells.column("number"), "order_not_found"});
                if (!existing && !import_.layout.find("ordered_at"))
                    one.errors.push_back({"", "ordered_at_missing"});
            } else if (!says_the_same(rows.front(), row)) {
                one.errors.push_back({"", "order_lines_differ"});
            }
            read_line(row, fields, one, lines);
            is_wrong = is_wrong || !one.errors.empty();
        }
        if (!is_wrong && !is_within(total_of(lines), order::kMostYen)) {
            staged.front().errors.push_back({"", "out_of_range"});
            is_wrong = true;
        }
        settle(existing, input, std::move(lines), is_wrong, staged);
        for (auto& one : staged) all.push_back(std::move(one));
    }

    // An order comes in whole or not at all.
    void settle(const Existing* existing, customer::Input& input, boost::json::array lines, bool is_wrong,
                std::vector<StagedRow>& staged) const {
        if (is_wrong) {
            for (auto& one : staged)
                if (one.errors.empty()) one.errors.push_back({"", "order_has_errors"});
            return;
        }
        if (!existing && !input.find("total")) input.values.emplace_back("total", total_of(lines));
        if (!existing && !input.find("payment_status"))
            input.values.emplace_back("payment_status", std::string("unpaid"));
        auto& first = staged.front();
        first.payload = changes_of(table_, import_.schema, existing ? &existing->record : nullptr, input);
        if (has_lines_ && (!existing || existing->lines != lines)) first.payload["lines"] = std::move(lines);
        const auto outcome = !existing               ? Outcome::create
                             : first.payload.empty() ? Outcome::unchanged
                                                     : Outcome::update;
        for (auto& one : staged) {
            one.outcome = outcome;
            if (!existing) continue;
            one.record = existing->record.id;
            one.version = std::get<std::int64_t>(existing->record.values[table_.column("version")]);
        }
    }

    const ImportCase import_;
    const core::Table& table_;
    bool has_lines_ = false;
};

}  // namespace

std::unique_ptr<Importer> make_order_importer(const ImportCase& import) {
    if (!import.layout.find("number"))
        throw Refused({ProblemKind::invalid,
                       "import.format_unknown",
                       {"受注番号の列がありません。", "There is no column with the order's number."}});
    return std::make_unique<OrderImporter>(import);
}

}  // namespace otokui::transfer
