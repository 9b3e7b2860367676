#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/database.hpp"

namespace otokui::storage {

struct CopiedTable {
    std::string name;
    std::int64_t rows = 0;
    bool operator==(const CopiedTable&) const = default;
};

struct CopySteps {
    /// Told after each table.
    std::function<void(const CopiedTable&)> progress = {};
    /// Rebuilds what is derived and engine-specific (the text index), inside the same transaction.
    std::function<void(Transaction& to)> rebuild = {};
};

/// Copies every row of one shop into an empty database, of the same or the other engine: one snapshot of
/// `from`, one transaction of `to`, so that a copy that fails or is killed leaves nothing behind. Ids and the
/// counters behind them stay the same. Both must be migrated to the same number (Refused copy.schema_differs)
/// and no table of `to` may hold a row (Refused copy.not_empty). Counts every table again at the end. Memory:
/// one batch of rows. Faster when `to` was opened with DatabaseOptions::filling.
std::vector<CopiedTable> copy_all(Database& from, Database& to, const CopySteps& steps = {});

}  // namespace otokui::storage
