#pragma once

#include <string>
#include <vector>

#include "search/piece.hpp"
#include "search/tokens.hpp"

// Texts compared row by row: folded on both sides.
namespace otokui::search {

bool is_negative(core::Operator op);
/// What a negative operator is the complement of; else the same.
core::Operator positive(core::Operator op);
Anchor anchor_of(core::Operator op);
const std::string& shadow_column(const core::Field& field);

/// The operands of a leaf, folded as the values are.
std::vector<std::string> folded_operands(const core::Leaf& leaf);
Sql compared(storage::Engine engine, const Sql& shadow, Anchor anchor, const std::string& operand);
/// `shadow` compared by a positive operator.
Sql compared_with_any(storage::Engine engine, Sql shadow, const std::vector<std::string>& operands,
                      core::Operator op);

}  // namespace otokui::search
