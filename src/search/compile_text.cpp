#include <algorithm>

#include "base/prefectures.hpp"
#include "base/text/shadow.hpp"
#include "core/record_json.hpp"
#include "search/piece.hpp"
#include "search/text_index.hpp"

namespace otokui::search {
namespace {

using core::Field;
using core::Leaf;
using core::Operator;
using storage::Engine;

/// Columns with an index of their own: an exact value leads through it.
constexpr std::string_view kLookedUp[] = {"email", "phone", "number_text"};
/// More alternatives are compared row by row: FTS5 would read a list for each.
constexpr std::size_t kMostAlternatives = 64;
/// Words of the one box shorter than this are order numbers only as a whole: too many would begin so.
constexpr std::size_t kShortestOrderPrefix = 5;
constexpr std::int64_t kMostOrders = 10'000;
constexpr int kPrefectures = 47;

bool is_negative(Operator op) {
    return op == Operator::is_not || op == Operator::not_contains || op == Operator::not_empty;
}

Operator positive(Operator op) {
    switch (op) {
        case Operator::is_not:
            return Operator::is;
        case Operator::not_contains:
            return Operator::contains;
        case Operator::not_empty:
            return Operator::empty;
        default:
            return op;
    }
}

Anchor anchor_of(Operator op) {
    switch (op) {
        case Operator::is:
        case Operator::in:
            return Anchor::both;
        case Operator::starts_with:
            return Anchor::start;
        case Operator::ends_with:
            return Anchor::end;
        default:
            return Anchor::none;
    }
}

const std::string& shadow_column(const Field& field) {
    return field.shadow_column.empty() ? field.column : field.shadow_column;
}

Sql compared(Engine engine, const Sql& shadow, Anchor anchor, const std::string& operand) {
    const bool sqlite = engine == Engine::sqlite;
    Sql result;
    switch (anchor) {
        case Anchor::both:
            return result.add(shadow).add(bytewise(engine)).add(" = ").bind(operand);
        case Anchor::none:
        case Anchor::start:
            return result.add(sqlite ? "instr(" : "strpos(")
                .add(shadow)
                .add(", ")
                .bind(operand)
                .add(anchor == Anchor::none ? ") > 0" : ") = 1");
        case Anchor::end:
            if (sqlite)
                return result.add("substr(")
                    .add(shadow)
                    .add(", -length(")
                    .bind(operand)
                    .add(")) = ")
                    .bind(operand);
            return result.add("right(").add(shadow).add(", length(").bind(operand).add(")) = ").bind(operand);
    }
    return never();
}

Sql empty_text(const Surroundings& surroundings, const Field& field) {
    std::vector<Sql> parts;
    for (const auto& key : field.parts) {
        const Field& part = surroundings.catalogue.get(key);
        parts.push_back({"c." + part.column + (part.is_text() ? " = ''" : " IS NULL"), {}});
    }
    return field.parts.empty() ? Sql{"c." + field.column + " = ''", {}} : all_of(parts);
}

// Of the operands of `is` to `in`, folded as the values are.
std::vector<std::string> folded_operands(const Leaf& leaf) {
    std::vector<std::string> operands;
    if (const auto* one = std::get_if<std::string>(&leaf.value))
        operands.push_back(text::shadow(leaf.field->shadow, *one));
    else
        for (const auto& value : std::get<std::vector<std::string>>(leaf.value))
            operands.push_back(text::shadow(leaf.field->shadow, value));
    return operands;
}

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

struct Asked {
    Match match;
    bool exact;
};

// SQLite: what the text index says to a positive operator.
std::optional<Asked> ask_index(const Surroundings& surroundings, const Field& field,
                               const std::vector<std::string>& operands, Anchor anchor) {
    if (field.text_index.empty() || operands.empty() || operands.size() > kMostAlternatives)
        return std::nullopt;
    const bool is_part = field.key != field.text_index;
    const auto at = is_part ? anchor_in_whole(surroundings, field, anchor) : anchor;
    bool exact = !is_part;
    std::vector<Match> matches;
    for (const auto& operand : operands) {
        const auto part = telling_part(field, operand);
        const bool whole = part.size() == operand.size();
        exact = exact && whole;
        const bool starts = at == Anchor::start || at == Anchor::both;
        matches.push_back(match_of(phrase(letter_of(field.text_index), part,
                                          whole    ? at
                                          : starts ? Anchor::start
                                                   : Anchor::none)));
    }
    return Asked{*match_any(std::move(matches)), exact};
}

// PostgreSQL: candidates of the GIN index; exact when every phrase is one token of a field's own.
struct Candidates {
    Sql predicate;
    bool exact;
};

Sql candidates_of(const std::string& query) {
    return Sql{}
        .add("c.id IN (SELECT customer_id FROM customer_text_search WHERE tokens::tsvector @@ ")
        .bind(query)
        .add("::tsquery)");
}

std::optional<Candidates> candidates(const Surroundings& surroundings, const Field& field,
                                     const std::vector<std::string>& operands, Anchor anchor) {
    if (field.text_index.empty() || operands.empty() || operands.size() > kMostAlternatives)
        return std::nullopt;
    const bool is_part = field.key != field.text_index;
    const auto at = is_part ? anchor_in_whole(surroundings, field, anchor) : anchor;
    std::string query;
    bool exact = !is_part;
    for (const auto& operand : operands) {
        const auto wanted = phrase(letter_of(field.text_index), operand, at);
        exact = exact && wanted.is_single();
        query += (query.empty() ? "" : " | ") + tsquery_of(wanted);
    }
    return Candidates{candidates_of(query), exact};
}

bool is_looked_up(const Field& field, Operator op) {
    return (op == Operator::is || op == Operator::in) &&
           std::find(std::begin(kLookedUp), std::end(kLookedUp), shadow_column(field)) != std::end(kLookedUp);
}

Sql compared_with_any(const Surroundings& surroundings, const Field& field,
                      const std::vector<std::string>& operands, Operator op) {
    const auto shadow = shadow_of(surroundings, field);
    if (op == Operator::in) {
        auto column = shadow;
        column.add(bytewise(surroundings.engine()));
        return in_list(surroundings.engine(), column, operands);
    }
    return compared(surroundings.engine(), shadow, anchor_of(op), operands.front());
}

Piece negated(const Surroundings& surroundings, const Piece& piece) {
    if (piece.match) return matched(surroundings, negated(*piece.match));
    return {.predicate = not_of(piece.predicate), .only_facts = piece.only_facts};
}

Piece candidates_of_index(const Surroundings& surroundings, Match match, const Sql& check) {
    Piece piece{.only_facts = false};
    piece.predicate =
        all_of({Sql{}.add("c.id IN ").add(matching(surroundings.scope, match.expression)), check});
    piece.superset = std::move(match);
    piece.recheck = check;
    return piece;
}

// A word made of nothing but digits and what is written between them: only such a word is meant for phones
// and postal codes, or every word with a digit in it would find half of them.
bool is_written_number(std::string_view folded) {
    constexpr std::string_view kPostMark = "\u3012";
    bool has_digit = false;
    for (std::size_t i = 0; i < folded.size();) {
        if (folded.substr(i).starts_with(kPostMark)) {
            i += kPostMark.size();
            continue;
        }
        const char c = folded[i++];
        has_digit = has_digit || (c >= '0' && c <= '9');
        if ((c < '0' || c > '9') && std::string_view("+-().").find(c) == std::string_view::npos) return false;
    }
    return has_digit;
}

// The customers of the orders whose number is the word, or begins with it when it is long enough.
std::vector<std::int64_t> customers_of_order(storage::Transaction& tx, const std::string& number) {
    std::vector<std::int64_t> customers;
    const auto add = [&](const storage::Row& row) { customers.push_back(row.integer(0)); };
    const std::string column = "number_text" + std::string(bytewise(tx.engine()));
    const std::string select = "SELECT DISTINCT customer_id FROM orders WHERE customer_id IS NOT NULL AND ";
    const char last = number.back();
    if (number.size() < kShortestOrderPrefix || last < '!' || last >= '~') {
        tx.query(select + column + " = ?", {number}, add);
    } else {
        auto end = number;
        ++end.back();
        tx.query(select + column + " >= ? AND " + column + " < ? LIMIT ?", {number, end, kMostOrders}, add);
    }
    return customers;
}

struct FieldWord {
    const Field* field;
    std::string operand;
};

// The fields that a word of the one box is looked for in, each with the word in its own form.
std::vector<FieldWord> fields_of_word(const Surroundings& surroundings, const std::string& word) {
    const bool is_number = is_written_number(text::shadow(text::ShadowKind::text, word));
    std::vector<FieldWord> result;
    for (const auto& field : surroundings.catalogue.fields()) {
        if (!field.in_one_box || core::is_masked(field, surroundings.actor)) continue;
        const bool of_digits =
            field.shadow == text::ShadowKind::phone || field.shadow == text::ShadowKind::digits;
        if (of_digits && !is_number) continue;
        if (auto operand = text::shadow(field.shadow, word); !operand.empty())
            result.push_back({&field, std::move(operand)});
    }
    return result;
}

Piece compile_word_sqlite(const Surroundings& surroundings, const std::vector<FieldWord>& fields,
                          const std::vector<std::int64_t>& customers) {
    std::vector<Match> matches;
    std::vector<Sql> checks;
    bool exact = true;
    for (const auto& [field, operand] : fields) {
        const auto asked = ask_index(surroundings, *field, {operand}, Anchor::none);
        matches.push_back(asked->match);
        exact = exact && asked->exact;
        checks.push_back(
            compared(surroundings.engine(), shadow_of(surroundings, *field), Anchor::none, operand));
    }
    auto match = *match_any(std::move(matches));
    auto piece = exact ? matched(surroundings, std::move(match))
                       : candidates_of_index(surroundings, std::move(match), any_of(checks));
    if (customers.empty()) return piece;
    if (!exact)
        return {
            .predicate = any_of({piece.predicate, in_list(surroundings.engine(), {"c.id", {}}, customers)}),
            .only_facts = false};
    // One set of ids, so that it can lead the search.
    const auto both = Sql{}
                          .add("c.id IN (SELECT * FROM ")
                          .add(matching(surroundings.scope, piece.match->expression))
                          .add(" UNION ALL SELECT * FROM ")
                          .add(list_of(surroundings.engine(), customers))
                          .add(")");
    return {.predicate = both};
}

Piece compile_word_postgres(const Surroundings& surroundings, const std::vector<FieldWord>& fields,
                            const std::vector<std::int64_t>& customers) {
    std::string query;
    std::vector<Sql> checks;
    bool exact = true;
    for (const auto& [field, operand] : fields) {
        const auto wanted = phrase(letter_of(field->text_index), operand, Anchor::none);
        query += (query.empty() ? "" : " | ") + tsquery_of(wanted);
        exact = exact && wanted.is_single();
        checks.push_back(
            compared(surroundings.engine(), shadow_of(surroundings, *field), Anchor::none, operand));
    }
    auto found = candidates_of(query);
    Piece piece{.only_facts = exact};
    piece.predicate = exact ? found : all_of({found, any_of(checks)});
    if (!customers.empty())
        piece.predicate = any_of({piece.predicate, in_list(surroundings.engine(), {"c.id", {}}, customers)});
    return piece;
}

}  // namespace

Sql shadow_of(const Surroundings& surroundings, const Field& field) {
    if (field.parts.empty()) return {"c." + shadow_column(field), {}};
    Sql joined{"(", {}};
    const char* separator = "";
    for (const auto& key : field.parts) {
        const Field& part = surroundings.catalogue.get(key);
        joined.add(separator);
        separator = " || ";
        if (part.is_text()) {
            joined.add("c." + shadow_column(part));
            continue;
        }
        joined.add("CASE c." + part.column);
        for (int number = 1; number <= kPrefectures; ++number)
            joined.add(" WHEN " + std::to_string(number) + " THEN '" +
                       text::shadow(field.shadow, prefecture_name(number)) + "'");
        joined.add(" ELSE '' END");
    }
    return joined.add(")");
}

Piece compile_text_leaf(const Surroundings& surroundings, const Leaf& leaf) {
    const Field& field = *leaf.field;
    const auto op = positive(leaf.op);
    Piece piece{.only_facts = false};
    if (op == Operator::empty) {
        piece.predicate = empty_text(surroundings, field);
        return is_negative(leaf.op) ? negated(surroundings, piece) : piece;
    }
    const auto operands = folded_operands(leaf);
    const auto check = compared_with_any(surroundings, field, operands, op);
    if (is_looked_up(field, op)) {
        piece.predicate = check;
        piece.is_selective = true;
    } else if (surroundings.engine() == Engine::sqlite) {
        auto asked = ask_index(surroundings, field, operands, anchor_of(op));
        if (asked && asked->exact) {
            piece = matched(surroundings, std::move(asked->match));
        } else if (asked) {
            piece = candidates_of_index(surroundings, std::move(asked->match), check);
        } else {
            piece.predicate = check;
        }
    } else if (const auto found = candidates(surroundings, field, operands, anchor_of(op))) {
        piece.predicate = found->exact ? found->predicate : all_of({found->predicate, check});
        piece.only_facts = found->exact;
    } else {
        piece.predicate = check;
    }
    return is_negative(leaf.op) ? negated(surroundings, piece) : piece;
}

Piece compile_words(const Surroundings& surroundings, const core::TextLeaf& leaf) {
    std::vector<Match> matches, supersets;
    std::vector<Sql> predicates, rechecks;
    Piece result;
    for (const auto& word : leaf.words) {
        const auto fields = fields_of_word(surroundings, word);
        const auto customers =
            customers_of_order(surroundings.tx, text::shadow(text::ShadowKind::text, word));
        auto piece = surroundings.engine() == Engine::sqlite
                         ? compile_word_sqlite(surroundings, fields, customers)
                         : compile_word_postgres(surroundings, fields, customers);
        if (piece.match) {
            matches.push_back(std::move(*piece.match));
            continue;
        }
        if (piece.superset) supersets.push_back(std::move(*piece.superset));
        if (piece.superset) rechecks.push_back(std::move(piece.recheck));
        result.only_facts = result.only_facts && piece.only_facts;
        predicates.push_back(std::move(piece.predicate));
    }
    if (predicates.empty()) return matched(surroundings, *match_all(matches));
    const bool all_asked = supersets.size() == predicates.size();
    for (auto& match : matches) {
        predicates.push_back(matched(surroundings, match).predicate);
        supersets.push_back(std::move(match));
    }
    result.predicate = all_of(predicates);
    if (!all_asked) return result;
    result.superset = match_all(supersets);
    result.recheck = all_of(rechecks);
    return result;
}

}  // namespace otokui::search
