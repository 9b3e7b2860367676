#include <unordered_set>

#include "transfer/cells.hpp"
#include "transfer/lookup.hpp"

namespace otokui::transfer {
namespace {

using core::Record;
using core::Writer;
using storage::Value;

void fail(StagedRow& row, const char* code) {
    row.outcome = Outcome::error;
    row.errors.push_back({"", code});
}

const boost::json::value* owner_of(const StagedRow& row) {
    const auto* set = row.payload.if_contains("set");
    return set ? set->as_object().if_contains("customer_id") : nullptr;
}

// Who was deleted since the check gets no more orders: they would come in behind his erasure. Nobody is
// deleted while they are written; that is what the foreign key holds of him in any case.
void refuse_deleted(Writer& writer, std::vector<StagedRow>& rows) {
    std::vector<Value> wanted;
    for (const auto& row : rows)
        if (const auto* owner = owner_of(row); owner && owner->is_int64())
            wanted.emplace_back(owner->as_int64());
    std::unordered_set<std::int64_t> living;
    query_in(
        writer.tx(),
        locking(writer.tx(), "SELECT id FROM customer WHERE deleted_at IS NULL AND id IN (?) ORDER BY id",
                "KEY SHARE"),
        wanted, [&](const storage::Row& row) { living.insert(row.integer(0)); });
    for (auto& row : rows)
        if (const auto* owner = owner_of(row);
            owner && owner->is_int64() && !living.contains(owner->as_int64()))
            fail(row, "changed_since_check");
}

core::Assignments line_values(const boost::json::value& line) {
    const auto text = [&](const char* key) { return std::string(line.at(key).as_string()); };
    return {{"product_number", text("product_number")},
            {"product_name", text("product_name")},
            {"unit_price", line.at("unit_price").as_int64()},
            {"quantity", line.at("quantity").as_int64()}};
}

// The lines become these: the ones at the same place are changed, further ones added, surplus ones removed.
void write_lines(Writer& writer, std::int64_t order, const Value& customer, const boost::json::array& lines) {
    const auto& table = writer.registry().get("order_line");
    std::vector<std::int64_t> known;
    writer.tx().query("SELECT id FROM order_line WHERE order_id = ? ORDER BY position, id", {order},
                      [&](const storage::Row& row) { known.push_back(row.integer(0)); });
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto values = line_values(lines[i]);
        values.emplace_back("customer_id", customer);
        values.emplace_back("position", static_cast<std::int64_t>(i + 1));
        if (i < known.size()) {
            writer.update(table, known[i], values);
        } else {
            values.emplace_back("order_id", order);
            writer.insert(table, values);
        }
    }
    for (std::size_t i = lines.size(); i < known.size(); ++i) writer.remove(table, known[i]);
}

void follow_customer(Writer& writer, std::int64_t order, const Value& customer) {
    const auto& table = writer.registry().get("order_line");
    std::vector<std::int64_t> lines;
    writer.tx().query("SELECT id FROM order_line WHERE order_id = ?", {order},
                      [&](const storage::Row& row) { lines.push_back(row.integer(0)); });
    for (const auto line : lines) writer.update(table, line, {{"customer_id", customer}});
}

void apply_new(Writer& writer, const core::Table& table, StagedRow& row) {
    const auto& set = row.payload.at("set").as_object();
    const std::string number(set.at("number").as_string());
    if (writer.tx().find_integer("SELECT 1 FROM orders WHERE number = ?", {number}))
        return fail(row, "number_taken");
    auto values = assignments_of(table, set);
    values.emplace_back("created_at", writer.now().milliseconds);
    row.record = writer.insert(table, values);
    if (const auto* lines = row.payload.if_contains("lines")) {
        const auto* customer = set.if_contains("customer_id");
        write_lines(writer, row.record, customer ? Value(customer->as_int64()) : Value(), lines->as_array());
    }
}

void apply_change(Writer& writer, const core::Table& table, StagedRow& row) {
    const auto now = writer.find(table, row.record);
    if (!now || now->values[table.column("version")] != Value(row.version))
        return fail(row, "changed_since_check");
    auto customer = now->values[table.column("customer_id")];
    if (const auto* set = row.payload.if_contains("set")) {
        const auto values = assignments_of(table, set->as_object());
        writer.update(table, row.record, values);
        for (const auto& [column, value] : values) {
            if (column != "customer_id") continue;
            customer = value;
            follow_customer(writer, row.record, customer);
        }
    }
    if (const auto* lines = row.payload.if_contains("lines"))
        write_lines(writer, row.record, customer, lines->as_array());
}

}  // namespace

void apply_orders(Writer& writer, const core::Catalogue&, std::vector<StagedRow>& rows, Look) {
    const auto& table = writer.registry().get("orders");
    refuse_deleted(writer, rows);
    const StagedRow* first = nullptr;  // of the order whose lines these rows are
    for (auto& row : rows) {
        if (!row.payload.empty()) {
            if (row.outcome == Outcome::create)
                apply_new(writer, table, row);
            else if (row.outcome != Outcome::error)
                apply_change(writer, table, row);
            first = &row;
        } else if (first && first->label == row.label) {
            row.record = first->record;
            if (first->outcome == Outcome::error) fail(row, first->errors.back().code.c_str());
        } else if (row.outcome == Outcome::create) {
            row.record =
                writer.tx().find_integer("SELECT id FROM orders WHERE number = ?", {row.label}).value_or(0);
        }
    }
}

}  // namespace otokui::transfer
