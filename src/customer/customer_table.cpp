#include "customer/fields.hpp"

namespace otokui::customer {
namespace {

using core::Field;
using core::FieldType;
using core::Privacy;

core::ColumnType column_type(const Field& field) {
    switch (field.type) {
        case FieldType::text:
        case FieldType::set:
        case FieldType::day:
            return core::ColumnType::text;
        case FieldType::choice:
            return field.integer_codes ? core::ColumnType::integer : core::ColumnType::text;
        case FieldType::id:
        case FieldType::reference:
        case FieldType::number:
        case FieldType::money:
        case FieldType::moment:
        case FieldType::boolean:
            return core::ColumnType::integer;
    }
    return core::ColumnType::text;
}

// Texts and text choices are '' when 未設定; numbers, days and references are NULL.
bool column_nullable(const Field& field) {
    return field.nullable && field.type != FieldType::text &&
           (field.type != FieldType::choice || column_type(field) == core::ColumnType::integer);
}

}  // namespace

core::Table customer_table(const core::Catalogue& catalogue) {
    core::Table table{.name = "customer",
                      .label = {"顧客", "Customer"},
                      .customer_column = "id",
                      .version_column = "version",
                      .updated_column = "updated_at",
                      .on_erase = core::OnErase::blank_personal,
                      .on_merge = core::OnMerge::survivor,
                      .in_disclosure = true,
                      .in_timeline = true};
    for (const auto& field : catalogue.fields()) {
        if (field.column.empty() || field.column == "id") continue;
        table.columns.push_back({field.column, column_type(field), field.privacy,
                                 field.derived ? core::Source::derived : core::Source::written,
                                 column_nullable(field)});
        if (!field.shadow_column.empty())
            table.columns.push_back(
                {field.shadow_column, core::ColumnType::text, field.privacy, core::Source::derived});
    }
    // Of the shop's own fields, which come and go at run time (core/answers.hpp).
    table.columns.push_back({std::string(core::kAnswers), core::ColumnType::text, Privacy::personal});
    // 「ログインなしで取り込む」: taken by an import although its mail address belongs to a login already.
    table.columns.push_back({"no_login", core::ColumnType::integer});
    table.columns.push_back({"suspected_duplicate", core::ColumnType::integer});
    table.columns.push_back(
        {"mail_key", core::ColumnType::text, Privacy::contact, core::Source::derived, true});
    table.columns.push_back({"kana_sort", core::ColumnType::text, Privacy::personal, core::Source::derived});
    table.columns.push_back({"birthday", core::ColumnType::text, Privacy::personal, core::Source::derived});
    table.columns.push_back(
        {"order_count", core::ColumnType::integer, Privacy::internal, core::Source::derived});
    return table;
}

}  // namespace otokui::customer
