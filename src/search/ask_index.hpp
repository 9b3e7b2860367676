#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/piece.hpp"
#include "search/tokens.hpp"

// What the text index is asked for texts: exactly where it can answer alone, else for candidates.
namespace otokui::search {

struct Asked {
    Match match;
    bool exact;
};
/// What the text index says to a positive operator; nothing when it does not hold the field.
std::optional<Asked> ask_index(const Surroundings& surroundings, const core::Field& field,
                               const std::vector<std::string>& operands, Anchor anchor);
/// A match that `check` narrows down; `check` alone is exact.
Piece candidates_of_index(const Surroundings& surroundings, Match match, const Sql& check);

}  // namespace otokui::search
