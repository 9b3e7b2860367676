#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/journal.hpp"
#include "saved_search/types.hpp"

// SQL of saved searches.
namespace otokui::saved_search::store {

[[noreturn]] void refuse_not_found();

/// Whether the scope is the actor's own, or of a group he is in at this moment.
bool may_use(storage::Transaction& tx, const core::Actor& actor, const Scope& scope);

/// The place of a saved search among all that a person sees: personal ones first, then group by group.
struct Place {
    std::int64_t group = 0, position = 0, id = 0;
};
/// What the person sees, `scope` alone if given, after `after`, at most `limit`.
std::vector<SavedSearch> list(storage::Transaction& tx, StaffId person, const std::optional<Scope>& scope,
                              const std::string& screen, const Place& after, int limit);
/// Refused not_found saved_search.not_found when absent or not for this actor.
SavedSearch get(storage::Transaction& tx, const core::Actor& actor, SavedSearchId id);

std::vector<SavedSearchId> ids_of(storage::Transaction& tx, const Scope& scope, const std::string& screen);
std::vector<SavedSearchId> ids_of_group(storage::Transaction& tx, staff::MemberGroupId group);
std::vector<std::string> names_of_group(storage::Transaction& tx, staff::MemberGroupId group);
/// Behind the last one.
std::int64_t next_position(storage::Transaction& tx, const Scope& scope, const std::string& screen);

}  // namespace otokui::saved_search::store
