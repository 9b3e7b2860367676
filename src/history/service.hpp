#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"

// 変更履歴: the journal as people read it, and the way back.
namespace otokui::history {

struct Context {
    core::Journal& journal;
    const core::Catalogue& catalogue;
    core::Jobs& jobs;
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

/// All operations, newest first, without their changes.
Page list_operations(const Context& context, const core::Actor& actor, const std::string& cursor, int limit);

/// An operation with its first 200 changes; values of private tables (core::Table::is_private) masked unless
/// the actor made it. Refused not_found operation.not_found.
boost::json::object get_operation(const Context& context, const core::Actor& actor, OperationId id);

/// Whose data get_operation shows.
std::vector<std::int64_t> customers_of(const Context& context, OperationId id);

/// Takes an operation back: at once up to core::kMostChangesAtOnce changes (the new operation), else by a
/// job. Refused as core::require_undoable and core::undo say.
std::variant<OperationId, JobId> undo(const Context& context, const core::Actor& actor, OperationId id);

/// Registers the job that undoes long operations, and the journal's own tables and kind.
void register_job_kinds(core::Jobs& jobs);
void register_tables(core::Registry& registry);

}  // namespace otokui::history
