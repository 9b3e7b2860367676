#include "access/store.hpp"
#include "access/unusual.hpp"

#include "core/columns.hpp"

namespace otokui::access::store {
namespace {

using core::Privacy;
using core::columns::bytes;
using core::columns::derived_number;
using core::columns::number;
using core::columns::optional_bytes;
using core::columns::optional_number;
using core::columns::text;

}  // namespace

// When a person is erased the ids stay: they say who was seen by whom, which is what the log is kept for, and
// lead to nothing any more. A merge leaves them too: it was that record that was opened.
void register_tables(core::Registry& registry) {
    registry.add(
        {.name = "access_entry",
         .label = {"閲覧記録", "Log of readings"},
         .columns = {number("at"), number("last_at"), number("times"), text("kind"), number("fields"),
                     number("customer_count"), optional_number("customer_id"), optional_bytes("page_ids"),
                     optional_number("staff_id"), optional_number("token_id"), text("actor"), text("session"),
                     text("ip"), text("screen"), optional_number("search_id"), optional_number("job_id"),
                     text("digest")},
         .keep = core::Keep::no_journal,
         .why_not_journaled = "a log itself: it is only added to, and deleted by age"});
    registry.add({.name = "access_search",
                  .label = {"閲覧記録の検索条件", "What was searched for"},
                  .columns = {bytes("content", Privacy::personal), number("created_at")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "part of the log of readings, sealed, deleted with it"});
    registry.add(
        {.name = "access_shown",
         .label = {"閲覧記録の索引", "Index of the log of readings"},
         .columns = {derived_number("stretch"), derived_number("customer_id"), derived_number("entry_id")},
         .keep = core::Keep::no_journal,
         .why_not_journaled = "derived from access_entry"});
    registry.add({.name = "access_index",
                  .label = {"閲覧記録の索引の位置", "How far that index has come"},
                  .columns = {number("indexed_up_to")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "how far an index has come"});
    register_unusual_table(registry);
}

}  // namespace otokui::access::store
