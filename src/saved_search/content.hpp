#pragma once

#include <vector>

#include "core/catalogue.hpp"
#include "core/record_json.hpp"
#include "saved_search/types.hpp"

// What a saved search holds, as JSON: the same members as a search, and the density of the list and
// the widths of its columns beside them.
namespace otokui::saved_search {

/// What is wrong with a content somebody wants to save, pointers beginning with "/content". Refused forbidden
/// field.forbidden when it asks about what the actor sees only masked.
std::vector<FieldError> check_content(const core::Catalogue& catalogue, const core::Actor& actor,
                                      storage::Transaction& tx, const json::Object& content);

/// What the content says that this server does not know (any more): by parsing, masters that are gone, lists
/// that the actor has not. Never refuses: contents come from older and newer versions too.
std::vector<Warning> warnings_of(const core::Catalogue& catalogue, const core::Actor& actor,
                                 storage::Transaction& tx, core::Masters& masters,
                                 const json::Object& content);

/// Puts ***** in place of values that may be contact data, for an actor who may not see them: operands of
/// such fields, and words of the one box that look like a mail address or a phone number. True when it did.
bool mask_contact(const core::Catalogue& catalogue, const core::Actor& actor, json::Object& content);

/// What of the content is a search: all but how the list looks.
json::Object search_of(const json::Object& content);

}  // namespace otokui::saved_search
