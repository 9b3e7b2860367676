#pragma once

#include <span>
#include <vector>

#include "core/journal.hpp"
#include "list/types.hpp"

// SQL of the lists. Each write is one short transaction: no list, however long, holds SQLite's single writer.
namespace otokui::list::store {

/// A list on its way in; nobody sees it before `complete`. Gives id and name to `list`.
void begin(core::Journal& journal, List& list);
/// Adds members, ascending and without repeats.
void add_members(core::Journal& journal, ListId list, std::span<const std::int64_t> customers);
void complete(core::Journal& journal, const List& list);
/// The list is gone for everybody at once; its members follow in stretches.
void remove(core::Journal& journal, ListId list);

std::optional<List> find(storage::Transaction& tx, std::string_view name);
/// Newest first, with ids below `before`.
std::vector<List> list_of(storage::Transaction& tx, StaffId staff, std::int64_t before, std::int64_t most);
std::vector<std::int64_t> members(storage::Transaction& tx, ListId list);

/// Unnamed lists not used since, lists begun and never completed, and what was left of removing.
std::vector<List> list_overdue(storage::Transaction& tx, Moment unused_since, Moment begun_before);

}  // namespace otokui::list::store
