#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"

// 変更履歴: the journal as people read it, and the way back.
namespace otokui::history {

/// The right that the values of a table's rows take elsewhere (of staff: staff.read); empty: none. Who lacks
/// it sees in histories that they changed, and not from what to what. Given by whoever knows every feature.
using RightToRead = std::function<std::string(const core::Table&)>;

struct Context {
    core::Journal& journal;
    const core::Catalogue& catalogue;
    core::Jobs& jobs;
    RightToRead right_to_read = {};
};

struct Page {
    boost::json::array items;
    std::string next_cursor;  // empty at the end
};

/// What happened to a customer and all that is his, newest first, one item per operation with its changes (at
/// most 200 each). Contact data is masked for who may not see it. Refused not_found customer.not_found;
/// invalid cursor.invalid.
Page list_history(const Context& context, const core::Actor& actor, CustomerId customer,
                  const std::string& cursor, int limit);

/// What happened to one row of a table, newest first. Whether the actor may see the row is the caller's rule.
Page list_row_history(const Context& context, const core::Actor& actor, std::string_view table,
                      std::int64_t row, const std::string& cursor, int limit);

/// Which operations are asked for: all by default. A day's begin where the first of them stands: as exact as
/// the clocks of several servers agree.
struct OperationFilter {
    StaffId staff = {};                   // by this person, or a token of his
    std::optional<Moment> from = {};      // since
    std::optional<Moment> before = {};    // until short of
    std::vector<std::string> kinds = {};  // any of these; each one known
};

/// Operations, newest first, without their changes.
Page list_operations(const Context& context, const core::Actor& actor, const OperationFilter& filter,
                     const std::string& cursor, int limit);

/// The kinds of what has been done so far, with their names.
boost::json::array list_kinds(const Context& context, const core::Actor& actor);
bool is_kind(const Context& context, std::string_view name);

/// An operation with its first 200 changes; values of private tables (core::Table::is_private) masked unless
/// the actor made it, and those he could not read elsewhere. Refused not_found operation.not_found.
boost::json::object get_operation(const Context& context, const core::Actor& actor, OperationId id);

/// Whose data get_operation shows.
std::vector<std::int64_t> customers_of(const Context& context, OperationId id);

/// What a job that takes an operation back left alone, because it had been changed since: a value an item, as
/// it was before the operation, as the operation left it and as it is now, with the customer it belongs to.
/// Masked like a history. Empty for other jobs. Refused not_found job.not_found; invalid cursor.invalid.
Page list_conflicts(const Context& context, const core::Actor& actor, JobId job, const std::string& cursor,
                    int limit);

/// Takes an operation back: at once up to core::kMostChangesAtOnce changes (the new operation), else by a
/// job. Refused as core::require_undoable and core::undo say.
std::variant<OperationId, JobId> undo(const Context& context, const core::Actor& actor, OperationId id);

/// Registers the job that undoes long operations, and the journal's own tables and kind.
void register_job_kinds(core::Jobs& jobs);
void register_tables(core::Registry& registry);

}  // namespace otokui::history
