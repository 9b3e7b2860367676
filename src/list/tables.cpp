#include "list/tables.hpp"

namespace otokui::list {

void register_tables(core::Registry& registry) {
    using core::ColumnType;
    using core::Privacy;
    const auto number = [](std::string name) { return core::Column{std::move(name), ColumnType::integer}; };
    const auto secret = [](std::string name) {
        return core::Column{std::move(name), ColumnType::text, Privacy::secret};
    };
    registry.add({.name = std::string(kTable),
                  .label = {"顧客リスト", "List of customers"},
                  .columns = {secret("list"),
                              number("staff_id"),
                              {"state"},
                              {"name"},
                              {"kind"},
                              number("found"),
                              number("not_found"),
                              number("duplicates"),
                              number("deleted"),
                              number("merged"),
                              secret("not_found_file"),
                              secret("duplicates_file"),
                              secret("deleted_file"),
                              secret("merged_file"),
                              number("created_at"),
                              number("used_at"),
                              number("version")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled =
                      "what a member of staff looks for, as stored searches; changes nothing "
                      "of a customer",
                  .version_column = "version"});
    registry.add({.name = std::string(kMemberTable),
                  .label = {"顧客リストの顧客", "Customer of a list"},
                  .columns = {number("list_id"), number("customer_id")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "up to a million rows for each list pasted, gone with the list",
                  .customer_column = "customer_id",
                  .on_erase = core::OnErase::remove,
                  .on_merge = core::OnMerge::unite});
}

}  // namespace otokui::list
