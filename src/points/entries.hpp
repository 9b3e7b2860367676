#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "core/journal.hpp"
#include "points/types.hpp"

namespace otokui::points {

/// Rows of the ledger as JSON, in the order of `rest` (ORDER BY … LIMIT). `where` speaks of alias e.
std::vector<boost::json::object> read_entries(storage::Transaction& tx, const std::string& where,
                                              std::initializer_list<storage::Value> values);

/// One that this very transaction wrote: its operation is not in the journal yet.
boost::json::object read_written(core::Writer& writer, EntryId entry);

}  // namespace otokui::points
