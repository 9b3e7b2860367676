#pragma once

#include "transfer/types.hpp"

// The import of a file as a job: every row is checked into import_row first, then what was decided is applied
// in small steps of one operation. What it has applied is taken back through the journal when it fails or is
// cancelled.
//
// Parameters: the options; "upload" (token of the file) or, for a plan to be applied, "plan" (the dry run's
// job). State: "phase" (checking, rejects, applying, done), "line" (the last one that is done), "hash_key".
namespace otokui::transfer {

inline constexpr std::string_view kImportPrefix = "transfer.import_";  // + kind + ".v1"

std::string import_kind_name(Kind kind);
/// `context` must outlive the jobs.
void register_import_kinds(core::Jobs& jobs, const Context& context);

/// The job whose rows these are: a plan's rows belong to the dry run that made it.
JobId plan_of(const core::Job& job);

}  // namespace otokui::transfer
