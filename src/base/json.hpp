#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"

namespace otokui::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

inline constexpr std::size_t kMaxDepth = 100;

/// Reads one JSON text (RFC 8259) and nothing after it but white space. Stricter than Boost.JSON's own
/// parser: refuses two equal keys in one object, a NUL character, a lone surrogate, invalid UTF-8, a byte
/// order mark, an integer outside int64 and a real number outside double. Throws Refused (malformed), code
/// `json.malformed`, `json.too_deep`, `json.duplicate_key`, `json.nul_character` or
/// `json.number_out_of_range`; the byte offset of the wrong word stands in
/// `extra.offset`. Cost: linear in the text. The
/// numbers of the value are int64 or double, never uint64.
Value parse(std::string_view text, std::size_t max_depth = kMaxDepth);

std::string to_text(const Value& value);

/// Reads the members of one object into typed fields and collects what is wrong with them, so that a form is
/// corrected in one go: `required`, `wrong_type`, `unknown_field`, each with its JSON pointer. A getter whose
/// member is wrong returns an empty value; nothing may be done with the fields before `finish` (or `check`)
/// found no error. `find_…` takes an absent or null member as nullopt; the plain form also wants it present.
/// The value must outlive the reader.
class ObjectReader {
public:
    explicit ObjectReader(const Value& value, std::string pointer = "");

    /// True when the member stands in the object, even as null.
    bool has(std::string_view key);
    /// True when the member stands in the object as null: the caller wants the field emptied.
    bool is_null(std::string_view key);
    /// The member as it is, for callers with a form of their own; nullptr when absent.
    const Value* find(std::string_view key);

    std::string text(std::string_view key);
    std::int64_t integer(std::string_view key);
    double number(std::string_view key);
    bool boolean(std::string_view key);
    /// An id in JSON: a string of 1 to 19 digits, no leading zero, within int64.
    std::int64_t id(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    std::vector<std::int64_t> ids(std::string_view key);

    std::optional<std::string> find_text(std::string_view key);
    std::optional<std::int64_t> find_integer(std::string_view key);
    std::optional<double> find_number(std::string_view key);
    std::optional<bool> find_boolean(std::string_view key);
    std::optional<std::int64_t> find_id(std::string_view key);
    std::optional<std::vector<std::string>> find_texts(std::string_view key);
    std::optional<std::vector<std::int64_t>> find_ids(std::string_view key);
    /// nullptr when absent, null or of another type (the last is an error).
    const Object* find_object(std::string_view key);
    const Array* find_array(std::string_view key);

    /// Marks a member as wrong for a reason of the caller's own.
    void add_error(std::string_view key, std::string code, Text message = {});
    /// Takes the errors of a reader of a part of this object (made with `pointer_to(key)`).
    void add_errors(std::vector<FieldError> errors);
    std::string pointer_to(std::string_view key) const;

    /// Every error so far and one `unknown_field` for each member that no getter asked for; at most
    /// kMaxErrors.
    std::vector<FieldError> errors() const;
    /// Throws Refused (invalid) with `code` and errors() when there are any.
    void finish(std::string_view code = "body.invalid") const;

    static constexpr std::size_t kMaxErrors = 200;

private:
    const Value* present(std::string_view key);
    const Value* required(std::string_view key);
    template <class Read>
    auto read_required(std::string_view key, Read read);
    template <class Read>
    auto read_optional(std::string_view key, Read read);

    const Object* object_ = nullptr;  // nullptr: the value is no object, which is already an error
    std::string pointer_;
    std::set<std::string, std::less<>> known_;
    std::vector<FieldError> errors_;
};

/// One step of a JSON pointer: "~" and "/" escaped (RFC 6901).
std::string pointer_step(std::string_view key);

}  // namespace otokui::json
