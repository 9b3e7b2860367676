#include "customer/fields.hpp"

#include "base/prefectures.hpp"
#include "customer/field_groups.hpp"
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
                         .leads_list = true,
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
                             .max_length = 100,
                             .of_address = true});
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
                   .listed_by_default = true,
                   .leads_list = true});
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
                             .listed_by_default = key == "email" || key == "phone",
                             .of_address = normalisation == Normalisation::phone});
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
                         .max_length = 7,
                         .of_address = true});
    catalogue.add({.key = "prefecture",
                   .label = {"都道府県", "Prefecture"},
                   .type = FieldType::choice,
                   .group = FieldGroup::address,
                   .column = "prefecture",
                   .choices = prefecture_choices(),
                   .integer_codes = true,
                   .editable = true,
                   .sortable = true,
                   .of_address = true});
    const auto part = [&](const std::string& key, Text label) {
        add_text(catalogue, {.key = key,
                             .label = std::move(label),
                             .group = FieldGroup::address,
                             .privacy = Privacy::contact,
                             .column = key,
                             .shadow = ShadowKind::address,
                             .shadow_column = key + "_text",
                             .text_index = "address",
                             .max_length = 200,
                             .of_address = true});
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
                             .listed_by_default = in_one_box,
                             .of_address = true});
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

}  // namespace

void add_text(core::Catalogue& catalogue, Field field) {
    field.type = FieldType::text;
    field.editable = true;
    catalogue.add(std::move(field));
}

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

}  // namespace otokui::customer
