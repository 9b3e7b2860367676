#include "search/testing/reference_orders.hpp"

#include <algorithm>

#include "base/text/shadow.hpp"

namespace otokui::search::test {
namespace {

using core::Condition;
using core::DayOperand;
using core::FieldType;
using core::Operator;

template <class T>
bool listed(const std::vector<T>& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool leaf_fits(const core::Leaf& leaf, const Orders::Values& values, Day today) {
    const auto& field = *leaf.field;
    const auto found = values.find(field.key);
    const auto value = found == values.end() ? storage::Value() : found->second;
    const auto* text = std::get_if<std::string>(&value);
    const auto* number = std::get_if<std::int64_t>(&value);
    const bool is_empty = number == nullptr && (text == nullptr || text->empty());
    if (leaf.op == Operator::empty || leaf.op == Operator::not_empty)
        return is_empty == (leaf.op == Operator::empty);
    bool fits = false;
    if (field.is_text())
        fits = text_fits(leaf, text::shadow(field.shadow, text ? *text : std::string()));
    else if (is_empty)
        fits = false;
    else if (field.type == FieldType::boolean)
        fits = (*number != 0) == std::get<bool>(leaf.value);
    else if (field.type == FieldType::choice)
        fits = listed(std::get<std::vector<std::string>>(leaf.value), *text);
    else if (field.type == FieldType::moment)
        fits = day_fits(leaf, shop_day({*number}), today);
    else if (const auto* ids = std::get_if<std::vector<std::int64_t>>(&leaf.value))
        fits = listed(*ids, *number);
    else
        fits = field.type == FieldType::id ? std::get<std::int64_t>(leaf.value) == *number
                                           : number_fits(leaf, *number);
    return fits != is_negative(leaf.op);
}

bool row_fits(const Condition& condition, const Orders::Values& values, Day today) {
    const auto one = [&](const Condition& part) { return row_fits(part, values, today); };
    const auto& parts = condition.parts;
    switch (condition.kind) {
        case Condition::Kind::all:
            return std::all_of(parts.begin(), parts.end(), one);
        case Condition::Kind::any:
            return std::any_of(parts.begin(), parts.end(), one);
        case Condition::Kind::none:
            return std::none_of(parts.begin(), parts.end(), one);
        default:
            return leaf_fits(condition.leaf, values, today);
    }
}

bool order_fits(const Condition& where, const Orders::Row& order, Day today) {
    if (order.lines.empty()) return row_fits(where, order.values, today);
    return std::any_of(order.lines.begin(), order.lines.end(), [&](const Orders::Values& line) {
        auto both = order.values;
        both.insert(line.begin(), line.end());
        return row_fits(where, both, today);
    });
}

}  // namespace

bool is_negative(Operator op) {
    return op == Operator::is_not || op == Operator::not_contains || op == Operator::not_in ||
           op == Operator::none_of || op == Operator::not_empty;
}

bool text_fits(const core::Leaf& leaf, const std::string& folded) {
    const auto operand = [&] { return text::shadow(leaf.field->shadow, std::get<std::string>(leaf.value)); };
    switch (leaf.op) {
        case Operator::is:
        case Operator::is_not:
            return folded == operand();
        case Operator::contains:
        case Operator::not_contains:
            return folded.find(operand()) != std::string::npos;
        case Operator::starts_with:
            return folded.starts_with(operand());
        case Operator::ends_with:
            return folded.ends_with(operand());
        default: {
            const auto& values = std::get<std::vector<std::string>>(leaf.value);
            return std::any_of(values.begin(), values.end(), [&](const auto& one) {
                return text::shadow(leaf.field->shadow, one) == folded;
            });
        }
    }
}

bool number_fits(const core::Leaf& leaf, std::int64_t number) {
    if (leaf.op == Operator::between) {
        const auto [from, to] = std::get<std::pair<std::int64_t, std::int64_t>>(leaf.value);
        return from <= number && number <= to;
    }
    const auto wanted = std::get<std::int64_t>(leaf.value);
    return leaf.op == Operator::is         ? number == wanted
           : leaf.op == Operator::at_least ? number >= wanted
                                           : number <= wanted;
}

bool day_fits(const core::Leaf& leaf, Day day, Day today) {
    if (const auto* range = std::get_if<std::pair<DayOperand, DayOperand>>(&leaf.value)) {
        const Day from = range->first.resolve(today), to = range->second.resolve(today);
        if (leaf.op == Operator::between) return from <= day && day <= to;
        const auto of_year = [](Day one) { return std::pair(one.month(), one.day()); };
        const auto turns =
            range->first.relative && range->second.relative ? to.year() - from.year() : std::chrono::years(0);
        if (turns.count() > (of_year(to) >= of_year(from) ? 0 : 1)) return true;
        const bool after = of_year(day) >= of_year(from), before = of_year(day) <= of_year(to);
        return of_year(from) <= of_year(to) ? after && before : after || before;
    }
    const Day wanted = std::get<DayOperand>(leaf.value).resolve(today);
    return leaf.op == Operator::is         ? day == wanted
           : leaf.op == Operator::at_least ? day >= wanted
                                           : day <= wanted;
}

Orders::Orders(std::vector<Row> rows) {
    for (auto& row : rows) by_customer_[row.customer].push_back(std::move(row));
}

const std::vector<Orders::Row>& Orders::of(std::int64_t customer) const {
    static const std::vector<Row> kNone;
    const auto found = by_customer_.find(customer);
    return found == by_customer_.end() ? kNone : found->second;
}

bool Orders::has(std::int64_t customer, const Condition& condition, Day today) const {
    const auto& orders = of(customer);
    const auto count = std::count_if(orders.begin(), orders.end(), [&](const Row& order) {
        return condition.parts.empty() || order_fits(condition.parts.front(), order, today);
    });
    return count >= condition.has.at_least && (!condition.has.at_most || count <= *condition.has.at_most);
}

bool Orders::has_number(std::int64_t customer, const std::string& plain) const {
    const auto& orders = of(customer);
    return std::any_of(orders.begin(), orders.end(), [&](const Row& order) {
        const auto number =
            text::shadow(text::ShadowKind::text, std::get<std::string>(order.values.at("number")));
        return number == plain || (plain.size() >= 5 && number.starts_with(plain));
    });
}

}  // namespace otokui::search::test
