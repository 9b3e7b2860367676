#include <algorithm>
#include <stdexcept>

#include "list/service.hpp"
#include "search/piece.hpp"
#include "search/tally.hpp"
#include "search/text_index.hpp"

namespace otokui::search {
namespace {

using core::DayOperand;
using core::Field;
using core::FieldType;
using core::Leaf;
using core::Operator;

constexpr int kLastYear = 9999;

// Builds predicates over one column. A comparison with NULL is made false, so that its complement is true.
class ColumnPredicates {
public:
    ColumnPredicates(std::string column, bool nullable) : column_(std::move(column)), nullable_(nullable) {}

    Sql compared(std::string_view with, storage::Value value) const {
        return guarded(Sql{}.add(column_).add(" ").add(with).add(" ").bind(std::move(value)));
    }
    Sql within(storage::Value from, storage::Value to) const {
        return guarded(
            Sql{}.add(column_).add(" BETWEEN ").bind(std::move(from)).add(" AND ").bind(std::move(to)));
    }
    Sql empty() const { return nullable_ ? Sql{}.add(column_).add(" IS NULL") : never(); }
    Sql guarded(Sql predicate) const {
        if (!nullable_) return predicate;
        return Sql{}.add("(").add(column_).add(" IS NOT NULL AND ").add(predicate).add(")");
    }
    const std::string& column() const { return column_; }

private:
    std::string column_;
    bool nullable_;
};

Sql not_empty_of(const Sql& empty) { return not_of(empty); }

Sql compile_number(const ColumnPredicates& column, const Leaf& leaf) {
    const auto single = [&] { return std::get<std::int64_t>(leaf.value); };
    switch (leaf.op) {
        case Operator::is:
            return column.compared("=", single());
        case Operator::at_least:
            return column.compared(">=", single());
        case Operator::at_most:
            return column.compared("<=", single());
        case Operator::between: {
            const auto [from, to] = std::get<std::pair<std::int64_t, std::int64_t>>(leaf.value);
            return column.within(from, to);
        }
        case Operator::empty:
            return column.empty();
        case Operator::not_empty:
            return not_empty_of(column.empty());
        default:
            throw std::logic_error("not an operator of numbers");
    }
}

// Both ends inclusive; either may be open.
struct DayRange {
    std::optional<Day> from, to;
};

DayRange day_range(const Leaf& leaf, Day today) {
    if (leaf.op == Operator::between) {
        const auto& [from, to] = std::get<std::pair<DayOperand, DayOperand>>(leaf.value);
        return {from.resolve(today), to.resolve(today)};
    }
    const Day day = std::get<DayOperand>(leaf.value).resolve(today);
    if (leaf.op == Operator::is) return {day, day};
    return leaf.op == Operator::at_least ? DayRange{day, {}} : DayRange{{}, day};
}

Sql compile_moment(const ColumnPredicates& column, const Leaf& leaf, Day today) {
    if (leaf.op == Operator::empty) return column.empty();
    if (leaf.op == Operator::not_empty) return not_empty_of(column.empty());
    const auto [from, to] = day_range(leaf, today);
    std::vector<Sql> parts;
    if (from) parts.push_back(column.compared(">=", start_of(*from).milliseconds));
    if (to) parts.push_back(column.compared("<", start_of(add_days(*to, 1)).milliseconds));
    return all_of(parts);
}

// Only ends that move with today are days of some year, which can lie that far apart.
bool is_whole_year(const DayOperand& from, const DayOperand& to, Day today) {
    return from.relative && to.relative && to.resolve(today) >= add_months(from.resolve(today), 12);
}

// "MM-DD" of both ends; a range that ends before it begins goes on over 31 December. Who has no birth date
// has an empty text there, which stands before every day.
Sql compile_anniversary(const std::string& column, const Leaf& leaf, Day today) {
    const auto& [from, to] = std::get<std::pair<DayOperand, DayOperand>>(leaf.value);
    const auto month_day = [&](const DayOperand& day) { return format_day(day.resolve(today)).substr(5); };
    const ColumnPredicates yearly(column, false);
    if (is_whole_year(from, to, today)) return yearly.within(std::string("01-01"), std::string("12-31"));
    const auto first = month_day(from), last = month_day(to);
    if (first <= last) return yearly.within(first, last);
    return any_of({yearly.within(first, std::string("12-31")), yearly.within(std::string("01-01"), last)});
}

// True when the range takes little of a year.
bool is_short_anniversary(const Leaf& leaf, Day today) {
    constexpr int kFewDays = 40, kMonth = 31, kYear = 12 * kMonth;
    const auto& [from, to] = std::get<std::pair<DayOperand, DayOperand>>(leaf.value);
    const auto place = [&](const DayOperand& day) {
        const auto resolved = day.resolve(today);
        return static_cast<int>(unsigned(resolved.month())) * kMonth +
               static_cast<int>(unsigned(resolved.day()));
    };
    return !is_whole_year(from, to, today) && (place(to) - place(from) + kYear) % kYear < kFewDays;
}

Sql compile_day(const ColumnPredicates& column, const Leaf& leaf, Day today) {
    if (leaf.op == Operator::empty) return column.empty();
    if (leaf.op == Operator::not_empty) return not_empty_of(column.empty());
    const auto [from, to] = day_range(leaf, today);
    std::vector<Sql> parts;
    if (from) parts.push_back(column.compared(">=", format_day(*from)));
    if (to) parts.push_back(column.compared("<=", format_day(*to)));
    return all_of(parts);
}

enum class Aged { at_least, less_than };

// At least, or less than, `years` old: born on or before, or after, this day of that year. An empty text
// would be wrong where the calendar ends: there it is nobody, or everybody whose day is known.
Sql aged(const ColumnPredicates& birth, Aged which, std::int64_t years, Day today) {
    const bool at_least = which == Aged::at_least;
    const std::int64_t year = int(today.year()) - years;
    if (year < 1) return at_least ? never() : not_empty_of(birth.empty());
    if (year > kLastYear) return at_least ? not_empty_of(birth.empty()) : never();
    // Perhaps no day of that year (29 February); as a text it still stands between its neighbours.
    const Day border{std::chrono::year(static_cast<int>(year)), today.month(), today.day()};
    return birth.compared(at_least ? "<=" : ">", format_day(border));
}

// Ages are days of birth looked at from today: two bounds, which an index can follow.
Sql compile_age(const ColumnPredicates& birth, const Leaf& leaf, Day today) {
    constexpr std::int64_t kOldest = 20'000;  // far beyond the calendar, and n + 1 cannot wrap
    const auto range = [&](std::int64_t from, std::int64_t to) {
        from = std::clamp(from, -kOldest, kOldest);
        to = std::clamp(to, -kOldest, kOldest);
        return all_of(
            {aged(birth, Aged::at_least, from, today), aged(birth, Aged::less_than, to + 1, today)});
    };
    switch (leaf.op) {
        case Operator::is: {
            const auto years = std::get<std::int64_t>(leaf.value);
            return range(years, years);
        }
        case Operator::at_least:
            return range(std::get<std::int64_t>(leaf.value), kOldest);
        case Operator::at_most:
            return range(-kOldest, std::get<std::int64_t>(leaf.value));
        case Operator::between: {
            const auto [from, to] = std::get<std::pair<std::int64_t, std::int64_t>>(leaf.value);
            return range(from, to);
        }
        case Operator::empty:
            return birth.empty();
        default:
            return not_empty_of(birth.empty());
    }
}

Sql compile_codes(const Surroundings& surroundings, const ColumnPredicates& column, const Leaf& leaf) {
    const Sql expression{column.column(), {}};
    const bool has_texts = leaf.field->type == FieldType::choice && !leaf.field->integer_codes;
    const auto empty = [&] { return has_texts ? Sql{}.add(column.column()).add(" = ''") : column.empty(); };
    if (leaf.op == Operator::empty) return empty();
    if (leaf.op == Operator::not_empty) return not_empty_of(empty());
    Sql listed;
    if (const auto* codes = std::get_if<std::vector<std::string>>(&leaf.value))
        listed = in_list(surroundings.engine(), expression, *codes);
    else if (const auto* id = std::get_if<std::int64_t>(&leaf.value))
        listed = column.compared("=", *id);
    else
        listed = column.guarded(
            in_list(surroundings.engine(), expression, std::get<std::vector<std::int64_t>>(leaf.value)));
    const bool complement = leaf.op == Operator::not_in || leaf.op == Operator::is_not;
    return complement ? not_of(listed) : listed;
}

// Months of "MM-DD".
Sql compile_months(const std::string& column, const Leaf& leaf) {
    const Sql empty{column + " = ''", {}};
    if (leaf.op == Operator::empty) return empty;
    if (leaf.op == Operator::not_empty) return not_of(empty);
    std::vector<Sql> months;
    for (const auto month : std::get<std::vector<std::int64_t>>(leaf.value)) {
        const auto start = (month < 10 ? "0" : "") + std::to_string(month) + "-";
        months.push_back(ColumnPredicates(column, false).within(start + "01", start + "31"));
    }
    const auto listed = any_of(months);
    return leaf.op == Operator::in ? listed : not_of(listed);
}

Sql compile_deleted(const Leaf& leaf) {
    if (leaf.op == Operator::empty) return never();
    if (leaf.op == Operator::not_empty) return always();
    std::vector<Sql> parts;
    for (const auto& code : std::get<std::vector<std::string>>(leaf.value))
        parts.push_back({code == "no" ? "c.deleted_at IS NULL" : "c.deleted_at IS NOT NULL", {}});
    const auto listed = any_of(parts);
    return leaf.op == Operator::in ? listed : not_of(listed);
}

std::vector<std::string> codes_of(const Leaf& leaf) {
    if (const auto* codes = std::get_if<std::vector<std::string>>(&leaf.value)) return *codes;
    std::vector<std::string> codes;
    for (const auto number : std::get<std::vector<std::int64_t>>(leaf.value))
        codes.push_back(std::to_string(number));
    return codes;
}

// A choice as tokens of the text index. Of the statuses, which nobody is without, those not asked for are the
// shorter list when members are.
std::optional<Match> match_of_codes(const Leaf& leaf) {
    if (leaf.op != Operator::in && leaf.op != Operator::not_in) return std::nullopt;
    const auto listed = codes_of(leaf);
    const char letter = letter_of(leaf.field->key);
    std::vector<Match> in, out;
    for (const auto& choice : leaf.field->choices) {
        const bool is_listed = std::find(listed.begin(), listed.end(), choice.code) != listed.end();
        (is_listed ? in : out).push_back(match_of({code_token(letter, choice.code), false}));
    }
    if (in.empty() || out.empty()) return std::nullopt;
    const bool by_others = !leaf.field->nullable && in.size() > out.size();
    auto match = match_any(by_others ? out : in);
    if (by_others != (leaf.op == Operator::not_in)) match = negated(*match);
    return match;
}

// Who stands on a kept list. On SQLite a short list leads; up to some size IN, which sorts the list into
// memory first, counts faster than looking into the table row by row (158 to 246 ms for 100,000 of a
// million), beyond it that sorting is what one would wait for. PostgreSQL's planner chooses by itself between
// the ways of EXISTS, where NOT IN over a long list would never end.
Piece compile_list(const Surroundings& surroundings, const ColumnPredicates& column, const Leaf& leaf) {
    constexpr std::int64_t kShort = 20'000, kSorted = 200'000;
    const auto members =
        list::get_members(surroundings.tx, surroundings.actor, std::get<core::ListOperand>(leaf.value));
    const bool is_in = leaf.op == Operator::in;
    Piece piece;
    piece.is_selective = is_in && column.column() == "c.id" && members.count < kShort;
    Sql listed;
    if (members.count < kSorted && column.column() == "c.id" &&
        surroundings.engine() == storage::Engine::sqlite)
        listed.add(column.column()).add(" IN (SELECT customer_id FROM customer_list_member WHERE list_id = ");
    else
        listed.add("EXISTS (SELECT 1 FROM customer_list_member m WHERE m.customer_id = ")
            .add(column.column())
            .add(" AND m.list_id = ");
    listed.bind(members.id.value).add(")");
    piece.predicate = is_in ? listed : not_of(listed);
    return piece;
}

std::string yearly_of(const Surroundings& surroundings, const Field& day) {
    return surroundings.column(day.yearly_column) + std::string(bytewise(surroundings.engine()));
}

// A range of a column that has an index of its own.
void lead_through_own_index(const Surroundings& surroundings, const Field& stored, const Leaf& leaf,
                            Piece& piece) {
    constexpr std::pair<std::string_view, std::string_view> kIndexes[] = {
        {"points", "customer_points"},
        {"purchase_total", "customer_purchase_total"},
        {"last_purchase_at", "customer_last_purchase_at"},
        {"created_at", "customer_created_at"},
        {"level_id", "customer_level"},
        {"birth_date", "customer_birth_date"}};
    const auto found =
        std::ranges::find(kIndexes, stored.column, &std::pair<std::string_view, std::string_view>::first);
    if (found == std::end(kIndexes) || surroundings.thing) return;
    if (leaf.op != Operator::is && leaf.op != Operator::in && leaf.op != Operator::at_least &&
        leaf.op != Operator::at_most && leaf.op != Operator::between)
        return;
    piece.own_index = found->second;
    if (stored.column == "birth_date") piece.own_index_demands = "c.birth_date IS NOT NULL";
}

// The few of whom it is true have an index of their own. What stands there as a number, the engine can hold
// against the condition of that index.
Piece compile_boolean(const Surroundings& surroundings, const std::string& column, bool value) {
    constexpr std::pair<std::string_view, std::string_view> kIndexes[] = {{"c.blocked", "customer_blocked"},
                                                                          {"c.cleaned", "customer_cleaned"}};
    Piece piece{.predicate = {column + (value ? " = 1" : " = 0"), {}}};
    const auto found =
        std::ranges::find(kIndexes, column, &std::pair<std::string_view, std::string_view>::first);
    if (value && !surroundings.thing && found != std::end(kIndexes)) piece.own_index = found->second;
    return piece;
}

bool column_is_nullable(const Field& field) {
    return field.nullable && field.type != FieldType::text && field.type != FieldType::set &&
           (field.type != FieldType::choice || field.integer_codes);
}

}  // namespace

Piece compile_fact_leaf(const Surroundings& surroundings, const Leaf& leaf) {
    const Field& field = *leaf.field;
    const Field& stored =
        field.computed_from.empty() ? field : surroundings.catalogue.get(field.computed_from);
    // Days are compared bytewise: by the rules of a language it takes PostgreSQL several times as long.
    const auto collation =
        stored.type == FieldType::day ? bytewise(surroundings.engine()) : std::string_view();
    const ColumnPredicates column(surroundings.column(stored.column) + std::string(collation),
                                  column_is_nullable(stored));
    Piece piece;
    piece.only_facts = is_fact(stored.column);
    piece.is_tallied = surroundings.thing == nullptr && field.computed_from.empty() && is_tick(stored.column);
    switch (field.type) {
        case FieldType::number:
        case FieldType::money:
            piece.predicate = field.computed_from.empty() ? compile_number(column, leaf)
                                                          : compile_age(column, leaf, surroundings.today);
            lead_through_own_index(surroundings, stored, leaf, piece);
            return piece;
        case FieldType::moment:
            piece.predicate = compile_moment(column, leaf, surroundings.today);
            lead_through_own_index(surroundings, stored, leaf, piece);
            return piece;
        case FieldType::day:
            if (leaf.op == Operator::anniversary_between) {
                piece.predicate =
                    compile_anniversary(yearly_of(surroundings, stored), leaf, surroundings.today);
                piece.only_facts = is_fact(stored.yearly_column);
                piece.is_selective = is_short_anniversary(leaf, surroundings.today);
                return piece;
            }
            piece.predicate = compile_day(column, leaf, surroundings.today);
            lead_through_own_index(surroundings, stored, leaf, piece);
            return piece;
        case FieldType::boolean: {
            auto ticked = compile_boolean(surroundings, column.column(), std::get<bool>(leaf.value));
            ticked.only_facts = piece.only_facts;
            ticked.is_tallied = piece.is_tallied;
            return ticked;
        }
        case FieldType::choice:
            if (!stored.yearly_column.empty()) {
                piece.predicate = compile_months(yearly_of(surroundings, stored), leaf);
                piece.only_facts = is_fact(stored.yearly_column);
                return piece;
            }
            if (!field.computed_from.empty()) {
                piece.predicate = compile_deleted(leaf);
                return piece;
            }
            piece.predicate = compile_codes(surroundings, column, leaf);
            if (surroundings.thing != nullptr) return piece;
            if (is_indexed_choice(field.key)) {
                piece.match = match_of_codes(leaf);
                piece.is_weak = true;
            }
            piece.names_status = field.key == "status" && leaf.op == Operator::in;
            if (field.key == "prefecture" && leaf.op == Operator::in) {
                const auto& numbers = std::get<std::vector<std::int64_t>>(leaf.value);
                if (!numbers.empty())
                    piece.prefectures = {*std::min_element(numbers.begin(), numbers.end()),
                                         *std::max_element(numbers.begin(), numbers.end())};
            }
            return piece;
        case FieldType::id:
            if (std::holds_alternative<core::ListOperand>(leaf.value)) {
                auto listed = compile_list(surroundings, column, leaf);
                listed.only_facts = piece.only_facts;
                return listed;
            }
            piece.is_selective = surroundings.thing == nullptr && stored.column == "id" &&
                                 (leaf.op == Operator::is || leaf.op == Operator::in);
            piece.predicate = compile_codes(surroundings, column, leaf);
            return piece;
        case FieldType::reference:
            piece.predicate = compile_codes(surroundings, column, leaf);
            lead_through_own_index(surroundings, stored, leaf, piece);
            return piece;
        case FieldType::set:
            return compile_set(surroundings, leaf);
        case FieldType::text:
            break;
    }
    throw std::logic_error("a text is no fact");
}

}  // namespace otokui::search
