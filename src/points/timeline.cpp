#include "points/timeline.hpp"

#include <limits>

#include "points/types.hpp"

namespace otokui::points {

std::vector<core::TimelineItem> list_timeline(storage::Transaction& tx, const core::Actor&,
                                              std::int64_t customer,
                                              std::optional<core::TimelinePlace> before, std::size_t most) {
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    const auto at = before ? before->at.milliseconds : kEnd;
    const auto id = before ? before->id : kEnd;
    std::vector<core::TimelineItem> items;
    tx.query(
        "SELECT e.id, e.at, e.kind, e.delta, e.reason, e.order_number, COALESCE(c.operation_id, 0) FROM "
        "point_entry e "
        "LEFT JOIN change c ON c.table_name = 'point_entry' AND c.row_id = e.id AND c.act = 'i' WHERE "
        "e.customer_id = ? "
        "AND (e.at < ? OR (e.at = ? AND e.id < ?)) ORDER BY e.at DESC, e.id DESC LIMIT ?",
        {customer, at, at, id, static_cast<std::int64_t>(most)}, [&](const storage::Row& row) {
            const auto delta = row.integer(3);
            const auto amount = (delta > 0 ? "+" : "") + std::to_string(delta);
            const auto* rule = find_kind(row.text(2));
            items.push_back({.at = {row.integer(1)},
                             .id = row.integer(0),
                             .title = {"ポイント " + amount + "（" + (rule ? rule->label.ja : "") + "）",
                                       "Points " + amount + " (" + (rule ? rule->label.en : "") + ")"},
                             .detail = std::string(row.text(4)),
                             .number = std::string(row.text(5)),
                             .operation = {row.integer(6)}});
        });
    return items;
}

}  // namespace otokui::points
