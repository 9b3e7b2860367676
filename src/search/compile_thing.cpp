#include <algorithm>

#include "base/text/shadow.hpp"
#include "search/compare_text.hpp"

// Idea: the customers who have a thing are a set of ids read from the thing's own tables; a customer is in it
// or is not. "At most three" are those not in the set of "at least four", so that those who have none are
// found without looking at them.
namespace otokui::search {
namespace {

using core::Condition;
using core::Leaf;
using core::Operator;
using core::Thing;

bool fits(Operator op, const std::string& folded, const std::vector<std::string>& operands) {
    switch (op) {
        case Operator::contains:
            return folded.find(operands.front()) != std::string::npos;
        case Operator::starts_with:
            return folded.starts_with(operands.front());
        case Operator::ends_with:
            return folded.ends_with(operands.front());
        default:  // is, in
            return std::find(operands.begin(), operands.end(), folded) != operands.end();
    }
}

// Those of the column's few different values that fit; texts or codes, as the column has them.
Sql compare_terms(const Surroundings& surroundings, const core::ThingField& term, const Leaf& leaf,
                  Operator op) {
    const auto operands = op == Operator::empty ? std::vector<std::string>() : folded_operands(leaf);
    std::vector<std::string> texts;
    std::vector<std::int64_t> codes;
    surroundings.tx.query(term.terms, {}, [&](const storage::Row& row) {
        const std::string text(row.text(1));
        const bool found =
            op == Operator::empty ? text.empty() : fits(op, text::shadow(leaf.field->shadow, text), operands);
        if (!found) return;
        const auto value = row.value(0);
        if (const auto* code = std::get_if<std::int64_t>(&value))
            codes.push_back(*code);
        else
            texts.emplace_back(row.text(0));
    });
    const Sql column{leaf.field->column, {}};
    return codes.empty() ? in_list(surroundings.engine(), column, texts)
                         : in_list(surroundings.engine(), column, codes);
}

// What of the parts the condition asks.
bool asks_parts(const Thing& thing, const Condition& condition) {
    const auto fields = core::fields_of(condition);
    return std::any_of(fields.begin(), fields.end(),
                       [&](const core::Field* field) { return thing.find(field->key)->of_part; });
}

// "c.id IN (…)": those who have at least so many.
Sql have_at_least(const Surroundings& surroundings, const Condition& condition, std::int64_t count) {
    const Thing& thing = *condition.has.thing;
    const bool asks = !condition.parts.empty();
    const bool by_part = asks && asks_parts(thing, condition.parts.front());
    auto within = surroundings;
    within.thing = &thing;
    Sql sql;
    sql.add("c.id IN (SELECT " + thing.customer + " FROM ");
    sql.add(by_part || thing.things.empty() ? thing.rows : thing.things);
    sql.add(" WHERE " + thing.customer + " IS NOT NULL");
    if (asks) sql.add(" AND ").add(compile_node(within, condition.parts.front()).predicate);
    if (count > 1) {
        sql.add(" GROUP BY " + thing.customer + " HAVING ");
        sql.add(by_part ? "count(DISTINCT " + thing.id + ")" : "count(*)").add(" >= ").bind(count);
    }
    return sql.add(")");
}

}  // namespace

Piece compile_thing_text(const Surroundings& surroundings, const Leaf& leaf) {
    const auto& field = *surroundings.thing->find(leaf.field->key);
    const auto op = positive(leaf.op);
    Sql found;
    if (!field.terms.empty())
        found = compare_terms(surroundings, field, leaf, op);
    else if (op == Operator::empty)
        found = {leaf.field->column + " = ''", {}};
    else
        found = compared_with_any(surroundings.engine(), {shadow_column(*leaf.field), {}},
                                  folded_operands(leaf), op);
    if (field.of_part) {  // NULL stands for no part, whose texts are empty
        const auto& column = leaf.field->column;
        found = op == Operator::empty ? any_of({{column + " IS NULL", {}}, found})
                                      : all_of({{column + " IS NOT NULL", {}}, found});
    }
    return {.predicate = is_negative(leaf.op) ? not_of(found) : found};
}

Piece compile_has(const Surroundings& surroundings, const Condition& condition) {
    const auto& [thing, at_least, at_most] = condition.has;
    std::vector<Sql> parts;
    if (at_least > 0) parts.push_back(have_at_least(surroundings, condition, at_least));
    if (at_most) parts.push_back(not_of(have_at_least(surroundings, condition, *at_most + 1)));
    return {.predicate = all_of(parts)};
}

}  // namespace otokui::search
