#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_pair.hpp"
#include "core/jobs.hpp"
#include "transfer/types.hpp"

// Jobs as people and programs see them, whatever their kind.
namespace otokui::transfer {

struct Page {
    boost::json::array items;
    std::string next_cursor;  // empty at the end
};

/// "import.customers" for transfer.import_customers.v1; other kinds without their version.
std::string public_kind(std::string_view kind);

/// The stored names of the kinds that have this public one; empty when there is none.
std::vector<std::string> stored_kinds(const Context& context, std::string_view kind);

/// Newest first. Right: job.read. Refused invalid cursor.invalid.
Page list_jobs(const Context& context, const core::Actor& actor, const core::JobFilter& filter,
               const std::string& cursor, int limit);
/// Refused not_found job.not_found.
boost::json::object get_job(const Context& context, const core::Actor& actor, JobId id);
/// Asks it to stop and to take back what it did. Needs the right that starting it took.
boost::json::object cancel_job(const Context& context, const core::Actor& actor, JobId id);

/// The file "result" or "rejects" of a job. Exports' files need the right export, rejects import; those of
/// orders order.read besides. Refused not_found job.not_found, job.no_result; conflict job.not_finished,
/// job.expired.
core::StoredFile get_job_file(const Context& context, const core::Actor& actor, JobId id,
                              std::string_view purpose);

/// What an import does with each row, in the order of the file; of one outcome if `outcome` is not empty.
/// Refused not_found job.no_rows; invalid cursor.invalid.
Page list_rows(const Context& context, const core::Actor& actor, JobId id, const std::string& outcome,
               Language language, const std::string& cursor, int limit);

}  // namespace otokui::transfer
