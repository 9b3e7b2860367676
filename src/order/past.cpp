#include "order/past.hpp"

#include <algorithm>

namespace otokui::order {

void past_purchases(storage::Transaction& tx, const core::Registry& registry, CustomerId customer,
                    const core::Cut& cut, std::map<std::string, storage::Value, std::less<>>& figures) {
    const auto& table = registry.get("orders");
    const auto status = table.column("payment_status"), total = table.column("total"),
               ordered_at = table.column("ordered_at");
    std::int64_t sum = 0, count = 0;
    std::optional<std::int64_t> first, last;
    const auto orders =
        core::list_past(tx, table, customer.value, cut, {"payment_status", "total", "ordered_at"});
    for (const auto& order : orders) {
        if (order.is_erased) return;
        const auto& values = order.record.values;
        if (std::get<std::string>(values[status]) != "captured") continue;
        const auto at = std::get<std::int64_t>(values[ordered_at]);
        sum += std::get<std::int64_t>(values[total]);
        ++count;
        first = std::min(first.value_or(at), at);
        last = std::max(last.value_or(at), at);
    }
    const auto or_null = [](std::optional<std::int64_t> value) {
        return value ? storage::Value(*value) : storage::Value();
    };
    figures["purchase_total"] = sum;
    figures["purchase_count"] = count;
    figures["first_purchase_at"] = or_null(first);
    figures["last_purchase_at"] = or_null(last);
}

}  // namespace otokui::order
