#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/journal.hpp"

// タイムライン: everything that happened to a customer in one stream, whatever feature it comes from.
namespace otokui::timeline {

struct Page {
    boost::json::array items;  // {kind, id, at, title: {ja, en}, detail, number, operation}
    boost::json::array kinds;  // {kind, label: {ja, en}} of all sources this actor may see, in their order
    std::string next_cursor;   // empty at the end
};

/// Newest first, over the sources of core::Registry::timeline() that the actor has the right for and that are
/// not switched off; `kinds` chooses among them (empty: all). The order is total, also within one
/// millisecond: by moment, id and kind, so that a cursor neither skips nor repeats. One query per source.
/// Refused not_found customer.not_found; invalid cursor.invalid, query.invalid for a kind that no source has.
Page list(core::Journal& journal, const core::Actor& actor, CustomerId customer,
          const std::vector<std::string>& kinds, const std::string& cursor, int limit);

/// How many there are of a customer, exactly: of each thing that features declare for conditions
/// (core::Catalogue::things), of his delivery addresses and of what was done to him, by key ("order",
/// "address", "history"). What the actor has no right for, or what is of a part switched off, has no number.
/// One query, over the indexes of the customer. Refused not_found customer.not_found.
boost::json::object count(core::Journal& journal, const core::Catalogue& catalogue, const core::Actor& actor,
                          CustomerId customer);

/// The sources that belong to no other feature: what was done to the customer's record and to his addresses.
void register_sources(core::Registry& registry, const core::Catalogue& catalogue);

}  // namespace otokui::timeline
