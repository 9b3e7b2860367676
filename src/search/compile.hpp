#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/condition.hpp"
#include "search/match.hpp"
#include "search/sql.hpp"
#include "storage/database.hpp"

// Idea: every condition becomes a predicate on `customer c` that is true or false, never NULL; that alone
// would be right. What makes it fast stands beside it:
//  - texts: leaves that the text index answers exactly become one expression with the and, or and not of the
//    tree, so that counting and paging need no look at the rows; what is left is checked on those found;
//  - ticks (statuses, consents, any label …): how many customers there are of each kind is kept;
//  - facts: a condition over the columns of the index customer_facts is read from that index alone;
//  - look-ups: an exact mail, phone or number, a set, a list of ids lead through their own indexes.
namespace otokui::search {

/// Whom the root of a tree asks for: the `deleted` leaves that stand there, else the living.
enum class Scope { living, deleted, everybody };

/// A condition made ready for one engine. All of it must hold: scope, `match` and `rest`.
struct Plan {
    Scope scope = Scope::living;
    std::optional<Match> match = {};   // of the text index; never negated
    Sql rest = {};                     // on customer c; empty: nothing more to check
    Sql probing = {};                  // the same as `rest`, better when few rows are looked at
    Sql by_row = {};                   // `match` and `rest` without the text index; empty: as `probing`
    Sql members = {};                  // exactly those found, whether deleted or not; empty: not known
    bool all_but_members = false;      // exactly all but those
    std::optional<Match> except = {};  // all of the scope but these are found
    /// The narrow index all of `rest` is read from, for customers of every scope; "" for none. What is asked
    /// of it besides, implied by `rest`.
    std::string_view own_index = {}, own_index_demands = {};
    bool only_facts = true;     // `rest` reads no column beyond the index customer_facts
    bool is_tallied = true;     // `rest` reads no column beyond customer_tally
    bool is_selective = false;  // `rest` leads through an index to few rows
};

/// `actor`: contact fields that he may see only masked are skipped by the one box. `today`: for relative days
/// and ages. Reads order numbers that words of the one box might be.
Plan compile(storage::Transaction& tx, const core::Catalogue& catalogue, const core::Condition& condition,
             const core::Actor& actor, Day today);

/// SQLite: "customer_text_live" or "customer_text_deleted"; not for everybody.
std::string_view text_table(Scope scope);
/// PostgreSQL, whose table holds the living and the deleted: "tokens @@ ?" for those of the scope.
Sql fits_document(Scope scope, const std::string& expression);
/// "(SELECT rowid FROM customer_text_live WHERE customer_text_live MATCH ?)", for everybody of both tables.
Sql matching(storage::Engine engine, Scope scope, const std::string& expression);
/// "c.id IN (…)", or NOT IN.
Sql is_matched(storage::Engine engine, Scope scope, const Match& match);

}  // namespace otokui::search
