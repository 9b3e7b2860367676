#pragma once

#include "core/journal.hpp"

namespace otokui::group {

enum class Change { add, remove };
enum class Outcome { changed, unchanged, absent, deleted };

/// Refused not_found master.not_found.
void require_group(storage::Transaction& tx, std::int64_t group);

/// Takes one customer into the group or out of it, in the writer's transaction.
Outcome change_one(core::Writer& writer, std::int64_t customer, std::int64_t group, Change way);

}  // namespace otokui::group
