#include <algorithm>

#include "search/ask_index.hpp"
#include "search/compare_text.hpp"

namespace otokui::search {
namespace {

using core::Field;
using core::Leaf;
using core::Operator;

/// Columns with an index of their own: an exact value leads through it.
constexpr std::string_view kLookedUp[] = {"email", "phone", "number_text"};

Sql empty_text(const Surroundings& surroundings, const Field& field) {
    std::vector<Sql> parts;
    for (const auto& key : field.parts) {
        const Field& part = surroundings.catalogue.get(key);
        parts.push_back({"c." + part.column + (part.is_text() ? " = ''" : " IS NULL"), {}});
    }
    return field.parts.empty() ? Sql{"c." + field.column + " = ''", {}} : all_of(parts);
}

bool is_looked_up(const Field& field, Operator op) {
    return (op == Operator::is || op == Operator::in) &&
           std::find(std::begin(kLookedUp), std::end(kLookedUp), shadow_column(field)) != std::end(kLookedUp);
}

Piece negated(const Surroundings& surroundings, const Piece& piece) {
    if (piece.match) return matched(surroundings, negated(*piece.match), not_of(piece.by_row));
    Piece result{.predicate = not_of(piece.predicate), .only_facts = piece.only_facts};
    if (!piece.by_row.empty()) result.by_row = not_of(piece.by_row);
    return result;
}

}  // namespace

Piece compile_text_leaf(const Surroundings& surroundings, const Leaf& leaf) {
    const Field& field = *leaf.field;
    const auto op = positive(leaf.op);
    Piece piece{.only_facts = false};
    if (op == Operator::empty) {
        piece.predicate = empty_text(surroundings, field);
        return is_negative(leaf.op) ? negated(surroundings, piece) : piece;
    }
    const auto operands = folded_operands(leaf);
    const auto check = compared_with_any(surroundings.engine(), shadow_of(surroundings, field), operands, op);
    if (is_looked_up(field, op)) {
        piece.predicate = check;
        piece.is_selective = true;
    } else if (auto asked = ask_index(surroundings, field, operands, anchor_of(op))) {
        piece = asked->exact ? matched(surroundings, std::move(asked->match), check)
                             : candidates_of_index(surroundings, std::move(asked->match), check);
    } else {
        piece.predicate = check;
    }
    return is_negative(leaf.op) ? negated(surroundings, piece) : piece;
}

}  // namespace otokui::search
