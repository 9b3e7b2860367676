#include "customer/fields.hpp"

#include "base/prefectures.hpp"
#include "customer/types.hpp"

namespace otokui::customer {
namespace {

using core::Choice;
using core::Field;
using core::FieldGroup;
using core::FieldMerge;
using core::FieldType;
using core::Normalisation;
using core::Privacy;
using text::ShadowKind;

std::vector<Choice> prefecture_choices() {
    std::vector<Choice> choices;
    for (int number = 1; number <= 47; ++number)
        choices.push_back({std::to_string(number), {prefecture_name(number), prefecture_name_en(number)}});
    return choices;
}

std::vector<Choice> month_choices() {
    constexpr const char* kNames[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
    std::vector<Choice> choices;
    for (int month = 1; month <= 12; ++month) {
        const auto number = std::to_string(month);
        choices.push_back({number, {number + "月", kNames[month - 1]}});
    }
    return choices;
}

const std::vector<Choice> kStatuses{{"visitor", {"ビジター", "Visitor"}},
                                    {"guest", {"ゲスト", "Guest"}},
                                    {"provisional", {"仮会員", "Provisional member"}},
                                    {"member", {"会員", "Member"}},
                                    {"withdrawn", {"退会", "Withdrawn"}}};
const std::vector<Choice> kSexes{{"male", {"男性", "Male"}},
                                 {"female", {"女性", "Female"}},
                                 {"other", {"その他", "Other"}},
                                 {"unanswered", {"回答しない", "Prefers not to say"}}};
const std::vector<Choice> kDevices{{"pc", {"PC", "PC"}},
                                   {"smartphone", {"スマートフォン", "Smartphone"}},
                                   {"tablet", {"タブレット", "Tablet"}},
                                   {"feature_phone", {"携帯電話", "Feature phone"}},
                                   {"staff", {"管理画面", "Back office"}},
                                   {"csv", {"CSV", "CSV"}},
                                   {"api", {"API", "API"}},
                                   {"phone", {"電話", "Telephone"}}};
const std::vector<Choice> kDeletedModes{{"no", {"含まない", "Not deleted"}},
                                        {"yes", {"削除済み", "Deleted"}}};
const std::vector<Choice> kDeleteCauses{
    {"staff", {"スタッフ", "Staff"}}, {"self", {"本人", "Customer"}}, {"merge", {"顧客結合", "Merge"}}};

void add_text(core::Catalogue& catalogue, Field field) {
    field.type = FieldType::text;
    field.editable = true;
    catalogue.add(std::move(field));
}

void declare_identity(core::Catalogue& catalogue) {
    catalogue.add({.key = "id",
                   .label = {"顧客ID", "Customer ID"},
                   .type = FieldType::id,
                   .column = "id",
                   .nullable = false,
                   .sortable = true,
                   .merge = FieldMerge::survivor});
    add_text(catalogue, {.key = "number",
                         .label = {"顧客番号", "Customer number"},
                         .column = "number",
                         .shadow_column = "number_text",
                         .text_index = "number",
                         .in_one_box = true,
                         .max_length = 40,
                         .nullable = false,
                         .create_only = true,
                         .sortable = true,
                         .listed_by_default = true,
                         .merge = FieldMerge::survivor});
    add_text(catalogue, {.key = "member_id",
                         .label = {"会員ID", "Member ID"},
                         .group = FieldGroup::membership,
                         .privacy = Privacy::contact,
                         .column = "member_id",
                         .shadow_column = "member_id_text",
                         .text_index = "member_id",
                         .max_length = 254,
                         .merge = FieldMerge::survivor});
    catalogue.add({.key = "status",
                   .label = {"ステータス", "Status"},
                   .type = FieldType::choice,
                   .column = "status",
                   .choices = kStatuses,
                   .nullable = false,
                   .editable = true,
                   .bulk = true,
                   .sortable = true,
                   .listed_by_default = true});
}

void declare_names(core::Catalogue& catalogue) {
    const auto part = [&](const std::string& key, Text label, Normalisation normalisation) {
        add_text(catalogue, {.key = key,
                             .label = std::move(label),
                             .privacy = Privacy::personal,
                             .column = key,
                             .shadow_column = key + "_text",
                             .text_index = normalisation == Normalisation::kana ? "kana" : "name",
                             .normalisation = normalisation,
                             .max_length = 100});
    };
    part("family_name", {"姓", "Family name"}, Normalisation::trim);
    part("given_name", {"名", "Given name"}, Normalisation::trim);
    catalogue.add({.key = "name",
                   .label = {"氏名", "Name"},
                   .privacy = Privacy::personal,
                   .parts = {"family_name", "given_name"},
                   .text_index = "name",
                   .in_one_box = true,
                   .sortable = true,
                   .listed_by_default = true});
    part("family_kana", {"セイ", "Family name (kana)"}, Normalisation::kana);
    part("given_kana", {"メイ", "Given name (kana)"}, Normalisation::kana);
    catalogue.add({.key = "kana",
                   .label = {"フリガナ", "Kana"},
                   .privacy = Privacy::personal,
                   .parts = {"family_kana", "given_kana"},
                   .text_index = "kana",
                   .in_one_box = true,
                   .sortable = true,
                   .listed_by_default = true});
}

void declare_contact(core::Catalogue& catalogue) {
    const auto contact = [&](const std::string& key, Text label, Normalisation normalisation,
                             ShadowKind shadow, std::size_t length) {
        add_text(catalogue, {.key = key,
                             .label = std::move(label),
                             .group = FieldGroup::contact,
                             .privacy = Privacy::contact,
                             .column = key,
                             .shadow = shadow,
                             .text_index = key,
                             .in_one_box = true,
                             .normalisation = normalisation,
                             .max_length = length,
                             .sortable = true,
                             .listed_by_default = key == "email" || key == "phone"});
    };
    contact("email", {"メールアドレス", "E-mail"}, Normalisation::mail, ShadowKind::mail, 254);
    contact("email2", {"メールアドレス2", "Second e-mail"}, Normalisation::mail, ShadowKind::mail, 254);
    contact("phone", {"電話番号", "Phone"}, Normalisation::phone, ShadowKind::phone, 14);
    contact("fax", {"FAX番号", "Fax"}, Normalisation::phone, ShadowKind::phone, 14);
}

void declare_address(core::Catalogue& catalogue) {
    add_text(catalogue, {.key = "postal_code",
                         .label = {"郵便番号", "Postal code"},
                         .group = FieldGroup::address,
                         .privacy = Privacy::contact,
                         .column = "postal_code",
                         .shadow = ShadowKind::digits,
                         .text_index = "postal_code",
                         .in_one_box = true,
                         .normalisation = Normalisation::postal_code,
                         .max_length = 7});
    catalogue.add({.key = "prefecture",
                   .label = {"都道府県", "Prefecture"},
                   .type = FieldType::choice,
                   .group = FieldGroup::address,
                   .column = "prefecture",
                   .choices = prefecture_choices(),
                   .integer_codes = true,
                   .editable = true,
                   .sortable = true});
    const auto part = [&](const std::string& key, Text label) {
        add_text(catalogue, {.key = key,
                             .label = std::move(label),
                             .group = FieldGroup::address,
                             .privacy = Privacy::contact,
                             .column = key,
                             .shadow = ShadowKind::address,
                             .shadow_column = key + "_text",
                             .text_index = "address",
                             .max_length = 200});
    };
    part("city", {"市区町村", "City"});
    part("street", {"町域・番地", "Street"});
    part("building", {"建物名", "Building"});
    catalogue.add({.key = "address",
                   .label = {"住所", "Address"},
                   .group = FieldGroup::address,
                   .privacy = Privacy::contact,
                   .parts = {"prefecture", "city", "street", "building"},
                   .shadow = ShadowKind::address,
                   .text_index = "address",
                   .in_one_box = true,
                   .listed_by_default = true});
    const auto organisation = [&](const std::string& key, Text label, bool in_one_box) {
        add_text(catalogue, {.key = key,
                             .label = std::move(label),
                             .group = FieldGroup::address,
                             .privacy = Privacy::personal,
                             .column = key,
                             .shadow_column = key + "_text",
                             .text_index = key,
                             .in_one_box = in_one_box,
                             .max_length = 100,
                             .listed_by_default = in_one_box});
    };
    organisation("company", {"会社名", "Company"}, true);
    organisation("department", {"部署名", "Department"}, false);
}

void declare_person(core::Catalogue& catalogue) {
    catalogue.add({.key = "sex",
                   .label = {"性別", "Sex"},
                   .type = FieldType::choice,
                   .privacy = Privacy::personal,
                   .column = "sex",
                   .choices = kSexes,
                   .editable = true});
    catalogue.add({.key = "birth_date",
                   .label = {"生年月日", "Birth date"},
                   .type = FieldType::day,
                   .privacy = Privacy::personal,
                   .column = "birth_date",
                   .yearly_column = "birthday",
                   .editable = true,
                   .sortable = true});
    catalogue.add({.key = "birth_month",
                   .label = {"誕生月", "Month of birth"},
                   .type = FieldType::choice,
                   .privacy = Privacy::personal,
                   .computed_from = "birth_date",
                   .choices = month_choices(),
                   .integer_codes = true,
                   .listable = false,
                   .merge = FieldMerge::recompute});
    catalogue.add({.key = "age",
                   .label = {"年齢", "Age"},
                   .type = FieldType::number,
                   .privacy = Privacy::personal,
                   .computed_from = "birth_date",
                   .merge = FieldMerge::recompute});
    const auto reference = [&](const std::string& key, Text label, std::string column, std::string master) {
        catalogue.add({.key = key,
                       .label = std::move(label),
                       .type = FieldType::reference,
                       .column = std::move(column),
                       .master = std::move(master),
                       .editable = true,
                       .bulk = true});
    };
    reference("job", {"職業", "Occupation"}, "occupation_id", "occupation");
    reference("customer_type", {"顧客タイプ", "Customer type"}, "customer_type_id", "customer_type");
    catalogue.add({.key = "device",
                   .label = {"登録経路", "Registration device"},
                   .type = FieldType::choice,
                   .column = "device",
                   .choices = kDevices,
                   .editable = true,
                   .create_only = true});
}

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

void declare_fields(core::Catalogue& catalogue) {
    declare_identity(catalogue);
    declare_names(catalogue);
    declare_contact(catalogue);
    declare_address(catalogue);
    declare_person(catalogue);
    declare_membership(catalogue);
    declare_marketing(catalogue);
    declare_purchases(catalogue);
    declare_record(catalogue);
}

std::string_view further_right(const core::Field& field) {
    if (field.feature == kLevels) return "level.edit";
    if (field.feature == kBlockList) return "block.edit";
    return {};
}

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
