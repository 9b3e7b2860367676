#include "form/tables.hpp"

#include "base/problem.hpp"
#include "core/journal.hpp"
#include "form/service.hpp"
#include "form/store.hpp"

namespace otokui::form {
namespace {

using core::Column;
using core::ColumnType;
using core::Privacy;
using core::Source;

core::Derive derive_label_key(storage::Transaction&, const core::Table& table) {
    return [retired = table.column("retired"), label = table.column("label_ja"),
            key = table.column("label_key")](core::Record& record) {
        const bool in_use = record.values[retired] == storage::Value(std::int64_t{0});
        record.values[key] = in_use ? record.values[label] : storage::Value();
    };
}

void keep_answered(core::Writer& writer, const std::vector<core::RowChange>& changes) {
    const auto& table = writer.registry().get(kTable);
    for (const auto& change : changes)
        if (!change.after && store::is_answered(writer.tx(), std::get<std::string>(
                                                                 change.before->values[table.column("key")])))
            refuse_answered();
}

}  // namespace

void register_tables(core::Registry& registry) {
    const auto integer = [](std::string name, bool nullable = false) {
        return Column{std::move(name), ColumnType::integer, Privacy::open, Source::written, nullable};
    };
    const auto text = [](std::string name) {
        return Column{std::move(name), ColumnType::text, Privacy::open};
    };
    core::Table table{.name = std::string(kTable),
                      .label = {"フリーフォームの項目", "Free-form field"},
                      .columns = {text("key"),
                                  text("label_ja"),
                                  text("label_en"),
                                  text("type"),
                                  integer("required"),
                                  integer("position"),
                                  integer("max_length", true),
                                  integer("minimum", true),
                                  integer("maximum", true),
                                  text("options"),
                                  integer("on_list"),
                                  integer("on_csv"),
                                  integer("retired"),
                                  {"label_key", ColumnType::text, Privacy::open, Source::derived, true},
                                  integer("created_at"),
                                  integer("updated_at"),
                                  integer("version")},
                      .version_column = "version",
                      .updated_column = "updated_at"};
    registry.add(table, {.derive = [table](storage::Transaction& tx) { return derive_label_key(tx, table); },
                         .after = keep_answered});
    const auto add = [&](std::string name, Text label) {
        registry.add_kind({std::move(name), std::move(label), "master.edit"});
    };
    add("form_field.create", {"フリーフォームの項目の追加", "Free-form field added"});
    add("form_field.update", {"フリーフォームの項目の変更", "Free-form field changed"});
    add("form_field.order", {"フリーフォームの並び替え", "Free-form fields put in another order"});
    add("form_field.delete", {"フリーフォームの項目の削除", "Free-form field deleted"});
}

}  // namespace otokui::form
