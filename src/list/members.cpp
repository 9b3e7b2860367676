#include <algorithm>

#include "base/problem.hpp"
#include "list/service.hpp"
#include "list/store.hpp"
#include "list/tables.hpp"

// What searches ask of lists.
namespace otokui::list {
namespace {

/// Going on using a list is noted once a day: looking should write nothing.
constexpr std::chrono::hours kNotedEvery{24};

std::optional<List> find_own(storage::Transaction& tx, const core::Actor& actor, std::string_view name) {
    auto list = store::find(tx, name);
    const bool is_shell = actor.staff.value == 0 && !actor.rights;
    if (list && list->staff != actor.staff && !is_shell) list.reset();
    return list;
}

}  // namespace

void use(core::Journal& journal, const core::Actor& actor, const core::Condition& condition) {
    const auto named = core::lists_of(condition);
    if (named.empty()) return;
    std::vector<FieldError> errors;
    std::vector<ListId> unnoted;
    const auto now = journal.now();
    journal.database().read([&](storage::Transaction& tx) {
        errors.clear();
        unnoted.clear();
        for (const auto* operand : named) {
            const auto list = find_own(tx, actor, operand->list);
            if (!list)
                errors.push_back(core::unknown_list(*operand));
            else if (list->used_at + kNotedEvery < now)
                unnoted.push_back(list->id);
        }
    });
    if (!errors.empty()) core::refuse_condition(std::move(errors));
    for (const auto list : unnoted)
        journal.housekeeping([&](core::Writer& writer) {
            writer.execute_unjournaled(writer.registry().get(kTable),
                                       "UPDATE customer_list SET used_at = ? WHERE id = ?",
                                       {writer.now().milliseconds, list.value});
        });
}

Members get_members(storage::Transaction& tx, const core::Actor& actor, const core::ListOperand& operand) {
    const auto list = find_own(tx, actor, operand.list);
    if (!list) core::refuse_condition({core::unknown_list(operand)});
    return {list->id, list->figures.found};
}

}  // namespace otokui::list
