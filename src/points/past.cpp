#include "points/past.hpp"

namespace otokui::points {

// Rows a shop brought with it have no change of their own: they count from their moment on.
void past_points(storage::Transaction& tx, const core::Registry&, CustomerId customer, const core::Cut& cut,
                 std::map<std::string, storage::Value, std::less<>>& figures) {
    figures["points"] = tx.find_integer(
                              "SELECT e.balance_after FROM point_entry e LEFT JOIN change c ON c.table_name "
                              "= 'point_entry' AND c.row_id "
                              "= e.id AND c.act = 'i' WHERE e.customer_id = ? AND (c.id <= ? OR (c.id IS "
                              "NULL AND e.at <= ?)) ORDER BY "
                              "e.at DESC, e.id DESC LIMIT 1",
                              {customer.value, cut.change, cut.at.milliseconds})
                            .value_or(0);
}

}  // namespace otokui::points
