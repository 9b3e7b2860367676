#include "access/store.hpp"

namespace otokui::access::store {
namespace {

using core::Column;
using core::ColumnType;
using core::Privacy;
using core::Source;

Column integer(std::string name, bool nullable = false) {
    return {std::move(name), ColumnType::integer, Privacy::internal, Source::written, nullable};
}
Column text(std::string name) { return {std::move(name), ColumnType::text}; }
Column derived(std::string name) {
    return {std::move(name), ColumnType::integer, Privacy::internal, Source::derived};
}

}  // namespace

// When a person is erased the ids stay: they say who was seen by whom, which is what the log is kept for, and
// lead to nothing any more. A merge leaves them too: it was that record that was opened.
void register_tables(core::Registry& registry) {
    registry.add({.name = "access_entry",
                  .label = {"閲覧記録", "Log of readings"},
                  .columns = {integer("at"),
                              integer("last_at"),
                              integer("times"),
                              text("kind"),
                              integer("fields"),
                              integer("customer_count"),
                              integer("customer_id", true),
                              {"page_ids", ColumnType::bytes, Privacy::internal, Source::written, true},
                              integer("staff_id", true),
                              integer("token_id", true),
                              text("actor"),
                              text("session"),
                              text("ip"),
                              text("screen"),
                              integer("search_id", true),
                              integer("job_id", true),
                              text("digest")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "a log itself: it is only added to, and deleted by age"});
    registry.add({.name = "access_search",
                  .label = {"閲覧記録の検索条件", "What was searched for"},
                  .columns = {{"content", ColumnType::bytes, Privacy::personal}, integer("created_at")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "part of the log of readings, sealed, deleted with it"});
    registry.add({.name = "access_shown",
                  .label = {"閲覧記録の索引", "Index of the log of readings"},
                  .columns = {derived("stretch"), derived("customer_id"), derived("entry_id")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "derived from access_entry"});
    registry.add({.name = "access_index",
                  .label = {"閲覧記録の索引の位置", "How far that index has come"},
                  .columns = {integer("indexed_up_to")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "how far an index has come"});
}

}  // namespace otokui::access::store
