#include "group/membership.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "core/id_set.hpp"

namespace otokui::group {

void require_group(storage::Transaction& tx, std::int64_t group) {
    if (tx.find_integer("SELECT 1 FROM customer_group WHERE id = ?", {group})) return;
    throw Refused({ProblemKind::not_found,
                   "master.not_found",
                   {"顧客グループに見つかりません。", "There is no such customer group."}});
}

Outcome change_one(core::Writer& writer, std::int64_t customer, std::int64_t group, Change way) {
    constexpr std::string_view kColumn = "customer_groups";
    const auto& table = writer.registry().get("customer");
    const auto record = writer.find(table, customer);
    if (!record) return Outcome::absent;
    if (!storage::is_null(record->values[table.column("deleted_at")])) return Outcome::deleted;
    auto groups = core::parse_set(std::get<std::string>(record->values[table.column(kColumn)]));
    const bool belongs = std::ranges::binary_search(groups, group);
    if (belongs == (way == Change::add)) return Outcome::unchanged;
    if (way == Change::add)
        groups.push_back(group);
    else
        std::erase(groups, group);
    writer.update(table, customer, {{kColumn, core::format_set(std::move(groups))}});
    return Outcome::changed;
}

}  // namespace otokui::group
