#include "search/testing/reference.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/prefectures.hpp"
#include "base/text/birth_date.hpp"
#include "base/text/shadow.hpp"
#include "core/answers.hpp"
#include "core/id_set.hpp"
#include "core/record_json.hpp"

namespace otokui::search::test {
namespace {

using core::Condition;
using core::Field;
using core::FieldType;
using core::Operator;
using core::Record;

template <class T>
bool listed(const std::vector<T>& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

const storage::Value& Reference::value(const Record& row, const std::string& column) const {
    return row.values[table_.column(column)];
}

std::string Reference::text(const Record& row, const std::string& column) const {
    const auto* text = std::get_if<std::string>(&value(row, column));
    return text ? *text : std::string();
}

std::string Reference::shadow(const Record& row, const Field& field) const {
    if (field.parts.empty()) return text::shadow(field.shadow, text(row, field.column));
    std::string joined;
    for (const auto& key : field.parts) {
        const auto& part = catalogue_.get(key);
        const auto* number = std::get_if<std::int64_t>(&value(row, part.column));
        joined += part.is_text() ? shadow(row, part)
                  : number       ? text::shadow(field.shadow, prefecture_name(static_cast<int>(*number)))
                                 : "";
    }
    return joined;
}

bool Reference::is_empty(const Record& row, const Field& field) const {
    if (!field.computed_from.empty())
        return field.key != "deleted" && is_empty(row, catalogue_.get(field.computed_from));
    if (!field.parts.empty())
        return std::all_of(field.parts.begin(), field.parts.end(),
                           [&](const auto& key) { return is_empty(row, catalogue_.get(key)); });
    if (field.column == "id") return false;
    const auto& stored = value(row, field.column);
    return storage::is_null(stored) || stored == storage::Value(std::string());
}

bool Reference::day_leaf(const Record& row, const core::Leaf& leaf, Day today) const {
    const auto& stored = value(row, leaf.field->column);
    const bool is_day = leaf.field->type == FieldType::day;
    return day_fits(
        leaf, is_day ? *parse_day(std::get<std::string>(stored)) : shop_day({std::get<std::int64_t>(stored)}),
        today);
}

bool Reference::own_leaf(const Record& row, const core::Leaf& leaf, Day today) const {
    const auto answers = core::answers::parse(text(row, "answers"));
    const auto* answer = answers.if_contains(leaf.field->answer);
    if (leaf.op == Operator::empty || leaf.op == Operator::not_empty)
        return (answer == nullptr) != is_negative(leaf.op);
    if (leaf.field->type == FieldType::boolean) return (answer != nullptr) == std::get<bool>(leaf.value);
    bool holds = false;
    const auto has = [&](const std::string& code) {
        const auto& codes = answer->as_array();
        return std::any_of(codes.begin(), codes.end(),
                           [&](const auto& one) { return one.as_string() == code; });
    };
    if (leaf.field->has_text_codes()) {
        const auto& wanted = std::get<std::vector<std::string>>(leaf.value);
        holds = leaf.op == Operator::all_of
                    ? (answer ? std::all_of(wanted.begin(), wanted.end(), has) : wanted.empty())
                    : answer && std::any_of(wanted.begin(), wanted.end(), has);
    } else if (answer == nullptr) {
        holds = false;
    } else if (leaf.field->is_text()) {
        holds = text_fits(leaf, text::shadow(leaf.field->shadow, std::string_view(answer->as_string())));
    } else if (leaf.field->type == FieldType::day) {
        holds = day_fits(leaf, *parse_day(std::string_view(answer->as_string())), today);
    } else {
        holds = number_fits(leaf, answer->as_int64());
    }
    return holds != is_negative(leaf.op);
}

bool Reference::leaf(const Record& row, const core::Leaf& leaf, Day today) const {
    const Field& field = *leaf.field;
    if (field.is_own()) return own_leaf(row, leaf, today);
    if (leaf.op == Operator::empty || leaf.op == Operator::not_empty)
        return is_empty(row, field) != is_negative(leaf.op);
    bool holds = false;
    if (const auto* list = std::get_if<core::ListOperand>(&leaf.value)) {
        holds = lists_.at(list->list).contains(row.id);
    } else if (field.is_text()) {
        holds = text_fits(leaf, shadow(row, field));
    } else if (field.key == "deleted") {
        const std::string mode = storage::is_null(value(row, "deleted_at")) ? "no" : "yes";
        holds = listed(std::get<std::vector<std::string>>(leaf.value), mode);
    } else if (is_empty(row, field) && field.type != FieldType::set && field.type != FieldType::choice) {
        holds = false;
    } else if (field.key == "birth_month") {
        const auto born = parse_day(text(row, "birth_date"));
        const auto month = born ? std::int64_t{unsigned(born->month())} : 0;
        holds = listed(std::get<std::vector<std::int64_t>>(leaf.value), month);
    } else if (field.key == "age") {
        const auto born = *parse_day(text(row, "birth_date"));
        holds = number_fits(leaf, text::age_on(born, today));
    } else if (field.type == FieldType::day || field.type == FieldType::moment) {
        holds = day_leaf(row, leaf, today);
    } else if (field.type == FieldType::boolean) {
        holds = (std::get<std::int64_t>(value(row, field.column)) != 0) == std::get<bool>(leaf.value);
    } else if (field.type == FieldType::set) {
        const auto members = core::parse_set(text(row, field.column));
        const auto& wanted = std::get<std::vector<std::int64_t>>(leaf.value);
        const auto has = [&](std::int64_t id) { return listed(members, id); };
        holds = leaf.op == Operator::all_of ? std::all_of(wanted.begin(), wanted.end(), has)
                                            : std::any_of(wanted.begin(), wanted.end(), has);
    } else if (const auto* codes = std::get_if<std::vector<std::string>>(&leaf.value)) {
        holds = listed(*codes, text(row, field.column));
    } else {
        const auto number = field.column == "id" ? row.id
                            : storage::is_null(value(row, field.column))
                                ? -1
                                : std::get<std::int64_t>(value(row, field.column));
        if (const auto* ids = std::get_if<std::vector<std::int64_t>>(&leaf.value))
            holds = listed(*ids, number);
        else
            holds = field.type == FieldType::id ? number == std::get<std::int64_t>(leaf.value)
                                                : number_fits(leaf, number);
    }
    return holds != is_negative(leaf.op);
}

bool Reference::word(const Record& row, const std::string& word, const core::Actor& actor) const {
    const auto plain = text::shadow(text::ShadowKind::text, word);
    const bool is_number = plain.find_first_of("0123456789") != std::string::npos &&
                           plain.find_first_not_of("0123456789+-().") == std::string::npos;
    for (const auto& field : catalogue_.fields()) {
        if (!field.in_one_box || core::is_masked(field, actor)) continue;
        const bool of_digits =
            field.shadow == text::ShadowKind::phone || field.shadow == text::ShadowKind::digits;
        if (of_digits && !is_number) continue;
        const auto operand = text::shadow(field.shadow, word);
        if (!operand.empty() && shadow(row, field).find(operand) != std::string::npos) return true;
    }
    return actor.may("order.read") && orders_.has_number(row.id, plain);
}

bool Reference::holds(const Record& row, const Condition& condition, const core::Actor& actor,
                      Day today) const {
    const auto one = [&](const Condition& part) { return holds(row, part, actor, today); };
    const auto& parts = condition.parts;
    switch (condition.kind) {
        case Condition::Kind::all:
            return std::all_of(parts.begin(), parts.end(), one);
        case Condition::Kind::any:
            return std::any_of(parts.begin(), parts.end(), one);
        case Condition::Kind::none:
            return std::none_of(parts.begin(), parts.end(), one);
        case Condition::Kind::leaf:
            return leaf(row, condition.leaf, today);
        case Condition::Kind::text:
            return std::all_of(condition.text.words.begin(), condition.text.words.end(),
                               [&](const auto& typed) { return word(row, typed, actor); });
        case Condition::Kind::has:
            return orders_.has(row.id, condition, today);
    }
    return false;
}

storage::Value Reference::answer(const Record& row, const Field& field) const {
    const auto answers = core::answers::parse(text(row, "answers"));
    const auto* answer = answers.if_contains(field.answer);
    if (field.type == FieldType::boolean) return std::int64_t{answer != nullptr};
    if (answer == nullptr) return {};
    if (field.is_text()) return text::shadow(field.shadow, std::string_view(answer->as_string()));
    if (field.type == FieldType::number) return answer->as_int64();
    if (field.type == FieldType::day) return std::string(answer->as_string());
    const auto code = std::string_view(answer->as_array().at(0).as_string());
    return std::ranges::find(field.choices, code, &core::Choice::code) - field.choices.begin();
}

int Reference::compare(const Record& a, const Record& b, const SortBy& by) const {
    const auto sign = [&](auto order) {
        const int forward = order < 0 ? -1 : order > 0 ? 1 : 0;
        return by.descending ? -forward : forward;
    };
    if (by.field->key == "id") return sign(a.id <=> b.id);
    if (by.field->is_own()) {
        const auto left = answer(a, *by.field), right = answer(b, *by.field);
        if (storage::is_null(left) != storage::is_null(right)) return storage::is_null(left) ? 1 : -1;
        return left == right ? 0 : sign(left < right ? -1 : 1);
    }
    std::vector<std::string> columns{by.field->column};
    if (!by.field->parts.empty())
        columns = {"kana_sort", "family_name", "given_name"};
    else if (!by.field->shadow_column.empty())
        columns = {by.field->shadow_column};
    const auto empty = [&](const Record& row) {
        const auto& first = value(row, columns.front());
        return storage::is_null(first) || (by.field->nullable && first == storage::Value(std::string()));
    };
    if (empty(a) != empty(b)) return empty(a) ? 1 : -1;
    for (const auto& column : columns) {
        const auto &left = value(a, column), &right = value(b, column);
        if (left != right) return sign(left < right ? -1 : 1);
    }
    return 0;
}

std::vector<std::int64_t> Reference::find(const Condition& condition, const std::vector<SortBy>& sort,
                                          const core::Actor& actor, Day today) const {
    const bool about_deleted = mentions(condition, "deleted");
    std::vector<const Record*> found;
    for (const auto& row : rows_)
        if ((about_deleted || storage::is_null(value(row, "deleted_at"))) &&
            holds(row, condition, actor, today))
            found.push_back(&row);
    const bool id_descends = sort.empty() || sort.back().descending;
    std::sort(found.begin(), found.end(), [&](const Record* a, const Record* b) {
        for (const auto& by : sort)
            if (const int order = compare(*a, *b, by)) return order < 0;
        return id_descends ? a->id > b->id : a->id < b->id;
    });
    std::vector<std::int64_t> ids;
    for (const auto* row : found) ids.push_back(row->id);
    return ids;
}

}  // namespace otokui::search::test
