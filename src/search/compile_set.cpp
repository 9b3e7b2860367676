#include "core/condition.hpp"
#include "search/piece.hpp"
#include "search/tally.hpp"

namespace otokui::search {
namespace {

using core::Leaf;
using core::Operator;

// FROM and WHERE of the rows that put a customer into one of the sets.
Sql rows_of_sets(const Surroundings& surroundings, const Leaf& leaf, const std::vector<std::int64_t>& sets) {
    auto sql = Sql{}.add(" FROM customer_set WHERE kind = ").bind(leaf.field->master);
    return sql.add(" AND ").add(in_list(surroundings.engine(), {"member_id", {}}, sets));
}

Sql is_in_sets(const Surroundings& surroundings, const Leaf& leaf, const std::vector<std::int64_t>& sets) {
    return Sql{}.add("c.id IN (SELECT customer_id").add(rows_of_sets(surroundings, leaf, sets)).add(")");
}

// How many the sets of a leaf lead to, as far as it matters.
bool is_small_set(const Surroundings& surroundings, const Leaf& leaf) {
    constexpr std::int64_t kFew = 20'000;
    if (leaf.op != Operator::any_of && leaf.op != Operator::all_of) return false;
    const auto& members = std::get<std::vector<std::int64_t>>(leaf.value);
    if (members.empty()) return false;
    auto sql =
        Sql{}.add("SELECT count(*) FROM (SELECT 1 FROM customer_set WHERE kind = ").bind(leaf.field->master);
    sql.add(" AND ").add(in_list(surroundings.engine(), {"member_id", {}}, members));
    sql.add(" LIMIT ").bind(kFew).add(") AS few");
    std::int64_t count = 0;
    surroundings.tx.query(sql.text, sql.values, [&](const storage::Row& row) { count = row.integer(0); });
    return count < kFew;
}

// The customers of every set, or of any of several, each once. SQLite's index has each set in the order of
// customers; told to keep that order (the limit is none) it merges them and sorts nothing.
Sql joined(const Surroundings& surroundings, const Leaf& leaf, const std::vector<std::int64_t>& sets,
           std::string_view how) {
    Sql sql;
    for (const auto set : sets)
        sql.add(sql.empty() ? "" : how)
            .add("SELECT customer_id AS customer")
            .add(rows_of_sets(surroundings, leaf, {set}));
    if (surroundings.engine() == storage::Engine::sqlite && sets.size() > 1) sql.add(" ORDER BY 1 LIMIT -1");
    return sql;
}

// Merging goes from set to set, so that many cost more than sorting them all.
Sql members_of_any(const Surroundings& surroundings, const Leaf& leaf,
                   const std::vector<std::int64_t>& sets) {
    constexpr std::size_t kMostMerged = 8;
    const bool merges = surroundings.engine() == storage::Engine::sqlite && sets.size() <= kMostMerged;
    if (merges || sets.size() == 1) return joined(surroundings, leaf, sets, " UNION ");
    return Sql{}
        .add("SELECT customer_id AS customer")
        .add(rows_of_sets(surroundings, leaf, sets))
        .add(" GROUP BY customer_id");
}

Sql belongs(const Surroundings& surroundings, const Leaf& leaf, const std::vector<std::int64_t>& sets) {
    return Sql{}
        .add("EXISTS (SELECT 1")
        .add(rows_of_sets(surroundings, leaf, sets))
        .add(" AND customer_id = c.id)");
}

Piece compile_all_of(const Surroundings& surroundings, const Leaf& leaf,
                     const std::vector<std::int64_t>& sets) {
    Piece piece{.is_selective = is_small_set(surroundings, leaf)};
    std::vector<Sql> each, probes;
    for (const auto set : sets) {
        each.push_back(is_in_sets(surroundings, leaf, {set}));
        probes.push_back(belongs(surroundings, leaf, {set}));
    }
    piece.predicate = all_of(each);
    if (sets.empty()) return piece;
    piece.members = joined(surroundings, leaf, sets, " INTERSECT ");
    piece.probe = all_of(probes);
    return piece;
}

// In any set at all, or in none: labels and groups stand in the tally, the rest is read from the index by
// customer, which has them in order.
Piece compile_any_set(const Surroundings& surroundings, const Leaf& leaf) {
    const Sql empty{surroundings.column(leaf.field->column) + " = ''", {}};
    Piece piece{.only_facts = false,
                .is_tallied = surroundings.thing == nullptr && is_tick(leaf.field->column)};
    piece.all_but_members = leaf.op == Operator::empty;
    piece.predicate = piece.all_but_members ? empty : not_of(empty);
    const std::string by =
        surroundings.engine() == storage::Engine::sqlite ? " INDEXED BY customer_set_customer" : "";
    piece.members = Sql{}
                        .add("SELECT customer_id AS customer FROM customer_set" + by + " WHERE kind = ")
                        .bind(leaf.field->master)
                        .add(" GROUP BY customer_id");
    return piece;
}

}  // namespace

// Many may be in a set: alone it is counted without a look at the customers, and a walk over them asks of
// each.
Piece compile_set(const Surroundings& surroundings, const core::Leaf& leaf) {
    if (leaf.op == Operator::empty || leaf.op == Operator::not_empty)
        return compile_any_set(surroundings, leaf);
    const auto& sets = std::get<std::vector<std::int64_t>>(leaf.value);
    if (leaf.op == Operator::all_of) return compile_all_of(surroundings, leaf, sets);
    Piece piece{.is_selective = is_small_set(surroundings, leaf)};
    piece.predicate = is_in_sets(surroundings, leaf, sets);
    if (!sets.empty()) {
        piece.members = members_of_any(surroundings, leaf, sets);
        piece.all_but_members = leaf.op == Operator::none_of;
        piece.probe = belongs(surroundings, leaf, sets);
    }
    if (leaf.op == Operator::any_of) return piece;
    piece.predicate = not_of(piece.predicate);
    if (!piece.probe.empty()) piece.probe = not_of(piece.probe);
    return piece;
}

}  // namespace otokui::search
