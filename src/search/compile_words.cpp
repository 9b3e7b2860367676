#include "base/text/shadow.hpp"
#include "core/record_json.hpp"
#include "search/ask_index.hpp"
#include "search/compare_text.hpp"
#include "search/text_index.hpp"

namespace otokui::search {
namespace {

using core::Field;
using storage::Engine;

/// Without it no order has any number.
constexpr std::string_view kOrderRight = "order.read";

/// Words of the one box shorter than this are order numbers only as a whole: too many would begin so.
constexpr std::size_t kShortestOrderPrefix = 5;
/// So many customers of orders are named one by one.
constexpr std::int64_t kMostNamed = 1'000;

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

// The customers of the orders whose number is the word, or begins with it when it is long enough: by name, or
// as a query when they are too many to be named.
struct OfOrders {
    std::vector<std::int64_t> few;
    Sql many = {};

    bool empty() const { return few.empty() && many.empty(); }
    Sql set(Engine engine) const {
        return many.empty() ? list_of(engine, few) : Sql{}.add("(").add(many).add(")");
    }
    Sql predicate(Engine engine) const {
        return many.empty() ? in_list(engine, {"c.id", {}}, few) : Sql{}.add("c.id IN ").add(set(engine));
    }
};

OfOrders customers_of_order(storage::Transaction& tx, const std::string& number) {
    OfOrders found;
    const auto add = [&](const storage::Row& row) { found.few.push_back(row.integer(0)); };
    const std::string column = "number_text" + std::string(bytewise(tx.engine()));
    const std::string from = "customer_id FROM orders WHERE customer_id IS NOT NULL AND ";
    const char last = number.back();
    if (number.size() < kShortestOrderPrefix || last < '!' || last >= '~') {
        tx.query("SELECT DISTINCT " + from + column + " = ?", {number}, add);
        return found;
    }
    auto end = number;
    ++end.back();
    const auto beginning =
        Sql{}.add(from).add(column + " >= ").bind(number).add(" AND " + column + " < ").bind(end);
    const auto some = Sql{}.add("SELECT DISTINCT ").add(beginning).add(" LIMIT ").bind(kMostNamed + 1);
    tx.query(some.text, some.values, add);
    if (std::ssize(found.few) > kMostNamed) found = {{}, Sql{}.add("SELECT ").add(beginning)};
    return found;
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

Piece compile_word(const Surroundings& surroundings, const std::vector<FieldWord>& fields,
                   const OfOrders& customers) {
    const auto engine = surroundings.engine();
    std::vector<Match> matches;
    std::vector<Sql> checks;
    bool exact = true;
    for (const auto& [field, operand] : fields) {
        const auto asked = ask_index(surroundings, *field, {operand}, Anchor::none);
        matches.push_back(asked->match);
        exact = exact && asked->exact;
        checks.push_back(compared(engine, shadow_of(surroundings, *field), Anchor::none, operand));
    }
    auto match = *match_any(std::move(matches));
    auto piece = exact ? matched(surroundings, std::move(match), any_of(checks))
                       : candidates_of_index(surroundings, std::move(match), any_of(checks));
    if (customers.empty()) return piece;
    const auto by_row = any_of({piece.by_row, customers.predicate(engine)});
    if (!exact || engine == Engine::postgres)
        return {.predicate = any_of({piece.predicate, customers.predicate(engine)}),
                .by_row = by_row,
                .only_facts = false};
    // One set of ids, so that it can lead the search.
    const auto both = Sql{}
                          .add("c.id IN (SELECT * FROM ")
                          .add(matching(engine, surroundings.scope, piece.match->expression))
                          .add(" UNION ALL SELECT * FROM ")
                          .add(customers.set(engine))
                          .add(")");
    return {.predicate = both, .by_row = by_row};
}

}  // namespace

Piece compile_words(const Surroundings& surroundings, const core::TextLeaf& leaf) {
    std::vector<Match> matches, supersets;
    std::vector<Sql> predicates, rechecks, by_rows;
    Piece result;
    for (const auto& word : leaf.words) {
        const auto fields = fields_of_word(surroundings, word);
        OfOrders customers;
        if (surroundings.actor.may(kOrderRight))
            customers = customers_of_order(surroundings.tx, text::shadow(text::ShadowKind::text, word));
        auto piece = compile_word(surroundings, fields, customers);
        by_rows.push_back(piece.by_row);
        if (piece.match) {
            matches.push_back(std::move(*piece.match));
            continue;
        }
        if (piece.superset) supersets.push_back(std::move(*piece.superset));
        if (piece.superset) rechecks.push_back(std::move(piece.recheck));
        result.only_facts = result.only_facts && piece.only_facts;
        predicates.push_back(std::move(piece.predicate));
    }
    result.by_row = all_of(by_rows);
    if (predicates.empty()) return matched(surroundings, *match_all(matches), std::move(result.by_row));
    const bool all_asked = supersets.size() == predicates.size();
    for (auto& match : matches) {
        predicates.push_back(is_matched(surroundings.engine(), surroundings.scope, match));
        supersets.push_back(std::move(match));
    }
    result.predicate = all_of(predicates);
    if (!all_asked) return result;
    result.superset = match_all(supersets);
    result.recheck = all_of(rechecks);
    return result;
}

}  // namespace otokui::search
