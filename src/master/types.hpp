#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_pair.hpp"
#include "core/setting_document.hpp"

// The lists that customers refer to (マスタ): labels, groups, levels, special types, block reasons,
// occupations, customer types. Each is declared once, in masters.cpp; table, routes, checks, history and
// screen follow from that.
namespace otokui::master {

inline constexpr std::int64_t kMaxNameLength = 50;  // characters

/// One thing a row of a master says besides its name. The key is the column and the JSON name.
struct Field {
    enum class Type {
        text,
        integer,
        boolean,  // 0 or 1
        choice,
        color,  // "#rrggbb", or empty
        texts   // JSON: an array of texts without repeats; stored one a line, sorted
    };
    std::string key;
    Text label;
    Type type = Type::text;
    bool required = false;                  // texts: must not be empty
    bool nullable = false;                  // integers: null says that nothing is asked for
    bool editable = true;                   // false: has a way of its own to be set
    std::int64_t initial = 0;               // of integers and booleans
    std::int64_t minimum = 0;               // of integers
    std::int64_t maximum = 0;               // integers: included; text: characters; texts: how many of them
    std::int64_t longest = kMaxNameLength;  // texts: characters of each
    bool hundredths = false;                // the integer counts hundredths of its unit: 150 is 1.5 %
    Text unit = {};
    Text help = {};
    std::vector<core::SettingChoice> choices = {};  // the first is what a new row has
    std::string taken_code = {};  // not empty: no two rows share a value; the code of the refusal
    std::string used_code = {};   // not empty: fixed once a customer holds the row; the code of the refusal
};

/// How a customer holds rows of a master.
enum class Held {
    set,       // ",3,17," in `column`; table customer_set knows them by the master's table
    reference  // one id in `column`
};

/// What becomes of a row that customers hold when it is to go.
enum class InUse {
    ask,     // refused, unless the caller says what becomes of them: removed, or moved to another row
    refuse,  // refused
    retire   // stays for those who have it, and is offered no more
};

struct Master {
    std::string table;  // "customer_group"
    std::string path;   // "groups": /api/v1/groups
    std::string code;   // "group": first part of kinds of operations
    std::string field;  // the customer's field in the catalogue, for conditions
    Text label;
    Held held = Held::reference;
    std::string column;  // of table customer
    InUse in_use = InUse::ask;
    std::int64_t most_rows = 1'000;
    std::string feature = {};  // a part that can be switched off, with its routes; empty: always there
    std::vector<Field> fields = {};
};

inline constexpr std::string_view kGroups = "customer_group";
inline constexpr std::string_view kLevels = "member_level";
inline constexpr std::string_view kSpecialTypes = "special_type";
inline constexpr std::string_view kBlockReasons = "block_reason";

/// In the order of the screen.
std::span<const Master> masters();
/// By table; std::logic_error when there is none.
const Master& master_of(std::string_view table);

}  // namespace otokui::master
