#include "core/condition.hpp"
#include "search/piece.hpp"

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

}  // namespace

// Many may be in a set: alone it is counted without a look at the customers, and a walk over them asks of
// each.
Piece compile_set(const Surroundings& surroundings, const core::Leaf& leaf) {
    Piece piece{.is_selective = is_small_set(surroundings, leaf)};
    const auto& sets = std::get<std::vector<std::int64_t>>(leaf.value);
    if (leaf.op == Operator::all_of) {
        std::vector<Sql> each;
        for (const auto set : sets) each.push_back(is_in_sets(surroundings, leaf, {set}));
        piece.predicate = all_of(each);
        return piece;
    }
    piece.predicate = is_in_sets(surroundings, leaf, sets);
    if (!sets.empty()) {
        const auto rows = rows_of_sets(surroundings, leaf, sets);
        piece.members = Sql{}.add("SELECT customer_id AS customer").add(rows);
        if (sets.size() > 1) piece.members.add(" GROUP BY customer_id");
        piece.all_but_members = leaf.op == Operator::none_of;
        piece.probe = Sql{}.add("EXISTS (SELECT 1").add(rows).add(" AND customer_id = c.id)");
    }
    if (leaf.op == Operator::any_of) return piece;
    piece.predicate = not_of(piece.predicate);
    if (!piece.probe.empty()) piece.probe = not_of(piece.probe);
    return piece;
}

}  // namespace otokui::search
