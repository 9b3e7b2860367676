#include "order/terms.hpp"

#include "core/journal.hpp"
#include "order/tables.hpp"

namespace otokui::order {
namespace {

using core::RowChange;

constexpr std::size_t kMostFindings = 20;

const std::string& text_of(const core::Record& record, std::size_t column) {
    return std::get<std::string>(record.values[column]);
}

bool differs(const RowChange& change, std::size_t column) {
    return !change.before || change.before->values[column] != change.after->values[column];
}

void add_product(core::Writer& writer, const std::string& number, const std::string& name) {
    writer.index_execute(
        "INSERT INTO order_product (product_number, product_name) VALUES (?, ?) ON CONFLICT DO NOTHING",
        {number, name});
}

void add_terms(core::Writer& writer, const std::string& status, const std::string& method,
               const std::string& channel) {
    writer.index_execute(
        "INSERT INTO order_term (kind, term) VALUES ('channel', ?), ('payment_method', ?), ('status', ?) "
        "ON CONFLICT DO NOTHING",
        {channel, method, status});
}

}  // namespace

void note_orders(core::Writer& writer, const std::vector<RowChange>& changes) {
    const auto& table = writer.registry().get("orders");
    const auto status = table.column("status"), method = table.column("payment_method"),
               channel = table.column("channel"), ordered_at = table.column("ordered_at");
    for (const auto& change : changes) {
        if (!change.after) continue;
        const auto& row = *change.after;
        if (differs(change, status) || differs(change, method) || differs(change, channel))
            add_terms(writer, text_of(row, status), text_of(row, method), text_of(row, channel));
        if (change.before && differs(change, ordered_at))
            writer.index_execute("UPDATE order_line SET ordered_at = ? WHERE order_id = ?",
                                 {row.values[ordered_at], change.id});
    }
}

void note_lines(core::Writer& writer, const std::vector<RowChange>& changes) {
    const auto& table = writer.registry().get("order_line");
    const auto order = table.column("order_id"), number = table.column("product_number"),
               name = table.column("product_name");
    for (const auto& change : changes) {
        if (!change.after) continue;
        if (!differs(change, order) && !differs(change, number) && !differs(change, name)) continue;
        const auto& row = *change.after;
        add_product(writer, text_of(row, number), text_of(row, name));
        writer.index_execute(
            "UPDATE order_line SET product_id = (SELECT id FROM order_product WHERE product_number = ? AND "
            "product_name = ?), ordered_at = (SELECT ordered_at FROM orders WHERE id = ?) WHERE id = ?",
            {text_of(row, number), text_of(row, name), row.values[order], change.id});
    }
}

std::int64_t product_id(core::Writer& writer, const std::string& number, const std::string& name) {
    add_product(writer, number, name);
    return writer.tx()
        .find_integer("SELECT id FROM order_product WHERE product_number = ? AND product_name = ?",
                      {number, name})
        .value();
}

void rebuild_terms(core::Writer& writer) {
    std::vector<std::array<std::string, 3>> found;
    writer.tx().query(
        "SELECT DISTINCT status, payment_method, channel FROM orders", {}, [&](const storage::Row& row) {
            found.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))});
        });
    for (const auto& [status, method, channel] : found) add_terms(writer, status, method, channel);
}

std::vector<std::string> verify_terms(storage::Transaction& tx) {
    std::vector<std::string> findings;
    const auto most = static_cast<std::int64_t>(kMostFindings);
    tx.query(
        "SELECT l.id FROM order_line l JOIN orders o ON o.id = l.order_id LEFT JOIN order_product p ON p.id "
        "= "
        "l.product_id WHERE l.ordered_at <> o.ordered_at OR p.id IS NULL OR p.product_number <> "
        "l.product_number OR p.product_name <> l.product_name ORDER BY l.id LIMIT ?",
        {most}, [&](const storage::Row& row) {
            findings.push_back("order line " + std::to_string(row.integer(0)) +
                               ": its product or moment is not what its row and its order say");
        });
    for (const std::string kind : {"status", "payment_method", "channel"})
        tx.query("SELECT DISTINCT " + kind + " FROM orders WHERE " + kind +
                     " NOT IN (SELECT term FROM order_term WHERE kind = ?) LIMIT ?",
                 {kind, most}, [&](const storage::Row&) {
                     findings.push_back("a " + kind + " of the orders is missing among the terms");
                 });
    return findings;
}

}  // namespace otokui::order
