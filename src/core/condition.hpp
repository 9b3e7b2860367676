#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "core/catalogue.hpp"

// The one language of conditions. The same tree is the list screen, a saved search, the target of an export
// or bulk operation and an API call. This is the tree itself: parsed and checked against the catalogue, free
// of SQL; search/ turns it into SQL.
namespace otokui::core {

enum class Operator {
    is,
    is_not,
    contains,
    not_contains,
    starts_with,
    ends_with,  // text
    in,
    not_in,  // text (in only), id, choice, reference
    any_of,
    all_of,
    none_of,  // set
    between,
    at_least,
    at_most,              // number, money, day, moment
    anniversary_between,  // days (birth_date): month and day within a range that comes every year
    empty,
    not_empty
};

/// A day as written, or relative to the day the search runs ("30 days ago", 相対日付).
struct DayOperand {
    enum class Unit { day, week, month, year };
    Day day = {};
    bool relative = false;
    int offset = 0;  // negative: ago
    Unit unit = Unit::day;

    /// The day meant when `today` is the shop's day; a missing day of month is the month's end. Days outside
    /// the years 1 to 9999 become the first or last of them.
    Day resolve(Day today) const;
    bool operator==(const DayOperand&) const = default;
};

/// The year that stands in the operands of anniversary_between when they were written "MM-DD": it has a
/// 29 February.
inline constexpr std::chrono::year kAnyYear{2000};

/// A kept list of customers (POST /lists) in the place of values: `{"field":"id","op":"in","list":"…"}`. That
/// it exists, and whose it is, is looked up when the condition is used.
struct ListOperand {
    std::string list;
    std::string pointer;  // of the name in what was parsed, for whoever finds no such list
};

/// Operands after checking: texts are as typed (folding them is the searcher's work).
using Operand = std::variant<std::monostate,                         // empty, not_empty
                             bool,                                   // boolean is
                             std::int64_t,                           // number is, at_least, at_most; id is
                             std::pair<std::int64_t, std::int64_t>,  // number between
                             std::string,                            // text
                             std::vector<std::string>,               // in, not_in over texts and codes
                             std::vector<std::int64_t>,          // in, any_of … over ids and integer codes
                             DayOperand,                         // day is, at_least, at_most
                             std::pair<DayOperand, DayOperand>,  // day between
                             ListOperand>;                       // in, not_in over ids

struct Leaf {
    const Field* field = nullptr;  // in the catalogue the tree was parsed with, which outlives the tree
    Operator op = Operator::is;
    Operand value = {};
};

/// The one box: words split on spaces and ANDed.
struct TextLeaf {
    std::vector<std::string> words;
};

/// How many of a thing a customer has; both ends inclusive.
struct HasLeaf {
    const Thing* thing = nullptr;  // in the catalogue the tree was parsed with
    std::int64_t at_least = 1;
    std::optional<std::int64_t> at_most = {};
};

/// A node of the tree: a group over `parts`, a leaf, the one box, or things a customer has.
struct Condition {
    enum class Kind { all, any, none, leaf, text, has };
    Kind kind = Kind::all;
    std::vector<Condition> parts;  // all, any, none; of has the condition on each thing, or nothing
    Leaf leaf = {};
    TextLeaf text = {};
    HasLeaf has = {};
};

inline constexpr int kMaxConditionDepth = 32;
inline constexpr std::size_t kMaxConditionLeaves = 2000;
inline constexpr std::size_t kMaxInlineValues = 10'000;
inline constexpr std::int64_t kMaxCounted = 1'000'000'000;
inline constexpr std::size_t kMaxTextLength = 1000;  // of the one box, in characters

/// Reads a tree. Every fault at once (at most json::ObjectReader::kMaxErrors) as field errors whose pointers
/// lead into the tree ("/all/1/value"), Refused invalid "condition.invalid": unknown_field, unknown_operator,
/// operator_not_for_type, wrong_type, required, not_a_date, out_of_range, reversed_range, unknown_choice,
/// unknown_thing, too_many, too_deep, too_long, empty_text, unknown_list. `prefix` stands before each pointer
/// ("/condition"). A null tree is "everybody": an empty `all`. Groups over no parts and lists without values
/// mean what logic says: `all` and `none` of nothing are true, `any` of nothing and `in` [] are false.
Condition parse_condition(const Catalogue& catalogue, const boost::json::value& tree,
                          std::string_view prefix = "");

/// The words of the one box; Refused (empty_text) when nothing is left to search for.
TextLeaf parse_text(std::string_view text, std::string_view pointer = "/text");

/// What parse_condition reads back as the same tree.
boost::json::value to_json(const Condition& condition);

/// True when some leaf is about the customer's field `key`: the root gets deleted in ["no"] unless one is
/// about deleted.
bool mentions(const Condition& condition, std::string_view key);
/// All fields the tree asks about, those of things too, for rights and the reading log.
std::vector<const Field*> fields_of(const Condition& condition);
/// The lists the tree names, in its order.
std::vector<const ListOperand*> lists_of(const Condition& condition);

/// Refused invalid condition.invalid.
[[noreturn]] void refuse_condition(std::vector<FieldError> errors);
/// What a condition is refused with that names a list nobody has or another's.
FieldError unknown_list(const ListOperand& list);
/// All things the tree asks about.
std::vector<const Thing*> things_of(const Condition& condition);

std::string_view name_of(Operator op);
std::optional<Operator> find_operator(std::string_view name);
/// The operators a type knows, in the order the screen offers them.
std::vector<Operator> operators_of(const Field& field);

}  // namespace otokui::core
