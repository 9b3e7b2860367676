#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "access/log.hpp"
#include "access/types.hpp"
#include "base/key_ring.hpp"
#include "core/journal.hpp"

// 閲覧記録: who saw whose data, as the owner of the shop and an inspector ask for it. Right: access_log.read.
namespace otokui::access {

struct Context {
    core::Journal& journal;
    const crypto::KeyRing& keys;
    Log& log;
};

struct Page {
    boost::json::array items;
    std::string next_cursor;  // empty at the end
};

/// Newest first, without what was searched for. `cursor` is what the page before gave. Refused invalid
/// cursor.invalid.
Page list(const Context& context, const core::Actor& actor, const Filter& filter, const std::string& cursor,
          int limit);
/// With what was searched for (`asked`, null for who sees contact data masked) and the customers of the page.
/// Refused not_found access_log.not_found.
boost::json::object get(const Context& context, const core::Actor& actor, std::int64_t entry);
/// Who took out more than usual (unusual.hpp), newest first. Refused invalid cursor.invalid.
Page list_alerts(const Context& context, const core::Actor& actor, Alerts which, const std::string& cursor,
                 int limit);
/// Notes that the actor has taken note of it; who did first stays. Refused not_found
/// access_alert.not_found.
boost::json::object mark_alert_seen(const Context& context, const core::Actor& actor, std::int64_t alert);

/// For a report of an incident: how many persons, entries, kinds and classes of fields, from when to when.
/// Reads every entry that fits: about a second per million. Refused unavailable access_log.too_slow.
boost::json::object summarise(const Context& context, const core::Actor& actor, const Filter& filter);

/// Enters pages of results into the index of customers, in short steps. Until then they are found by reading
/// them: never needed for a right answer, only for a quick one.
void index_pages(core::Journal& journal);
/// Deletes what is older than the setting `access_log_days`, in short steps.
void remove_expired(core::Journal& journal);

/// Registers the tables of the log and what `otokui verify` recomputes of it.
void register_tables(core::Registry& registry);

}  // namespace otokui::access
