#include "customer/last_change.hpp"

#include <boost/json/object.hpp>
#include <string>

#include "base/clock.hpp"
#include "base/text_json.hpp"
#include "customer/types.hpp"

namespace otokui::customer {

boost::json::value last_change_of(storage::Transaction& tx, const core::Registry& registry,
                                  CustomerId customer, std::string_view column) {
    boost::json::value found;
    tx.query(
        "SELECT o.id, o.at, o.kind, o.actor, o.reason FROM change ch JOIN operation o ON o.id = "
        "ch.operation_id "
        "WHERE ch.customer_id = ? AND ch.table_name = ? AND ch.row_id = ? AND ch.new_values LIKE ? ORDER BY "
        "ch.id DESC LIMIT 1",
        {customer.value, std::string(kTable), customer.value, "%\"" + std::string(column) + "\":%"},
        [&](const storage::Row& row) {
            const auto& kind = registry.kind(row.text(2));
            const auto reason = row.text(4);
            found = boost::json::object{
                {"operation", std::to_string(row.integer(0))},
                {"at", format_moment({row.integer(1)})},
                {"kind", kind.name},
                {"kind_label", json::labels(kind.label)},
                {"actor", row.text(3)},
                {"reason", reason.empty() ? boost::json::value() : boost::json::value(reason)}};
        });
    return found;
}

}  // namespace otokui::customer
