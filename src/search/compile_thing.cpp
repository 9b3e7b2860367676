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
    const Sql column{surroundings.column(leaf.field->column), {}};
    return codes.empty() ? in_list(surroundings.engine(), column, texts)
                         : in_list(surroundings.engine(), column, codes);
}

bool asks_parts(const Thing& thing, const Condition& condition) {
    const auto fields = core::fields_of(condition);
    return std::any_of(fields.begin(), fields.end(),
                       [&](const core::Field* field) { return thing.find(field->key)->of_part; });
}

// What is asked stands in the parts themselves.
bool asks_only_parts(const Thing& thing, const Condition& condition) {
    const auto fields = core::fields_of(condition);
    return std::all_of(fields.begin(), fields.end(), [&](const core::Field* field) {
        const auto& one = *thing.find(field->key);
        return one.of_part || !one.part_column.empty();
    });
}

// Only a part with one of certain terms can satisfy it: their ids lead through the index of the parts.
bool demands_part(const Thing& thing, const Condition& condition) {
    const auto one = [&](const Condition& part) { return demands_part(thing, part); };
    const auto& parts = condition.parts;
    switch (condition.kind) {
        case Condition::Kind::all:
            return std::any_of(parts.begin(), parts.end(), one);
        case Condition::Kind::any:
            return std::all_of(parts.begin(), parts.end(), one);
        case Condition::Kind::leaf: {
            const auto op = condition.leaf.op;
            const auto& field = *thing.find(condition.leaf.field->key);
            return field.of_part && !field.terms.empty() && op != Operator::empty && !is_negative(op);
        }
        default:
            return false;
    }
}

enum class Read { things, rows, parts };

Read source_of(const Thing& thing, const Condition& has) {
    if (has.parts.empty() || !asks_parts(thing, has.parts.front()))
        return thing.things.empty() ? Read::rows : Read::things;
    const auto& where = has.parts.front();
    const bool parts_alone =
        !thing.parts.empty() && asks_only_parts(thing, where) && demands_part(thing, where);
    return parts_alone ? Read::parts : Read::rows;
}

bool is_everything(const Condition& has) {
    if (has.parts.empty()) return true;
    const auto& where = has.parts.front();
    return where.kind == Condition::Kind::all && where.parts.empty();
}

// Texts of a thing stand in no index by customer.
bool asks_texts(const Condition& has) {
    const auto fields = core::fields_of(has);
    return std::any_of(fields.begin(), fields.end(),
                       [](const core::Field* field) { return field->is_text(); });
}

// Only things of certain terms can satisfy it, and an index has these in the order of customers.
bool leads_by_term(const Condition& condition) {
    constexpr std::string_view kIndexed[] = {"o.payment_method", "o.channel", "o.status"};
    if (condition.kind == Condition::Kind::all) return std::ranges::any_of(condition.parts, leads_by_term);
    if (condition.kind != Condition::Kind::leaf) return false;
    const auto& [field, op, value] = condition.leaf;
    return op != Operator::empty && !is_negative(op) &&
           std::ranges::find(kIndexed, field->column) != std::end(kIndexed);
}

// From where, and with which columns, the things of a condition are read.
struct Source {
    const std::string &from, &customer, &id;
    bool is_once;         // each thing has one row
    bool is_by_customer;  // an index has the rows by customer with all that is asked
    Sql where;            // empty: all
};

Source source_for(const Surroundings& surroundings, const Condition& has) {
    const Thing& thing = *has.has.thing;
    const auto read = source_of(thing, has);
    auto within = surroundings;
    within.thing = &thing;
    within.parts_alone = read == Read::parts;
    const auto& from = read == Read::parts ? thing.parts : read == Read::things ? thing.things : thing.rows;
    return {from,
            read == Read::parts ? thing.part_customer : thing.customer,
            read == Read::parts ? thing.part_id : thing.id,
            read == Read::things || thing.things.empty(),
            surroundings.engine() == storage::Engine::postgres || read != Read::things || !asks_texts(has) ||
                leads_by_term(has.parts.front()),
            has.parts.empty() ? Sql{} : compile_node(within, has.parts.front()).predicate};
}

/// How many of a thing; at least one.
struct Range {
    std::int64_t at_least;
    std::optional<std::int64_t> at_most = {};
    bool is_any() const { return at_least == 1 && !at_most; }
};

Sql within(const Sql& number, const Range& range) {
    auto sql = Sql{}.add(number).add(" >= ").bind(range.at_least);
    if (range.at_most) sql.add(" AND ").add(number).add(" <= ").bind(*range.at_most);
    return sql;
}

// The customers who have so many, each once.
Sql members_of(const Source& source, const Range& range) {
    Sql sql;
    sql.add("SELECT " + source.customer + " AS customer FROM " + source.from + " WHERE " + source.customer +
            " IS NOT NULL");
    if (!source.where.empty()) sql.add(" AND ").add(source.where);
    // The plus keeps SQLite from following an index by customer from row to row; PostgreSQL decides for
    // itself.
    sql.add(source.is_by_customer ? " GROUP BY " : " GROUP BY +").add(source.customer);
    if (!range.is_any()) {
        const Sql number{source.is_once ? "count(*)" : "count(DISTINCT " + source.id + ")", {}};
        sql.add(" HAVING ").add(within(number, range));
    }
    return sql;
}

// Whether customer c has so many, from his own rows.
Sql probe_for(const Source& source, const Range& range) {
    auto rows = Sql{}.add(" FROM " + source.from + " WHERE " + source.customer + " = c.id");
    if (!source.where.empty()) rows.add(" AND ").add(source.where);
    if (range.is_any()) return Sql{}.add("EXISTS (SELECT 1").add(rows).add(")");
    auto number =
        Sql{}.add(source.is_once ? "(SELECT count(*)" : "(SELECT count(DISTINCT " + source.id + ")");
    return within(number.add(rows).add(")"), range);
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
    else  // "> ''" tells the engine that an index over the filled ones will do
        found = all_of({{shadow_column(*leaf.field) + " > ''", {}},
                        compared_with_any(surroundings.engine(), {shadow_column(*leaf.field), {}},
                                          folded_operands(leaf), op)});
    // NULL stands for no part, or for no term (a memo that nobody of the staff wrote): their texts are empty.
    const bool may_be_null =
        field.of_part ? !surroundings.parts_alone : !field.terms.empty() && leaf.field->nullable;
    if (may_be_null) {
        const auto column = surroundings.column(leaf.field->column);
        found = op == Operator::empty ? any_of({{column + " IS NULL", {}}, found})
                                      : all_of({{column + " IS NOT NULL", {}}, found});
    }
    return {.predicate = is_negative(leaf.op) ? not_of(found) : found};
}

Piece compile_has(const Surroundings& surroundings, const Condition& condition) {
    const auto& [thing, at_least, at_most] = condition.has;
    std::vector<Sql> parts;
    if (!thing->count_column.empty() && is_everything(condition)) {
        const auto column = "c." + thing->count_column;
        const bool is_fact_column = is_fact(thing->count_column);
        if (at_least == 0 && at_most == 0)
            return {.predicate = {column + " = 0", {}},
                    .own_index = column == "c.order_count" ? "customer_without_orders" : "",
                    .only_facts = is_fact_column};
        parts.push_back(Sql{}.add(column).add(" >= ").bind(at_least));
        if (at_most) parts.push_back(Sql{}.add(column).add(" <= ").bind(*at_most));
        return {.predicate = all_of(parts), .only_facts = is_fact_column};
    }
    const auto source = source_for(surroundings, condition);
    const bool negated = at_least == 0;
    if (negated && !at_most) return {.predicate = always()};
    const auto range = negated ? Range{*at_most + 1} : Range{at_least, at_most};
    Piece piece;
    piece.members = members_of(source, range);
    piece.all_but_members = negated;
    piece.predicate = Sql{}.add("c.id IN (").add(piece.members).add(")");
    piece.probe = probe_for(source, range);
    if (!negated) return piece;
    piece.predicate = not_of(piece.predicate);
    piece.probe = not_of(piece.probe);
    return piece;
}

}  // namespace otokui::search
