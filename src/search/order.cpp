#include "search/order.hpp"

#include <algorithm>
#include <stdexcept>

#include "search/piece.hpp"

namespace otokui::search {
namespace {

using core::Field;
using core::FieldType;
using storage::Engine;

struct Index {
    std::string_view column, name;
};
/// Of migrations 0006 and 0038; customer_kana goes on with both names.
constexpr Index kIndexes[] = {
    {"kana_sort", "customer_kana"},
    {"email", "customer_email"},
    {"number_text", "customer_number_text"},
    {"created_at", "customer_created_at"},
    {"purchase_total", "customer_purchase_total"},
    {"last_purchase_at", "customer_last_purchase_at"},
    {"points", "customer_points"},
};

/// Columns whose order is the order of the field. Names go by 五十音順, then as written.
std::vector<std::string> columns_of(const Field& field) {
    if (field.key == "name" || field.key == "kana") return {"kana_sort", "family_name", "given_name"};
    if (field.is_text() && !field.shadow_column.empty()) return {field.shadow_column};
    return {field.column};
}

/// Keys and codes of own fields stand in the text of an order, which binds nothing: they are what their rules
/// allow, letters, digits, _ and -.
std::string quoted(std::string_view code) {
    const bool is_plain = std::ranges::all_of(code, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    });
    if (!is_plain) throw std::logic_error("no code of an own field: " + std::string(code));
    return "'" + std::string(code) + "'";
}

/// What one customer answered to an own field, as a value that orders: texts folded, choices by their place
/// among the options.
std::string answer_of(Engine engine, const Field& field) {
    std::string value = field.is_text() ? "shadow" : "number";
    if (field.type == FieldType::choice) {
        value = "CASE code";
        for (std::size_t i = 0; i < field.choices.size(); ++i)
            value += " WHEN " + quoted(field.choices[i].code) + " THEN " + std::to_string(i);
        value += " ELSE " + std::to_string(field.choices.size()) + " END";
    }
    const auto* index = engine == Engine::sqlite ? " INDEXED BY customer_answer_customer" : "";
    return "(SELECT " + value + " FROM customer_answer" + index +
           " WHERE customer_id = c.id AND field = " + quoted(field.answer) + ")";
}

bool is_stored_as_text(const Field& field) {
    return field.is_text() || field.type == FieldType::day ||
           (field.type == FieldType::choice && !field.integer_codes);
}

}  // namespace

Order::Order(Engine engine, const std::vector<SortBy>& sort) {
    for (const auto& by : sort) {
        if (by.field->key == "id") {  // nothing behind it can matter
            add_key("", by.descending);
            name_ += by.descending ? "id-" : "id+";
            break;
        }
        add(engine, by);
    }
    const bool has_id = !keys_.empty() && keys_.back().expression.empty();
    if (!has_id) add_key("", keys_.empty() || keys_.back().descending);
    if (keys_.size() == 1) index_ = kById;
    const bool one_way = std::all_of(keys_.begin(), keys_.end(), [&](const Key& key) {
        return key.descending == keys_.front().descending;
    });
    if (!one_way || sort.size() > 1) index_ = keys_.size() == 1 ? kById : "";
}

// Whoever gave no answer is 未設定; a tick that was not set is a no like any other.
void Order::add_own(Engine engine, const SortBy& by) {
    const Field& field = *by.field;
    const bool is_first = keys_.empty(), is_text = field.is_text();
    const auto answer = answer_of(engine, field);
    const auto answered =
        "c.id IN (SELECT customer_id FROM customer_answer WHERE field = " + quoted(field.answer) + ")";
    if (field.nullable && is_first) {
        filled_ = {answered, {}};
        empty_ = {"NOT " + answered, {}};
        empty_is_null_ = true;
    } else if (field.nullable) {
        add_key("CASE WHEN " + answered + " THEN 0 ELSE 1 END", false);
    }
    const auto collation = is_text ? std::string(bytewise(engine)) : std::string();
    const bool may_be_null = field.nullable && is_first;
    add_key((may_be_null ? answer : "COALESCE(" + answer + (is_text ? ", '')" : ", 0)")) + collation,
            by.descending, is_text);
    only_facts_ = false;
    name_ += field.key + (by.descending ? "-" : "+");
}

void Order::add(Engine engine, const SortBy& by) {
    if (by.field->is_own()) return add_own(engine, by);
    const Field& field = *by.field;
    const bool is_text = is_stored_as_text(field);
    const auto columns = columns_of(field);
    const auto collation = is_text ? bytewise(engine) : std::string_view();
    const auto column = "c." + columns.front() + std::string(collation);
    const bool null_is_empty = field.nullable && !field.is_text() && field.parts.empty();
    const bool text_is_empty = field.nullable && (field.is_text() || !field.parts.empty());
    if (keys_.empty() && null_is_empty) {
        filled_ = {column + " IS NOT NULL", {}};
        empty_ = {column + " IS NULL", {}};
        empty_is_null_ = true;
    } else if (keys_.empty() && text_is_empty) {
        filled_ = {column + " > ''", {}};
        empty_ = {column + " = ''", {}};
    } else if (null_is_empty) {
        add_key("CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END", false);
    } else if (text_is_empty) {
        add_key("CASE WHEN " + column + " = '' THEN 1 ELSE 0 END", false);
    }
    if (keys_.empty())
        for (const auto& index : kIndexes)
            if (index.column == columns.front()) index_ = index.name;
    // NULL in a comparison is neither behind nor before: other keys than the first read it as the least
    // value.
    const auto readable = [&](const std::string& expression) {
        if (!null_is_empty || keys_.empty()) return expression;
        return "COALESCE(" + expression + (is_text ? ", '')" : ", 0)");
    };
    for (const auto& one : columns) {
        add_key(readable("c." + one + std::string(collation)), by.descending, is_text);
        only_facts_ = only_facts_ && is_fact(one);
    }
    name_ += field.key + (by.descending ? "-" : "+");
}

bool Order::accepts(const storage::Values& place) const {
    if (place.size() != keys_.size()) return false;
    for (std::size_t i = 0; i < place.size(); ++i) {
        const bool may_be_null = i == 0 && empty_is_null_;
        const bool fits = keys_[i].is_text ? std::holds_alternative<std::string>(place[i])
                                           : std::holds_alternative<std::int64_t>(place[i]);
        if (!fits && !(may_be_null && storage::is_null(place[i]))) return false;
    }
    return true;
}

std::string Order::selected(std::string_view id) const {
    std::string text(id);
    for (const auto& key : keys_) text.append(", ").append(expression_of(key, id));
    return text;
}

std::string Order::order_by(Walk walk, std::string_view id) const {
    std::string text;
    for (const auto& key : keys_) {
        text += text.empty() ? " ORDER BY " : ", ";
        text.append(expression_of(key, id));
        if (key.descending == (walk == Walk::forward)) text += " DESC";
    }
    return text;
}

Order::Segment Order::segment_of(const storage::Values& place) const {
    if (!has_segments()) return Segment::filled;
    const auto* text = std::get_if<std::string>(&place.front());
    const bool empty = empty_is_null_ ? storage::is_null(place.front()) : text != nullptr && text->empty();
    return empty ? Segment::empty : Segment::filled;
}

bool Order::comes_before(const storage::Values& a, const storage::Values& b) const {
    if (segment_of(a) != segment_of(b)) return segment_of(a) == Segment::filled;
    for (std::size_t i = 0; i < keys_.size(); ++i)
        if (a[i] != b[i]) return (a[i] < b[i]) != keys_[i].descending;
    return false;
}

Sql Order::behind(const storage::Values& place, Walk walk, std::string_view id) const {
    // In the empty segment the first key is the same for all.
    const std::size_t first = has_segments() && segment_of(place) == Segment::empty ? 1 : 0;
    const auto sign = [&](const Key& key) {
        return key.descending == (walk == Walk::forward) ? " < " : " > ";
    };
    const bool one_way =
        std::all_of(keys_.begin() + static_cast<std::ptrdiff_t>(first), keys_.end(),
                    [&](const Key& key) { return key.descending == keys_[first].descending; });
    if (one_way) {  // a comparison of rows, which an index can follow
        Sql left{"(", {}}, right{"(", {}};
        for (std::size_t i = first; i < keys_.size(); ++i) {
            const char* separator = i == first ? "" : ", ";
            left.add(separator).add(expression_of(keys_[i], id));
            right.add(separator).bind(place[i]);
        }
        return left.add(")").add(sign(keys_[first])).add(right).add(")");
    }
    std::vector<Sql> ways;  // equal up to some key, behind there
    for (std::size_t i = first; i < keys_.size(); ++i) {
        std::vector<Sql> parts;
        for (std::size_t same = first; same < i; ++same)
            parts.push_back(Sql{}.add(expression_of(keys_[same], id)).add(" = ").bind(place[same]));
        parts.push_back(Sql{}.add(expression_of(keys_[i], id)).add(sign(keys_[i])).bind(place[i]));
        ways.push_back(all_of(parts));
    }
    return any_of(ways);
}

}  // namespace otokui::search
