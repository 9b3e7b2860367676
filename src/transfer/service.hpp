#pragma once

#include <functional>
#include <istream>
#include <ostream>
#include <string>

#include "core/job_runner.hpp"
#include "transfer/types.hpp"

// CSV in and out, for commands and routes alike.
namespace otokui::transfer {

/// Registers the jobs of this feature; `context` must outlive them.
void register_job_kinds(core::Jobs& jobs, const Context& context);

/// Takes the file in; what is left unfinished is deleted by the next cleaning.
core::FileWriter begin_upload(const Context& context, const core::Actor& actor, const std::string& name);

/// Starts the import of an upload. Refused at once, before any job, where the header says that it cannot work
/// (import.mapping_invalid, import.format_unknown, import.not_csv …). Right: import, and what the kind takes
/// besides (file_rights.hpp).
JobId start_import(const Context& context, const core::Actor& actor, const ImportOptions& options,
                   const core::StoredFile& upload);
/// Runs exactly the plan of a dry run as a job of its own. Refused conflict job.plan_outdated with
/// `conflicts` (line, record) where customers have changed since; job.not_a_dry_run, job.not_finished,
/// job.already_applied, job.plan_refused (all or nothing, and there are errors).
JobId apply_plan(const Context& context, const core::Actor& actor, JobId plan);

/// Starts the export that `body` asks for (export_job.hpp: export_parameters). Right: export, and
/// what the kind takes besides (file_rights.hpp).
JobId start_export(const Context& context, const core::Actor& actor, Kind kind,
                   const boost::json::value& body);
/// Whether the shop asks for a reason and a fresh factor before an export: setting `exports`.
bool guards_exports(storage::Transaction& tx, const core::Registry& registry);
/// For commands: runs the export here and now; save_job_file writes its "result" out.
core::Job export_file(const Context& context, core::JobRunner& runner, const core::Actor& actor, Kind kind,
                      const boost::json::value& body);

/// For commands: takes the file in, runs the job here and now until it has ended, and returns it.
core::Job import_file(const Context& context, core::JobRunner& runner, const core::Actor& actor,
                      const ImportOptions& options, std::istream& file);
/// {total, create, update, unchanged, error}: the last line a command prints.
boost::json::object figures_of(const core::Job& job);
/// Writes the job's file ("rejects", "result") out; false when it has none.
bool save_job_file(const Context& context, JobId job, std::string_view purpose, std::ostream& out);

/// Deletes rows and files of jobs that ended more than a day ago.
void remove_expired(const Context& context);

}  // namespace otokui::transfer
