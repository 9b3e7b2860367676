#include "transfer/schema.hpp"

namespace otokui::transfer {
namespace {

using core::Field;

const Field kControlField{.key = std::string(kControl),
                          .label = {"コントロールカラム", "Control"},
                          .column = std::string(kControl),
                          .editable = true};

}  // namespace

Schema::Schema(Kind kind, const core::Catalogue& catalogue) : kind_(kind) {
    for (const auto& field : catalogue.fields()) add(field);
    by_header_.emplace(kControlField.key, &kControlField);
    by_header_.emplace(kControlField.label.ja, &kControlField);
}

void Schema::add(const Field& field) {
    fields_.push_back(&field);
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
