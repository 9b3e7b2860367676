#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/registry.hpp"
#include "privacy/traces.hpp"
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

/// What of this person is looked for elsewhere, as it is and as the journal knows it was, on his row and on
/// his delivery addresses, those deleted too: mails, phones, streets, whole names and whatever else there,
/// each answer by itself, has at least four characters. Shorter parts of a name are somebody else's too, and
/// so is his city.
Traces traces_of(storage::Transaction& tx, const core::Registry& registry, std::int64_t customer);

/// Ids of rows of a table without an owner that quote the person in a text column, above `above`.
std::vector<std::int64_t> quoting_rows(storage::Transaction& tx, const core::Table& table,
                                       const Traces& traces, std::int64_t above, std::int64_t most);

/// Ids of changes of rows without an owner, as saved searches are, that quote the person, above `above`.
std::vector<std::int64_t> quoting_changes(storage::Transaction& tx, const Traces& traces, std::int64_t above,
                                          std::int64_t most);

/// Ids of operations whose reason quotes the person, above `above`.
std::vector<std::int64_t> quoting_operations(storage::Transaction& tx, const Traces& traces,
                                             std::int64_t above, std::int64_t most);

}  // namespace otokui::privacy
