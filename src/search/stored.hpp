#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/journal.hpp"

// Searches kept for a while, so that a page's URL carries a random id and no personal data.
namespace otokui::search {

inline constexpr std::chrono::hours kKeptFor{24 * 90};

/// `{condition?, text?, sort?, columns?, limit?}`, checked as a search is (condition.invalid, body.invalid,
/// field.forbidden) and kept as it came. Returns its id; removes what is too old.
std::string store(core::Journal& journal, const core::Catalogue& catalogue, const core::Actor& actor,
                  const boost::json::value& body);

/// What the same person stored; Refused not_found search.not_found otherwise, and after 90 days without use.
boost::json::value get_stored(core::Journal& journal, const core::Actor& actor, std::string_view search);

}  // namespace otokui::search
