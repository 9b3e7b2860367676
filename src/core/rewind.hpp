#pragma once

#include <optional>
#include <vector>

#include "core/journal.hpp"

// Rows as they stood at a past moment, from the journal alone: the present row with every later change taken
// back.
namespace otokui::core {

/// A place in the journal: every change up to and including `change` had been made. What one Cut shows of
/// several tables was true at the same time.
struct Cut {
    Moment at;
    std::int64_t change = 0;
};

/// What had been written at `at`, that very millisecond included.
Cut cut_at(storage::Transaction& tx, Moment at);

struct PastRecord {
    /// Written columns, version and time of change as they were; derived columns hold nothing of that time.
    Record record;
    /// Changes made since have lost their values with the erasure of the person (個人情報抹消): the written
    /// columns may have been others than these.
    bool is_erased = false;
    /// It came in without a change of its own (BulkLoad) and was changed later: when it had last been changed
    /// before is not known.
    bool has_no_updated = false;
};

/// Nothing when the row did not exist then. Two to four indexed queries; as many changes are read as have
/// been made to the row since.
std::optional<PastRecord> find_past(storage::Transaction& tx, const Table& table, std::int64_t id,
                                    const Cut& cut);

/// The rows of `table` that belonged to the customer, in the order of their ids. Reads the customer's rows
/// and their later changes; whose rows went to somebody else or are gone are found by the customer's own
/// changes. Version and time of change are those of now: what sums rows up needs neither (find_past has
/// them). `columns`: the only ones that are filled in; empty: all.
std::vector<PastRecord> list_past(storage::Transaction& tx, const Table& table, std::int64_t customer,
                                  const Cut& cut, const std::vector<std::string_view>& columns = {});

}  // namespace otokui::core
