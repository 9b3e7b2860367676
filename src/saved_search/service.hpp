#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalogue.hpp"
#include "core/journal.hpp"
#include "saved_search/types.hpp"

// Use cases. A person sees and changes his own saved searches and those of the groups he is in at this
// moment; to everybody else they do not exist (not_found).
namespace otokui::saved_search {

struct Context {
    core::Journal& journal;
    const core::Catalogue& catalogue;
};

struct NewSavedSearch {
    Scope scope;
    std::string name;  // as typed
    json::Object content;
    std::string screen = "customers";
};

/// What shall change; absent members stay. A new content leaves the old one in the journal.
struct SavedSearchChange {
    std::optional<std::string> name = {};
    std::optional<json::Object> content = {};
};

/// Every fault that needs no database, pointers "/name" and "/content/…". Refused forbidden field.forbidden
/// when the content asks about what the actor sees only masked.
std::vector<FieldError> check(const Context& context, const core::Actor& actor, const NewSavedSearch& input);
std::vector<FieldError> check(const Context& context, const core::Actor& actor,
                              const SavedSearchChange& change);

/// Refused not_found member_group.not_found for a group the actor is not in.
void require_scope(storage::Transaction& tx, const core::Actor& actor, const Scope& scope);

struct Page {
    std::vector<SavedSearch> items;
    std::string next_cursor;  // empty at the end
};
/// In the order people gave them; without a scope: one's own first, then group by group.
Page list(const Context& context, const core::Actor& actor, const std::optional<Scope>& scope,
          const std::string& cursor, int limit);
/// Refused saved_search.not_found.
SavedSearch get(const Context& context, const core::Actor& actor, SavedSearchId id);

struct Written {
    SavedSearch saved;
    OperationId operation;  // 0: nothing really changed
};
/// Refused saved_search.invalid, saved_search.name_taken, saved_search.too_many, member_group.not_found.
Written create(const Context& context, const core::Actor& actor, const NewSavedSearch& input);
/// `version`: the one seen; nothing: any. Refused also saved_search.not_found, saved_search.stale.
Written change(const Context& context, const core::Actor& actor, SavedSearchId id,
               std::optional<std::int64_t> version, const SavedSearchChange& change);
OperationId remove(const Context& context, const core::Actor& actor, SavedSearchId id,
                   std::optional<std::int64_t> version);
/// `ids`: all of the scope in their new order. Refused conflict saved_search.order_changed when they are not
/// all of them: somebody has added or removed one meanwhile.
OperationId reorder(const Context& context, const core::Actor& actor, const Scope& scope,
                    const std::vector<SavedSearchId>& ids);

/// Stores the search for the actor as POST /searches does, and answers its id. Refused as any search is: what
/// the server does not know (condition.invalid), what the actor sees only masked (field.forbidden).
std::string run(const Context& context, const core::Actor& actor, SavedSearchId id);

/// As the actor may see it: contact data masked, with what no longer works. Reads masters.
json::Object to_json(const Context& context, const core::Actor& actor, SavedSearch saved);
json::Array to_json(const Context& context, const core::Actor& actor, std::vector<SavedSearch> saved);

/// What goes with a group: its saved searches.
staff::GroupBelongings belongings_of_groups();

}  // namespace otokui::saved_search
