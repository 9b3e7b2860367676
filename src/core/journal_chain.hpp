#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/journal.hpp"

// How changes are stored and chained. The chain covers who, when, what kind, ids and a salted digest of the
// values; erasing a person deletes values and salts, and the chain still checks.
namespace otokui::core {

struct PendingChange {
    const Table* table;
    std::int64_t row;
    std::int64_t customer;  // 0: of no customer
    Act act;
    std::string before,
        after;  // JSON objects: only what differs; on insert and remove only what is not empty
    storage::Blob salt = {}, digest = {};  // sealed(before, after); empty: made when it is appended
};

inline constexpr std::string_view kNoValues = "{}";
struct ChangedValues {
    std::string before, after;  // as in PendingChange
};
/// What the journal keeps of a row that was `before` and is `after`; null: not there.
ChangedValues changed_values(const Table& table, const Record* before, const Record* after);
/// A fresh salt, and the digest of the values with it.
std::pair<storage::Blob, storage::Blob> sealed(std::string_view before, std::string_view after);

std::int64_t insert_operation(storage::Transaction& tx, const Operation& operation, Moment now);

/// Stores the changes and one chain entry over them. Takes the lock on the chain's end, so it stands last in
/// a transaction.
void append_to_chain(storage::Transaction& tx, const Operation& operation, std::int64_t operation_id,
                     Moment now, std::vector<PendingChange> changes);

/// Empties up to `most` changes of a customer: values and salts go, digests and the chain stay. Also empties
/// the reasons of operations that changed nobody else. Returns how many changes.
std::int64_t erase_history(storage::Transaction& tx, std::int64_t customer, std::int64_t most);

/// Recomputes the chain from its beginning and every digest whose values are still there; a sentence per
/// disagreement (at most 20).
std::vector<std::string> verify_chain(storage::Transaction& tx);

}  // namespace otokui::core
