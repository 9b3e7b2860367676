#include "search/answer_index.hpp"
#include "search/compare_text.hpp"

// Conditions on the shop's own fields. The customers whose answer fits are a set of ids read from
// customer_answer, which has one row for each value of each customer; who has no answer is in no such set, so
// every complement is exact.
namespace otokui::search {
namespace {

using core::DayOperand;
using core::FieldType;
using core::Leaf;
using core::Operator;

// Both ends inclusive; either may be open.
Sql within(std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
    std::vector<Sql> ends{{"number IS NOT NULL", {}}};  // lets the partial index serve
    if (from) ends.push_back(Sql{}.add("number >= ").bind(*from));
    if (to) ends.push_back(Sql{}.add("number <= ").bind(*to));
    return all_of(ends);
}

Sql fitting_number(const Leaf& leaf) {
    if (const auto* range = std::get_if<std::pair<std::int64_t, std::int64_t>>(&leaf.value))
        return within(range->first, range->second);
    const auto number = std::get<std::int64_t>(leaf.value);
    if (leaf.op == Operator::is) return within(number, number);
    return leaf.op == Operator::at_least ? within(number, {}) : within({}, number);
}

Sql fitting_day(const Leaf& leaf, Day today) {
    const auto number = [&](const DayOperand& day) { return number_of(day.resolve(today)); };
    if (const auto* range = std::get_if<std::pair<DayOperand, DayOperand>>(&leaf.value))
        return within(number(range->first), number(range->second));
    const auto day = number(std::get<DayOperand>(leaf.value));
    if (leaf.op == Operator::is) return within(day, day);
    return leaf.op == Operator::at_least ? within(day, {}) : within({}, day);
}

Sql fitting_text(storage::Engine engine, const Leaf& leaf, Operator op) {
    const auto operands = folded_operands(leaf);
    auto fits = compared_with_any(engine, {"shadow", {}}, operands, op);
    if (op != Operator::is && op != Operator::in) return fits;
    std::vector<std::string> codes;
    for (const auto& operand : operands) codes.push_back(code_of_shadow(operand));
    return all_of({in_list(engine, {"code", {}}, codes), std::move(fits)});
}

// One row of customer_answer that has what is asked; empty: any row will do.
Sql fitting(const Surroundings& surroundings, const Leaf& leaf) {
    const auto op = positive(leaf.op);
    if (op == Operator::empty) return {};
    switch (leaf.field->type) {
        case FieldType::text:
            return fitting_text(surroundings.engine(), leaf, op);
        case FieldType::number:
            return fitting_number(leaf);
        case FieldType::day:
            return fitting_day(leaf, surroundings.today);
        case FieldType::boolean:
            return within(1, 1);
        default:
            return in_list(surroundings.engine(), {"code", {}},
                           std::get<std::vector<std::string>>(leaf.value));
    }
}

// Whether those found by the rows are the ones who do not satisfy the leaf.
bool asks_complement(const Leaf& leaf) {
    switch (leaf.op) {
        case Operator::is_not:
        case Operator::not_contains:
        case Operator::not_in:
        case Operator::none_of:
        case Operator::empty:
            return true;
        case Operator::is:
            return leaf.field->type == FieldType::boolean && !std::get<bool>(leaf.value);
        default:
            return false;
    }
}

Piece piece_of(const Surroundings& surroundings, const Leaf& leaf, const Sql& fits) {
    const auto where = [&] {
        auto sql = Sql{}.add(" WHERE field = ").bind(leaf.field->answer);
        if (!fits.empty()) sql.add(" AND ").add(fits);
        return sql;
    };
    Piece piece;
    const std::string repeats = leaf.field->type == FieldType::set ? "DISTINCT " : "";
    piece.members =
        Sql{}.add("SELECT " + repeats + "customer_id AS customer FROM customer_answer").add(where());
    piece.all_but_members = asks_complement(leaf);
    piece.predicate = Sql{}.add("c.id IN (SELECT customer_id FROM customer_answer").add(where()).add(")");
    // Without being told, SQLite looks through all answers to the field for each customer (10 s at 100,000).
    const bool sqlite = surroundings.engine() == storage::Engine::sqlite;
    piece.probe = Sql{}
                      .add("EXISTS (SELECT 1 FROM customer_answer")
                      .add(sqlite ? " INDEXED BY customer_answer_customer" : "")
                      .add(where())
                      .add(" AND customer_id = c.id)");
    if (!piece.all_but_members) return piece;
    piece.predicate = not_of(piece.predicate);
    piece.probe = not_of(piece.probe);
    return piece;
}

}  // namespace

Piece compile_answer_leaf(const Surroundings& surroundings, const Leaf& leaf) {
    if (leaf.field->retired) return {.predicate = never()};
    if (leaf.op != Operator::all_of) return piece_of(surroundings, leaf, fitting(surroundings, leaf));
    std::vector<Sql> predicates, probes;
    for (const auto& code : std::get<std::vector<std::string>>(leaf.value)) {
        auto one = piece_of(surroundings, leaf, Sql{}.add("code = ").bind(code));
        predicates.push_back(std::move(one.predicate));
        probes.push_back(std::move(one.probe));
    }
    Piece piece;
    piece.predicate = all_of(predicates);
    piece.probe = all_of(probes);
    return piece;
}

}  // namespace otokui::search
