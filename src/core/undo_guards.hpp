#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "core/undo.hpp"

// What an undo meets on its way back, and how it says so. For undo.cpp alone.
namespace otokui::core {

/// A change as the journal keeps it.
struct StoredChange {
    std::int64_t id = 0;
    const Table* table = nullptr;
    std::int64_t row = 0;
    std::int64_t customer = 0;
    Act act = Act::update;
    bool is_erased = false;  // its values went with the person
    boost::json::object before, after;
};

UndoConflict conflict_of(const StoredChange& change, std::string field, boost::json::value now,
                         boost::json::value expected);
UndoConflict whole_row(const StoredChange& change, boost::json::value now);

/// Whether `values` must not be put back into the row: the actor lacks a right, what they name has gone, or
/// something came since that would have no place there (Hooks). Says why in `conflicts`. `now`: null for a
/// row that comes back.
bool is_guarded(Writer& writer, const StoredChange& change, const Record* now, const Assignments& values,
                std::vector<UndoConflict>& conflicts);

/// Rows that came later and belong to the customer would lose him: look before a foreign key has to refuse.
bool has_belongings(Writer& writer, const Table& customers, std::int64_t customer);

/// Refused forbidden field.forbidden, with the problem of a rule that stands in the way, or conflict
/// operation.changed_since with every conflict in `extra.conflicts`.
[[noreturn]] void refuse_undo(const Registry& registry, const Actor& actor,
                              const std::vector<UndoConflict>& conflicts);

}  // namespace otokui::core
