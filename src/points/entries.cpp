#include "points/entries.hpp"

namespace otokui::points {
namespace {

boost::json::value id_or_null(const storage::Row& row, int position) {
    return row.is_null(position) ? boost::json::value()
                                 : boost::json::value(std::to_string(row.integer(position)));
}

boost::json::value text_or_null(std::string_view text) {
    return text.empty() ? boost::json::value() : boost::json::value(boost::json::string(text));
}

boost::json::object read(const storage::Row& row) {
    const auto* rule = find_kind(row.text(2));
    const bool is_reversed = !row.is_null(9);
    return {{"id", std::to_string(row.integer(0))},
            {"at", format_moment({row.integer(1)})},
            {"kind", row.text(2)},
            {"kind_labels", {{"ja", rule ? rule->label.ja : ""}, {"en", rule ? rule->label.en : ""}}},
            {"delta", row.integer(3)},
            {"balance_after", row.integer(4)},
            {"expires_at",
             row.is_null(5) ? boost::json::value() : boost::json::value(format_moment({row.integer(5)}))},
            {"order_number", text_or_null(row.text(6))},
            {"reason", text_or_null(row.text(7))},
            {"reverses", id_or_null(row, 8)},
            {"reversed_by", id_or_null(row, 9)},
            {"cancellable", rule && rule->cancellable && !is_reversed},
            {"point_kind", id_or_null(row, 10)},
            {"point_kind_name", text_or_null(row.text(11))},
            {"operation", id_or_null(row, 12)},
            {"actor", text_or_null(row.text(13))}};
}

}  // namespace

// Cancelled is a row whose chain of cancelling rows, each of the one before, is of odd length: see in_force.
std::vector<boost::json::object> read_entries(storage::Transaction& tx, const std::string& where,
                                              std::initializer_list<storage::Value> values) {
    std::vector<boost::json::object> entries;
    tx.query(
        "SELECT e.id, e.at, e.kind, e.delta, e.balance_after, e.expires_at, e.order_number, e.reason, "
        "e.reverses, "
        "(WITH RECURSIVE chain (id, length) AS (SELECT r.id, 1 FROM point_entry r WHERE r.reverses = e.id "
        "UNION ALL SELECT r.id, c.length + 1 FROM chain c JOIN point_entry r ON r.reverses = c.id) "
        "SELECT max(id) FROM chain HAVING count(*) % 2 = 1), e.point_kind_id, COALESCE(k.name, ''), "
        "c.operation_id, COALESCE(o.actor, '') FROM point_entry e LEFT JOIN point_kind k ON k.id = "
        "e.point_kind_id LEFT "
        "JOIN change c ON c.table_name = 'point_entry' AND c.row_id = e.id AND c.act = 'i' LEFT JOIN "
        "operation o ON "
        "o.id = c.operation_id WHERE " +
            where,
        values, [&](const storage::Row& row) { entries.push_back(read(row)); });
    return entries;
}

boost::json::object read_written(core::Writer& writer, EntryId entry) {
    auto json = read_entries(writer.tx(), "e.id = ?", {entry.value}).at(0);
    json["operation"] = std::to_string(writer.operation().value);
    json["actor"] = writer.actor().name;
    return json;
}

}  // namespace otokui::points
