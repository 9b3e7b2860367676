#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/problem.hpp"
#include "core/catalogue.hpp"
#include "core/journal.hpp"
#include "core/record_json.hpp"

// From what a person typed, a program sent or a file holds to what is stored: one place for forms, API and
// CSV.
namespace otokui::customer {

/// A value that was stored otherwise than it came; told to the person (DESIGN 6: "the answer lists it").
struct Adjusted {
    std::string pointer;
    std::string before, after;
};

/// What was answered to a field of the shop's own, as core/answers.hpp stores it; null for no answer.
struct Answer {
    const core::Field* field;
    std::string pointer;
    boost::json::value value;
};

/// Values by column, ready to be written once `errors` is empty.
struct Input {
    std::vector<std::pair<std::string, storage::Value>> values;
    std::vector<Answer> answers;  // become the value of their column by settle_answers()
    std::vector<Adjusted> adjusted;
    std::vector<FieldError> errors;

    /// The value set for the column; nullptr when the input does not mention it.
    const storage::Value* find(std::string_view column) const;
    core::Assignments assignments() const;
};

/// "1", "はい", "true" …; nothing for another word.
std::optional<bool> parse_boolean(std::string_view cell);

enum class Purpose { create, update };

/// Reads single values of fields; says how they were adjusted and what is wrong with them.
class FieldInput {
public:
    /// `masters` must outlive it; `today` is the shop's day.
    FieldInput(core::Masters& masters, Day today) : masters_(masters), today_(today) {}

    /// A JSON value for a field at `pointer`.
    void read_json(const core::Field& field, const boost::json::value& value, const std::string& pointer,
                   Input& input);
    /// A CSV cell: "" empties the field; choices by code or label, masters by name, sets as names with "|"
    /// between; booleans 1/0/はい/いいえ/true/false/yes/no; prefectures by name or number; moments with or
    /// without time.
    void read_cell(const core::Field& field, std::string_view cell, const std::string& pointer, Input& input);

private:
    void read_text(const core::Field& field, std::string_view typed, const std::string& pointer,
                   Input& input);
    void read_day(const core::Field& field, std::string_view typed, const std::string& pointer, Input& input);
    void read_set(const core::Field& field, const boost::json::array& array, const std::string& pointer,
                  Input& input);
    void read_names(const core::Field& field, std::string_view cell, const std::string& pointer,
                    Input& input);
    core::Masters& masters_;
    Day today_;
};

/// Reads a whole body for creating or changing a customer; unknown and read-only fields are errors.
Input read_customer(const core::Catalogue& catalogue, const boost::json::object& body, Purpose purpose,
                    core::Masters& masters, Day today);

boost::json::array to_json(const std::vector<Adjusted>& adjusted);

}  // namespace otokui::customer
