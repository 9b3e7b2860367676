#include "search/ask_index.hpp"

#include "base/text/shadow.hpp"
#include "search/text_index.hpp"

namespace otokui::search {
namespace {

using core::Field;

/// More alternatives are compared row by row: FTS5 would read a list for each.
constexpr std::size_t kMostAlternatives = 64;

// Where an operand on a part of a joined text must stand in the whole.
Anchor anchor_in_whole(const Surroundings& surroundings, const Field& field, Anchor anchor) {
    const auto& parts = surroundings.catalogue.get(field.text_index).parts;
    const bool first = parts.front() == field.key, last = parts.back() == field.key;
    if (first && (anchor == Anchor::start || anchor == Anchor::both)) return Anchor::start;
    if (last && (anchor == Anchor::end || anchor == Anchor::both)) return Anchor::end;
    return Anchor::none;
}

// What of an operand is worth asking the text index: of a mail address the part before the domain, which half
// of all addresses share. The rest is checked in the rows found.
std::string_view telling_part(const Field& field, std::string_view operand) {
    constexpr std::size_t kShortest = 4;
    const auto at = operand.find('@');
    if (field.shadow != text::ShadowKind::mail || at == std::string_view::npos || at + 1 < kShortest ||
        at + 1 == operand.size())
        return operand;
    return operand.substr(0, at + 1);
}

}  // namespace

std::optional<Asked> ask_index(const Surroundings& surroundings, const Field& field,
                               const std::vector<std::string>& operands, Anchor anchor) {
    if (field.text_index.empty() || operands.empty() || operands.size() > kMostAlternatives)
        return std::nullopt;
    const bool is_part = field.key != field.text_index;
    const auto at = is_part ? anchor_in_whole(surroundings, field, anchor) : anchor;
    const bool knows_positions = surroundings.engine() == storage::Engine::sqlite;
    bool exact = !is_part;
    std::vector<Match> matches;
    for (const auto& operand : operands) {
        const auto part = telling_part(field, operand);
        const bool whole = part.size() == operand.size();
        const bool starts = at == Anchor::start || at == Anchor::both;
        const auto wanted = phrase(letter_of(field.text_index), part,
                                   whole    ? at
                                   : starts ? Anchor::start
                                            : Anchor::none);
        exact = exact && whole && (knows_positions || wanted.is_single());
        matches.push_back(match_of(wanted));
    }
    return Asked{*match_any(std::move(matches)), exact};
}

Piece candidates_of_index(const Surroundings& surroundings, Match match, const Sql& check) {
    Piece piece{.only_facts = false};
    piece.predicate = all_of({is_matched(surroundings.engine(), surroundings.scope, match), check});
    piece.superset = std::move(match);
    piece.recheck = piece.by_row = check;
    return piece;
}

}  // namespace otokui::search
