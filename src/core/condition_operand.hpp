#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "core/condition.hpp"

// What stands under `value` of a leaf; condition_parse reads the tree around it.
namespace otokui::core {

/// The faults of one tree, at most json::ObjectReader::kMaxErrors of them.
struct Faults {
    std::vector<FieldError> errors = {};

    void fail(const std::string& pointer, std::string code);
    /// Each member of `object` but the known ones is a fault.
    void only(const boost::json::object& object, const std::string& pointer,
              std::initializer_list<std::string_view> known);
};

/// {"from":…,"to":…}: null where an end is missing, which is a fault then.
struct Ends {
    const boost::json::value* from = nullptr;
    const boost::json::value* to = nullptr;
};
Ends parse_ends(const boost::json::value& value, const std::string& pointer, Faults& faults);

/// `op` must be one of the field's and take an operand. Any operand when there was a fault.
Operand parse_operand(const Field& field, Operator op, const boost::json::value& value,
                      const std::string& pointer, Faults& faults);

}  // namespace otokui::core
