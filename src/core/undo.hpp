#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/journal.hpp"

// Takes an operation back, whatever made it: every row it touched gets its values from before, newest change
// first. A value that has changed since is never overwritten: it is named instead.
namespace otokui::core {

/// A value that stands in the way of an undo, because somebody changed it after the operation.
struct UndoConflict {
    std::string table;
    std::int64_t row = 0;
    std::int64_t customer = 0;
    /// Column, or the name of one of many values in it ("x.size", "points.expiry_days"); empty when the whole
    /// row is in the way (gone, there again, or referred to).
    std::string field;
    boost::json::value now;
    boost::json::value expected;          // what the operation left there
    std::int64_t change = 0;              // that could not be taken back
    bool is_forbidden = false;            // for want of a right at this value, not because it has changed
    std::optional<Problem> problem = {};  // the rule that stands in the way, in its own words
};

/// Columns that hold many values as one JSON object: answers to the shop's own fields, documents of settings.
/// Each of the values is compared, taken back, named and shown by itself.
bool holds_many(const Table& table, std::string_view column);

inline constexpr std::int64_t kMostChangesAtOnce = 100;  // more is a job's work

/// How many changes an operation has. Refused not_found when there is no such operation.
std::int64_t count_changes(storage::Transaction& tx, OperationId operation);

/// The kind of what is done anew by undoing `operation`: that of the operation at the root of undos of undos.
/// Refused not_found operation.not_found.
const OperationKind& kind_at_root(storage::Transaction& tx, const Registry& registry, OperationId operation);

/// Refused when the operation cannot be taken back: already undone (operation.already_undone), of a kind that
/// left the database or without changes (operation.not_undoable), or the actor lacks the kind's right
/// (forbidden).
void require_undoable(storage::Transaction& tx, const Registry& registry, const Actor& actor,
                      OperationId operation);

/// Undoes an operation of at most kMostChangesAtOnce changes in one transaction. Refused conflict
/// operation.changed_since with every conflict in `extra.conflicts` when values have changed since, with none
/// when another row has taken a value or stands on a row that would go; then nothing is written.
OperationId undo(Journal& journal, const Actor& actor, OperationId operation);

/// One stretch of a long undo: takes back up to `most` changes with ids below `below` and returns the id to
/// go on below, 0 at the end. Rows in conflict are left as they are and added to `conflicts`.
std::int64_t undo_stretch(Writer& writer, OperationId operation, std::int64_t below, std::int64_t most,
                          std::vector<UndoConflict>& conflicts);

boost::json::object to_json(const UndoConflict& conflict);

}  // namespace otokui::core
