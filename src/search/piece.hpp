#pragma once

#include <optional>

#include "base/clock.hpp"
#include "core/condition.hpp"
#include "search/compile.hpp"

namespace otokui::search {

/// What one node of a tree becomes. `predicate` alone is exact.
struct Piece {
    Sql predicate = {};
    /// The same, asked of one customer after the other instead of a set of all; empty: there is no
    /// difference.
    Sql probe = {};
    /// The same for one customer alone, with no look at the text index; empty: as `probe`.
    Sql by_row = {};
    /// "SELECT … AS customer": exactly those (or, negated, all but those) of whom the predicate holds, each
    /// once.
    Sql members = {};
    bool all_but_members = false;
    /// The same, asked of the text index.
    std::optional<Match> match = {};
    /// The match pays only beside others: a status alone is read faster from the facts.
    bool is_weak = false;
    /// Candidates and what is left to check of them: of parts of a joined text, or where the text index knows
    /// no positions.
    std::optional<Match> superset = {};
    Sql recheck = {};
    /// The index that the predicate alone is read from, quicker than from customer_facts; "" for none.
    std::string_view own_index = {};
    std::string_view own_index_demands = {};  // what the predicate implies and leads through that index
    bool only_facts = true;
    bool is_tallied = false;  // the predicate reads nothing but what customer_tally has
    bool is_selective = false;
    /// What of the first columns of customer_facts the predicate names.
    bool names_status = false;
    std::optional<std::pair<std::int64_t, std::int64_t>> prefectures = {};  // the first and the last
};

/// What leaves are compiled against.
struct Surroundings {
    storage::Transaction& tx;
    const core::Catalogue& catalogue;
    const core::Actor& actor;
    Day today;
    Scope scope;
    const core::Thing* thing = nullptr;  // whose rows leaves look at; else customer c

    storage::Engine engine() const { return tx.engine(); }
    bool parts_alone = false;  // of which only the parts are read
    std::string column(const std::string& name) const;
};

/// Each refuses (std::logic_error) a leaf of another type than its own.
Piece compile_text_leaf(const Surroundings& surroundings, const core::Leaf& leaf);
Piece compile_fact_leaf(const Surroundings& surroundings, const core::Leaf& leaf);
/// Of a set (labels, groups …).
Piece compile_set(const Surroundings& surroundings, const core::Leaf& leaf);
/// On a field of the shop's own.
Piece compile_answer_leaf(const Surroundings& surroundings, const core::Leaf& leaf);
Piece compile_words(const Surroundings& surroundings, const core::TextLeaf& leaf);
/// A text of the thing of `surroundings`.
Piece compile_thing_text(const Surroundings& surroundings, const core::Leaf& leaf);
/// Of kind has.
Piece compile_has(const Surroundings& surroundings, const core::Condition& condition);
/// Of any kind.
Piece compile_node(const Surroundings& surroundings, const core::Condition& condition);

inline const Sql& probe_of(const Piece& piece) { return piece.probe.empty() ? piece.predicate : piece.probe; }
inline const Sql& by_row_of(const Piece& piece) {
    return piece.by_row.empty() ? probe_of(piece) : piece.by_row;
}
/// A match as a piece; `by_row` says the same of one row.
Piece matched(const Surroundings& surroundings, Match match, Sql by_row);
/// True when customer_facts covers the column.
bool is_fact(std::string_view column);
/// The folded text that operators on the field compare: its shadow, of joined texts those of the parts
/// together.
Sql shadow_of(const Surroundings& surroundings, const core::Field& field);

}  // namespace otokui::search
