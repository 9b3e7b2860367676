#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/registry.hpp"
#include "storage/database.hpp"

namespace otokui::privacy {

/// A row that belongs to a customer.
struct OwnedRow {
    const core::Table* table;
    std::int64_t id;
};

/// Rows of `table` that belong to the customer with ids above `above`, ascending.
std::vector<std::int64_t> owned_rows(storage::Transaction& tx, const core::Table& table,
                                     std::int64_t customer, std::int64_t above, std::int64_t most);

/// The texts by which this person could be recognised wherever they stand: mails, phones, streets, whole
/// names and whatever else of his row, each answer by itself, is at least four characters long; of long texts
/// the beginning. Shorter parts of a name are somebody else's too, and so is his city.
std::vector<std::string> telling_texts(storage::Transaction& tx, const core::Registry& registry,
                                       std::int64_t customer);

/// Ids of rows of a table without an owner that quote one of `texts` in a text column, above `above`.
std::vector<std::int64_t> quoting_rows(storage::Transaction& tx, const core::Table& table,
                                       const std::vector<std::string>& texts, std::int64_t above,
                                       std::int64_t most);

/// Ids of changes of rows without an owner, as saved searches are, that quote one of `texts`, above `above`.
std::vector<std::int64_t> quoting_changes(storage::Transaction& tx, const std::vector<std::string>& texts,
                                          std::int64_t above, std::int64_t most);

}  // namespace otokui::privacy
