#include "search/compare_text.hpp"

#include "base/prefectures.hpp"
#include "base/text/shadow.hpp"

namespace otokui::search {
namespace {

using core::Field;
using core::Leaf;
using core::Operator;
using storage::Engine;

constexpr int kPrefectures = 47;

}  // namespace

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

Sql compared_with_any(Engine engine, Sql shadow, const std::vector<std::string>& operands, Operator op) {
    if (op != Operator::in) return compared(engine, shadow, anchor_of(op), operands.front());
    shadow.add(bytewise(engine));
    return in_list(engine, shadow, operands);
}

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

}  // namespace otokui::search
