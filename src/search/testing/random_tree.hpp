#pragma once

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/text/shadow.hpp"
#include "core/condition.hpp"
#include "search/testing/dice.hpp"

namespace otokui::search::test {

/// Random conditions about everything the catalogue has and about kept lists; operands are often parts of
/// `texts`.
class RandomTree {
    using object = boost::json::object;
    using array = boost::json::array;
    using Field = core::Field;
    using FieldType = core::FieldType;
    using Operator = core::Operator;

public:
    RandomTree(Dice& dice, const core::Catalogue& catalogue, const std::vector<std::string>& texts,
               const std::vector<std::string>& lists, Moment now)
        : dice_(dice), catalogue_(catalogue), texts_(texts), lists_(lists), now_(now) {}

    boost::json::value node(int depth) {
        if (thing_ == nullptr && dice_.once_in(6)) return has(dice_.pick(catalogue_.things()), depth);
        if (depth == 0 || dice_.once_in(3)) return leaf();
        array parts;
        for (int i = dice_.roll(0, 4); i > 0; --i) parts.push_back(node(depth - 1));
        static constexpr const char* kGroups[] = {"all", "any", "none"};
        return object{{dice_.pick(kGroups), std::move(parts)}};
    }

    /// A condition about one kind of thing.
    boost::json::value has(const core::Thing& thing, int depth) {
        object result{{"has", thing.key}};
        if (!dice_.once_in(5)) {
            thing_ = &thing;
            result["where"] = node(std::min(depth, 2));
            thing_ = nullptr;
        }
        const int from = dice_.roll(0, 3);
        const object counts[] = {{{"at_least", from}},
                                 {{"at_most", from}},
                                 {{"between", object{{"from", from}, {"to", from + dice_.roll(0, 2)}}}}};
        if (!dice_.once_in(3)) result["count"] = dice_.pick(counts);
        return result;
    }

private:
    const Field& field() {
        if (thing_) return dice_.pick(thing_->fields).field;
        const auto own = catalogue_.own_fields();
        return !own.empty() && dice_.once_in(4) ? *dice_.pick(own) : dice_.pick(catalogue_.fields());
    }
    boost::json::value leaf() {
        if (thing_ == nullptr && dice_.once_in(6))
            return object{{"text", operand() + (dice_.once_in(3) ? " " + operand() : "")}};
        if (thing_ == nullptr && !lists_.empty() && dice_.once_in(12))
            return object{
                {"field", "id"}, {"op", dice_.once_in(2) ? "in" : "not_in"}, {"list", dice_.pick(lists_)}};
        const Field& field = this->field();
        const auto op = dice_.pick(core::operators_of(field));
        object leaf{{"field", field.key}, {"op", core::name_of(op)}};
        if (op != Operator::empty && op != Operator::not_empty) leaf["value"] = value(field, op);
        return leaf;
    }

    std::string operand() {
        const std::string typed = dice_.once_in(3) ? dice_.text(4) : part_of(dice_.pick(texts_));
        return typed + (text::shadow(text::ShadowKind::text, typed).empty() ? "1" : "");
    }
    std::string part_of(const std::string& text) {
        const auto points = static_cast<int>(text::code_point_count(text));
        const auto from = dice_.roll(0, points), length = dice_.roll(1, 4);
        const auto head = text::first_code_points(text, static_cast<std::size_t>(from));
        return std::string(text::first_code_points(std::string_view(text).substr(head.size()),
                                                   static_cast<std::size_t>(length)));
    }
    std::string operand_of(const Field& field) {
        for (;;) {
            auto typed = dice_.once_in(3) ? dice_.pick(texts_) : operand();
            if (!text::shadow(field.shadow, typed).empty()) return typed;
        }
    }

    boost::json::value day() {
        if (dice_.once_in(2))
            return object{{dice_.once_in(2) ? "ago" : "ahead", dice_.roll(0, 20)},
                          {"unit", dice_.once_in(2)   ? "day"
                                   : dice_.once_in(2) ? "week"
                                                      : "month"}};
        return boost::json::string(
            format_day(add_days(shop_day(now_), static_cast<int>(dice_.day_offset()))));
    }
    // Up to some time more than a year from today.
    boost::json::value moving() {
        static constexpr std::pair<const char*, int> kUnits[] = {
            {"day", 400}, {"week", 60}, {"month", 14}, {"year", 2}};
        const auto& [unit, most] = dice_.pick(kUnits);
        return object{{dice_.once_in(2) ? "ago" : "ahead", dice_.roll(0, most)}, {"unit", unit}};
    }
    boost::json::value month_day() {
        const auto day = add_days(Day{std::chrono::year(2000), std::chrono::January, std::chrono::day(1)},
                                  dice_.roll(0, 365));
        return boost::json::string(format_day(day).substr(5));
    }
    boost::json::value range(boost::json::value from, boost::json::value to) {
        return object{{"from", std::move(from)}, {"to", std::move(to)}};
    }

    boost::json::value day_range() {
        auto from = day(), to = day();
        // Two written days in the wrong order would be refused.
        if (from.is_string() && to.is_string() && from.as_string() > to.as_string()) std::swap(from, to);
        if (from.is_object() && to.is_object()) to = object{{"ahead", 70}, {"unit", "week"}};
        return range(std::move(from), std::move(to));
    }
    boost::json::value value(const Field& field, Operator op) {
        const bool is_list = op == Operator::in || op == Operator::not_in || op == Operator::any_of ||
                             op == Operator::all_of || op == Operator::none_of;
        if (is_list) {
            array list;
            const int size = dice_.once_in(10) ? 20 : dice_.roll(0, 3);
            for (int i = 0; i < size; ++i) list.push_back(single(field));
            return list;
        }
        if (op == Operator::anniversary_between)
            return dice_.once_in(2) ? range(month_day(), month_day()) : range(moving(), moving());
        if (op != Operator::between) return single(field);
        if (field.type == FieldType::day || field.type == FieldType::moment) return day_range();
        const int from = dice_.roll(-1, 4);
        return range(from, from + dice_.roll(0, 2));
    }
    boost::json::value single(const Field& field) {
        if (field.has_text_codes()) return boost::json::string(dice_.pick(field.choices).code);
        switch (field.type) {
            case FieldType::text:
                return boost::json::string(operand_of(field));
            case FieldType::choice:
                if (field.key == "prefecture") return dice_.roll(12, 14);
                if (field.integer_codes) return std::stoll(dice_.pick(field.choices).code);
                return boost::json::string(dice_.pick(field.choices).code);
            case FieldType::id:
            case FieldType::reference:
            case FieldType::set:
                return boost::json::string(std::to_string(dice_.roll(1, 4)));
            case FieldType::number:
            case FieldType::money:
                return dice_.roll(-1, 5);
            case FieldType::day:
            case FieldType::moment:
                return day();
            case FieldType::boolean:
                return dice_.once_in(2);
        }
        return nullptr;
    }

    Dice& dice_;
    const core::Catalogue& catalogue_;
    const std::vector<std::string>& texts_;
    const std::vector<std::string>& lists_;  // names of kept lists
    const Moment now_;
    const core::Thing* thing_ = nullptr;  // within `where`
};

}  // namespace otokui::search::test
