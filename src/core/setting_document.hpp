#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text_pair.hpp"

// What a shop can set, declared once by the feature whose rules it changes. API and screen of the settings
// follow from the declaration alone.
namespace otokui::core {

class Writer;

struct SettingChoice {
    std::string code;  // stable
    Text label;
};

/// One thing that can be set. Never personal, never secret: what is either has a table of its own.
struct SettingField {
    enum class Type { boolean, integer, choice };
    std::string key;  // stable, also the JSON name
    Text label;
    Type type = Type::boolean;
    Text help = {};                           // one sentence under the field
    std::int64_t initial = 0;                 // as shipped; booleans 0 or 1
    std::int64_t minimum = 0, maximum = 0;    // integers, both included
    Text unit = {};                           // 「日」, 「%」
    std::vector<SettingChoice> choices = {};  // the first is as shipped
};

/// The values of one document, complete: what was never set is as shipped.
class SettingValues {
public:
    using Value = std::variant<std::int64_t, std::string>;
    /// std::logic_error for a key the document does not declare, or declares of another type.
    bool flag(std::string_view key) const { return integer(key) != 0; }
    std::int64_t integer(std::string_view key) const;
    const std::string& choice(std::string_view key) const;
    void set(std::string key, Value value) { values_[std::move(key)] = std::move(value); }
    const Value& at(std::string_view key) const;
    bool operator==(const SettingValues&) const = default;

private:
    std::map<std::string, Value, std::less<>> values_;
};

/// One row of table `setting`: /settings/{name}.
struct SettingDocument {
    std::string name;
    Text label;
    std::vector<SettingField> fields;
    /// Runs in the transaction of a change, when something really differs; may refuse it.
    std::function<void(Writer&, const SettingValues& before, const SettingValues& after)> changed = {};
};

/// Name of the document whose booleans are the parts of the product that a shop can switch off.
inline constexpr std::string_view kFeatures = "features";

}  // namespace otokui::core
