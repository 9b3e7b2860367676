#include "transfer/schema.hpp"

#include "order/types.hpp"

namespace otokui::transfer {
namespace {

using core::Field;
using core::FieldType;

const Field kControlField{.key = std::string(kControl),
                          .label = {"コントロールカラム", "Control"},
                          .column = std::string(kControl),
                          .editable = true};

constexpr std::size_t kUsualLength = 100, kLongName = 255, kLongAddress = 500, kLongNote = 5'000;

Field own(std::string key, Text label, FieldType type = FieldType::text,
          std::size_t max_length = kUsualLength) {
    Field field{.key = key,
                .label = std::move(label),
                .type = type,
                .column = key,
                .max_length = max_length,
                .editable = true};
    field.nullable = type != FieldType::boolean;
    return field;
}

}  // namespace

Schema::Schema(Kind kind, const core::Catalogue& catalogue) : kind_(kind) {
    if (kind == Kind::customers) {
        for (const auto* field : catalogue.all_fields())
            if (field->listable) add(*field);
        // No columns of an export, but what a file says in them is refused rather than passed over.
        for (const auto& field : catalogue.fields())
            if (field.listable && !catalogue.is_on(field.feature)) add_header(field);
    }
    if (kind == Kind::addresses) add_addresses(catalogue);
    if (kind == Kind::orders) add_orders();
    if (kind == Kind::points) add_points(catalogue);
    by_header_.emplace(kControlField.key, &kControlField);
    by_header_.emplace(kControlField.label.ja, &kControlField);
}

void Schema::add_addresses(const core::Catalogue& catalogue) {
    add_own(own("id", {"お届け先ID", "Address ID"}, FieldType::id));
    add_own(own("customer_number", {"顧客番号", "Customer number"}));
    add_own(own("label", {"お届け先名", "Name of the address"}));
    add_own(own("is_default", {"既定のお届け先", "Default address"}, FieldType::boolean));
    for (const auto& field : catalogue.fields())
        if (field.of_address) add(field);
}

void Schema::add_orders() {
    add_own(own("number", {"受注番号", "Order number"}));
    add_own(own("customer_number", {"顧客番号", "Customer number"}));
    add_own(own("ordered_at", {"受注日", "Ordered at"}, FieldType::moment));
    add_own(own("status", {"対応状況", "Status"}));
    auto payment = own("payment_status", {"決済状況", "Payment status"}, FieldType::choice);
    payment.choices = order::payment_statuses();
    add_own(std::move(payment));
    add_own(own("payment_method", {"支払方法", "Payment method"}));
    add_own(own("channel", {"受注経路", "Channel"}));
    add_own(own("total", {"合計", "Total"}, FieldType::money));
    add_own(own("tax", {"消費税", "Tax"}, FieldType::money));
    add_own(own("shipping_fee", {"送料", "Shipping fee"}, FieldType::money));
    add_own(own("discount", {"値引き", "Discount"}, FieldType::money));
    add_own(own("ship_name", {"お届け先氏名", "Ship to"}, FieldType::text, kLongName));
    auto postal_code = own("ship_postal_code", {"お届け先郵便番号", "Ship to postal code"});
    postal_code.normalisation = core::Normalisation::postal_code;
    add_own(std::move(postal_code));
    add_own(own("ship_address", {"お届け先住所", "Ship to address"}, FieldType::text, kLongAddress));
    auto phone = own("ship_phone", {"お届け先電話番号", "Ship to phone"});
    phone.normalisation = core::Normalisation::phone;
    add_own(std::move(phone));
    add_own(own("tracking_number", {"送り状番号", "Tracking number"}));
    add_own(own("shipped_at", {"発送日", "Shipped at"}, FieldType::moment));
    auto note = own("note", {"備考", "Note"}, FieldType::text, kLongNote);
    note.multiline = true;
    add_own(std::move(note));
    add_own(own("product_number", {"商品番号", "Product number"}));
    add_own(own("product_name", {"商品名", "Product name"}, FieldType::text, kLongName));
    add_own(own("unit_price", {"単価", "Unit price"}, FieldType::money));
    add_own(own("quantity", {"数量", "Quantity"}, FieldType::number));
}

// Mail and name are there for people to recognise the customer by; an import does not look at them.
void Schema::add_points(const core::Catalogue& catalogue) {
    add_own(own("customer_number", {"顧客番号", "Customer number"}));
    for (const auto key : {"email", "name"}) {
        auto field = own(key, catalogue.get(key).label);
        field.privacy = catalogue.get(key).privacy;
        add_own(std::move(field));
    }
    add_own(own("points_before", {"出力時ポイント", "Points when exported"}, FieldType::number));
    add_own(own("points", {"ポイント", "Points"}, FieldType::number));
    add_own(own("point_kind", {"名目", "Point kind"}));
    add_own(own("reason", {"コメント", "Reason"}));
}

void Schema::add_own(Field field) {
    const std::string_view key = field.key;
    const bool is_of_address = key.starts_with("ship_");
    if (is_of_address) field.privacy = key == "ship_name" ? core::Privacy::personal : core::Privacy::contact;
    own_.push_back(std::move(field));
    add(own_.back());
}

void Schema::add(const Field& field) {
    fields_.push_back(&field);
    add_header(field);
}

void Schema::add_header(const Field& field) {
    by_header_.emplace(field.key, &field);
    by_header_.emplace(field.label.ja, &field);
    by_header_.emplace(field.label.en, &field);
}

const Field* Schema::find(std::string_view key) const {
    const auto found = by_header_.find(key);
    return found != by_header_.end() && found->second->key == key ? found->second : nullptr;
}

const Field* Schema::find_by_header(std::string_view header) const {
    const auto found = by_header_.find(header);
    return found == by_header_.end() ? nullptr : found->second;
}

bool Schema::is_taken(const Field& field) const {
    // A whole name is split; merged_into is an id too, but nothing to find a record by.
    const bool is_whole_name = kind_ == Kind::customers && (field.key == "name" || field.key == "kana");
    return field.editable || field.key == "id" || is_whole_name;
}

}  // namespace otokui::transfer
