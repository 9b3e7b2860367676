#include "saved_search/tables.hpp"

#include "core/journal.hpp"
#include "saved_search/store.hpp"

namespace otokui::saved_search {
namespace {

using core::Column;
using core::ColumnType;
using core::Privacy;
using core::Source;

std::int64_t id_or_0(const core::Table& table, const core::Record& record, std::string_view column) {
    const auto& value = record.values[table.column(column)];
    return storage::is_null(value) ? 0 : std::get<std::int64_t>(value);
}

storage::Value id_or_null(std::int64_t id) { return id == 0 ? storage::Value() : storage::Value(id); }

bool differ(const core::Table& table, const core::RowChange& change, std::string_view column) {
    const auto at = table.column(column);
    return change.before->values[at] != change.after->values[at];
}

void hold_rules(core::Writer& writer, const std::vector<core::RowChange>& changes) {
    const auto& table = writer.registry().get("saved_search");
    const auto& actor = writer.actor();
    for (const auto& change : changes) {
        // An erasure takes away what quotes the person, whoever saved it.
        if (!change.after && actor.may("customer.erase")) continue;
        const auto& row = change.after ? *change.after : *change.before;
        const Scope scope{{id_or_0(table, row, "staff_id")}, {id_or_0(table, row, "group_id")}};
        const bool changes_the_group = !scope.is_personal() && actor.may("staff.edit");
        if (actor.staff.value != 0 && !changes_the_group && !store::may_use(writer.tx(), actor, scope))
            store::refuse_not_found();
        if (change.after &&
            (!change.before || differ(table, change, "name") || differ(table, change, "content")))
            writer.derive(table, change.id, {{"updated_by", id_or_null(actor.staff.value)}});
    }
}

}  // namespace

void register_tables(core::Registry& registry) {
    registry.add({.name = "saved_search",
                  .label = {"保存した検索条件", "Saved search"},
                  .columns = {{"staff_id", ColumnType::integer, Privacy::internal, Source::written, true},
                              {"group_id", ColumnType::integer, Privacy::internal, Source::written, true},
                              {"screen", ColumnType::text},
                              {"name", ColumnType::text},
                              {"content", ColumnType::text, Privacy::contact},
                              {"position", ColumnType::integer},
                              {"created_by", ColumnType::integer, Privacy::internal, Source::written, true},
                              {"created_at", ColumnType::integer},
                              {"updated_by", ColumnType::integer, Privacy::internal, Source::derived, true},
                              {"updated_at", ColumnType::integer},
                              {"version", ColumnType::integer}},
                  .version_column = "version",
                  .updated_column = "updated_at",
                  .on_erase = core::OnErase::remove,
                  .is_private = true},
                 {.after = hold_rules});
    const auto add = [&](std::string name, Text label) {
        registry.add_kind({std::move(name), std::move(label), "customer.read"});
    };
    add("saved_search.create", {"検索条件の保存", "Search saved"});
    add("saved_search.update", {"検索条件の変更", "Saved search changed"});
    add("saved_search.order", {"検索条件の並び替え", "Saved searches put in another order"});
    add("saved_search.delete", {"検索条件の削除", "Saved search deleted"});
}

}  // namespace otokui::saved_search
