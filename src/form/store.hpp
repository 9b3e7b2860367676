#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "form/types.hpp"
#include "storage/database.hpp"

namespace otokui::form::store {

/// All of them, retired ones too, in the shop's order; a few hundred at most.
std::vector<FormField> list(storage::Transaction& tx);
std::optional<FormField> find(storage::Transaction& tx, FieldId id);
/// Whether any customer, also a deleted one, answered; with `code`: chose that option.
bool is_answered(storage::Transaction& tx, const std::string& key);
bool is_chosen(storage::Transaction& tx, const std::string& key, const std::string& code);
std::int64_t count_in_use(storage::Transaction& tx);
/// Changes with every change of any field.
std::string fingerprint(storage::Transaction& tx);

std::string options_text(const std::vector<Option>& options);

}  // namespace otokui::form::store
