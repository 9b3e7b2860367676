#include "customer/field_groups.hpp"
#include "customer/types.hpp"

// What the shop adds to what a person says of himself.
namespace otokui::customer {
namespace {

using core::Choice;
using core::FieldGroup;
using core::FieldMerge;
using core::FieldType;
using core::Privacy;

const std::vector<Choice> kDeletedModes{{"no", {"含まない", "Not deleted"}},
                                        {"yes", {"削除済み", "Deleted"}}};
const std::vector<Choice> kDeleteCauses{
    {"staff", {"スタッフ", "Staff"}}, {"self", {"本人", "Customer"}}, {"merge", {"顧客結合", "Merge"}}};

}  // namespace

void declare_membership(core::Catalogue& catalogue) {
    const auto set = [&](const std::string& key, Text label, std::string column, std::string master) {
        catalogue.add({.key = key,
                       .label = std::move(label),
                       .type = FieldType::set,
                       .group = FieldGroup::membership,
                       .column = std::move(column),
                       .master = std::move(master),
                       .nullable = false,
                       .editable = true,
                       .bulk = true,
                       .listed_by_default = key == "labels",
                       .merge = FieldMerge::unite,
                       .feature = key == "labels" ? std::string(kLabels) : std::string()});
    };
    const auto reference = [&](const std::string& key, Text label, std::string column, std::string master,
                               std::string feature) {
        catalogue.add({.key = key,
                       .label = std::move(label),
                       .type = FieldType::reference,
                       .group = FieldGroup::membership,
                       .column = std::move(column),
                       .master = std::move(master),
                       .editable = true,
                       .bulk = true,
                       .feature = std::move(feature)});
    };
    set("labels", {"顧客ラベル", "Labels"}, "labels", "label");
    set("groups", {"顧客グループ", "Customer groups"}, "customer_groups", "customer_group");
    reference("level", {"会員レベル", "Member level"}, "level_id", "member_level", std::string(kLevels));
    catalogue.add({.key = "level_fixed",
                   .label = {"会員レベルを自動で判定しない", "Level is not judged automatically"},
                   .type = FieldType::boolean,
                   .group = FieldGroup::membership,
                   .column = "level_fixed",
                   .nullable = false,
                   .editable = true,
                   .bulk = true,
                   .feature = std::string(kLevels)});
    reference("special_type", {"特殊会員種別", "Special member type"}, "special_type_id", "special_type",
              std::string(kSpecialTypes));
    catalogue.add({.key = "points",
                   .label = {"保有ポイント", "Points"},
                   .type = FieldType::number,
                   .group = FieldGroup::membership,
                   .column = "points",
                   .nullable = false,
                   .sortable = true,
                   .derived = true,
                   .merge = FieldMerge::recompute,
                   .feature = "points"});
    catalogue.add({.key = "points_expire_at",
                   .label = {"ポイント有効期限", "Points expire at"},
                   .type = FieldType::moment,
                   .group = FieldGroup::membership,
                   .column = "points_expire_at",
                   .derived = true,
                   .merge = FieldMerge::recompute,
                   .feature = "points"});
}

void declare_marketing(core::Catalogue& catalogue) {
    const auto flag = [&](const std::string& key, Text label, std::string feature = {}) {
        catalogue.add({.key = key,
                       .label = std::move(label),
                       .type = FieldType::boolean,
                       .group = FieldGroup::marketing,
                       .column = key,
                       .nullable = false,
                       .editable = true,
                       .bulk = true,
                       .feature = std::move(feature)});
    };
    flag("newsletter", {"メルマガ購読", "Newsletter"});
    flag("direct_mail", {"郵送DM可", "Direct mail"});
    flag("cleaned", {"クリーニング済", "Never mailed (cleaned)"});
    flag("outbound_call", {"アウトバウンド可", "Outbound calls"});
    flag("blocked", {"ブロックリスト", "Block list"}, std::string(kBlockList));
    catalogue.add({.key = "block_reasons",
                   .label = {"ブロック理由", "Block reasons"},
                   .type = FieldType::set,
                   .group = FieldGroup::marketing,
                   .column = "block_reasons",
                   .master = "block_reason",
                   .nullable = false,
                   .editable = true,
                   .bulk = true,
                   .merge = FieldMerge::unite,
                   .feature = std::string(kBlockList)});
    add_text(catalogue, {.key = "alert",
                         .label = {"要注意", "Alert"},
                         .group = FieldGroup::marketing,
                         .privacy = Privacy::personal,
                         .column = "alert",
                         .shadow_column = "alert_text",
                         .max_length = 500});
}

void declare_purchases(core::Catalogue& catalogue) {
    const auto number = [&](const std::string& key, Text label, FieldType type) {
        catalogue.add({.key = key,
                       .label = std::move(label),
                       .type = type,
                       .group = FieldGroup::purchase,
                       .column = key,
                       .nullable = type == FieldType::moment,
                       .sortable = true,
                       .listed_by_default = key == "purchase_total" || key == "purchase_count",
                       .derived = true,
                       .merge = FieldMerge::recompute});
    };
    number("purchase_total", {"購入総額", "Purchase total"}, FieldType::money);
    number("purchase_count", {"顧客購入回数", "Number of purchases"}, FieldType::number);
    number("first_purchase_at", {"初回購入日", "First purchase"}, FieldType::moment);
    number("last_purchase_at", {"最終購入日", "Last purchase"}, FieldType::moment);
}

void declare_record(core::Catalogue& catalogue) {
    add_text(catalogue, {.key = "memo",
                         .label = {"メモ", "Memo"},
                         .privacy = Privacy::personal,
                         .column = "memo",
                         .shadow_column = "memo_text",
                         .text_index = "memo",
                         .max_length = 10'000});
    const auto moment = [&](const std::string& key, Text label, bool editable = false, bool nullable = true) {
        catalogue.add({.key = key,
                       .label = std::move(label),
                       .type = FieldType::moment,
                       .group = FieldGroup::record,
                       .column = key,
                       .nullable = nullable,
                       .editable = editable,
                       .create_only = editable,
                       .sortable = true,
                       .listed_by_default = key == "created_at",
                       .merge = FieldMerge::survivor});
    };
    moment("registered_at", {"登録日", "Registered at"}, true);
    moment("created_at", {"作成日", "Created at"}, false, false);
    moment("updated_at", {"最終更新日", "Last updated"}, false, false);
    moment("withdrawn_at", {"退会日", "Withdrawn at"});
    moment("deleted_at", {"削除日", "Deleted at"});
    moment("erased_at", {"抹消日", "Personal data erased at"});
    catalogue.add({.key = "deleted",
                   .label = {"削除", "Deleted"},
                   .type = FieldType::choice,
                   .group = FieldGroup::record,
                   .computed_from = "deleted_at",
                   .choices = kDeletedModes,
                   .nullable = false,
                   .merge = FieldMerge::survivor});
    catalogue.add({.key = "delete_cause",
                   .label = {"削除の理由", "Cause of deletion"},
                   .type = FieldType::choice,
                   .group = FieldGroup::record,
                   .column = "delete_cause",
                   .choices = kDeleteCauses,
                   .merge = FieldMerge::survivor});
    catalogue.add({.key = "merged_into",
                   .label = {"結合先", "Merged into"},
                   .type = FieldType::id,
                   .group = FieldGroup::record,
                   .column = "merged_into",
                   .merge = FieldMerge::survivor});
    moment("last_login_at", {"最終ログイン日時", "Last sign-in"});
    catalogue.add({.key = "login_count",
                   .label = {"ログイン回数", "Number of sign-ins"},
                   .type = FieldType::number,
                   .group = FieldGroup::record,
                   .column = "login_count",
                   .nullable = false,
                   .merge = FieldMerge::survivor});
    catalogue.add({.key = "version",
                   .label = {"版", "Version"},
                   .type = FieldType::number,
                   .group = FieldGroup::record,
                   .column = "version",
                   .nullable = false,
                   .merge = FieldMerge::survivor});
}

}  // namespace otokui::customer
