#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/tokens.hpp"

namespace otokui::search {

/// What the text index is asked, as FTS5 writes it: an expression, or everything but it (FTS5 itself knows no
/// "not" without something before it).
struct Match {
    std::string expression = {};
    bool negated = false;
    int depth = 0;  // of parentheses
};

/// Deeper expressions are left to SQL: FTS5's parser has a small stack.
inline constexpr int kMaxMatchDepth = 12;

Match match_of(const Phrase& phrase);
Match negated(Match match);
/// Nothing when the result would be too deep. `parts` must not be empty.
std::optional<Match> match_all(const std::vector<Match>& parts);
std::optional<Match> match_any(std::vector<Match> parts);

/// The same for PostgreSQL. A tsvector of ours knows no positions: phrases of several tokens give candidates
/// only.
std::string tsquery_of(std::string_view expression);

}  // namespace otokui::search
