#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/text_pair.hpp"

// フリーフォーム: fields that the shop itself adds to its customers.
namespace otokui::form {

using FieldId = Id<struct FormFieldTag>;

enum class Type { text, long_text, number, date, select, multi, checkbox };

struct Option {
    std::string code;  // stable: what is stored
    Text label;
    bool removed = false;  // nobody may choose it any more; whoever has it keeps it
};

struct FormField {
    FieldId id = {};
    std::string key;  // fixed for good; the field is "x.KEY" everywhere
    Text label;       // en may be empty: then ja stands for both
    Type type = Type::text;
    bool required = false;
    std::int64_t position = 0;
    std::optional<std::int64_t> max_length = {};             // texts, in characters
    std::optional<std::int64_t> minimum = {}, maximum = {};  // numbers, both included
    std::vector<Option> options = {};                        // select, multi; in the order they are offered
    bool on_list = false;                                    // a column of the list when nobody chose any
    bool on_csv = true;                                      // a column of a file when nobody chose any
    bool retired = false;                                    // out of use; what was answered stays
    Moment created_at = {}, updated_at = {};
    std::int64_t version = 1;
};

inline constexpr std::string_view kTable = "form_field";
inline constexpr std::size_t kMostFields = 100;  // in use
inline constexpr std::size_t kMostOptions = 200;
inline constexpr std::size_t kMaxKey = 40, kMaxLabel = 60;
inline constexpr std::int64_t kMaxText = 1'000, kMaxLongText = 10'000;
inline constexpr std::int64_t kUsualText = 200, kUsualLongText = 2'000;
/// What every program that reads JSON holds exactly.
inline constexpr std::int64_t kMaxNumber = 9'007'199'254'740'991;

std::string_view name_of(Type type);
std::optional<Type> find_type(std::string_view name);
inline bool has_options(Type type) { return type == Type::select || type == Type::multi; }
inline bool is_text(Type type) { return type == Type::text || type == Type::long_text; }

}  // namespace otokui::form
