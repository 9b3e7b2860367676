#include "search/match.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace otokui::search {
namespace {

std::string joined(const std::vector<const Match*>& parts, std::string_view separator) {
    std::string text;
    for (const auto* part : parts) {
        if (!text.empty()) text += separator;
        text += part->expression;
    }
    return parts.size() == 1 ? text : "(" + text + ")";
}

}  // namespace

Match match_of(const Phrase& phrase) {
    // Tokens hold letters, digits and what is not ASCII: nothing that could end the quotes.
    return {"\"" + phrase.tokens + "\"" + (phrase.is_prefix ? "*" : ""), false, 0};
}

Match negated(Match match) {
    match.negated = !match.negated;
    return match;
}

std::optional<Match> match_all(const std::vector<Match>& parts) {
    if (parts.size() == 1) return parts.front();
    std::vector<const Match*> wanted, unwanted;
    int depth = 0;
    for (const auto& part : parts) {
        (part.negated ? unwanted : wanted).push_back(&part);
        depth = std::max(depth, part.depth);
    }
    if (depth + 2 > kMaxMatchDepth) return std::nullopt;
    if (wanted.empty()) return Match{joined(unwanted, " OR "), true, depth + 1};
    if (unwanted.empty()) return Match{joined(wanted, " AND "), false, depth + 1};
    return Match{"(" + joined(wanted, " AND ") + " NOT " + joined(unwanted, " OR ") + ")", false, depth + 2};
}

std::optional<Match> match_any(std::vector<Match> parts) {
    for (auto& part : parts) part.negated = !part.negated;
    auto none = match_all(parts);
    if (none) none->negated = !none->negated;
    return none;
}

// "田中 中太"* AND ("a" NOT "b")  ->  (n田中 & n中太:*) & ((a) & !(b)): quotes stand only around phrases, and
// words between them are no tokens.
std::string tsquery_of(std::string_view expression) {
    static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
        {" AND ", " & "}, {" OR ", " | "}, {" NOT ", " & !"}};
    std::string query;
    bool in_phrase = false;
    while (!expression.empty()) {
        std::size_t taken = 1;
        if (expression.starts_with("\"*")) {
            query += ":*)";
            in_phrase = false;
            taken = 2;
        } else if (expression.front() == '"') {
            query += in_phrase ? ')' : '(';
            in_phrase = !in_phrase;
        } else if (in_phrase) {
            query += expression.front() == ' ' ? std::string_view(" & ") : expression.substr(0, 1);
        } else if (const auto word = std::ranges::find_if(
                       kWords, [&](const auto& one) { return expression.starts_with(one.first); });
                   word != std::end(kWords)) {
            query += word->second;
            taken = word->first.size();
        } else {
            query += expression.front();
        }
        expression.remove_prefix(taken);
    }
    return query;
}

}  // namespace otokui::search
