#pragma once

#include "core/jobs.hpp"
#include "core/undo.hpp"

// What a long undo left alone, since it had been changed meanwhile: table undo_conflict, a row a value. Its
// values are not kept a second time: they stand in the journal, which an erasure empties.
namespace otokui::history {

inline constexpr std::string_view kConflicts = "undo_conflict";

void register_conflicts(core::Registry& registry);

/// Keeps the conflicts of one stretch and returns how many changes they are about.
std::int64_t keep_conflicts(core::Writer& writer, JobId job,
                            const std::vector<core::UndoConflict>& conflicts);

}  // namespace otokui::history
