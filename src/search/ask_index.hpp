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
/// SQLite: what the text index says to a positive operator.
std::optional<Asked> ask_index(const Surroundings& surroundings, const core::Field& field,
                               const std::vector<std::string>& operands, Anchor anchor);
/// A match that `check` narrows down.
Piece candidates_of_index(const Surroundings& surroundings, Match match, const Sql& check);

struct Candidates {
    Sql predicate;
    bool exact;
};
/// PostgreSQL: candidates of the GIN index; exact when every phrase is one token of a field's own.
std::optional<Candidates> candidates(const Surroundings& surroundings, const core::Field& field,
                                     const std::vector<std::string>& operands, Anchor anchor);
/// Of a tsquery.
Sql candidates_of(const std::string& query);

}  // namespace otokui::search
