#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/problem.hpp"
#include "core/registry.hpp"
#include "master/types.hpp"

namespace otokui::master {

enum class Purpose { create, change };

/// What a body sets, by column, as it is stored.
struct Input {
    std::vector<std::pair<std::string, storage::Value>> values;
    std::vector<FieldError> errors;
    const storage::Value* find(std::string_view column) const;
};

/// Checks every member against the declaration: required, wrong_type, too_long, too_many, out_of_range,
/// not_a_choice, not_a_color, bad_character, duplicate, unknown_field, read_only. A new row is filled up with
/// what the declaration gives.
Input read(const Master& master, const json::Value& body, Purpose purpose);

/// One value as JSON: booleans, arrays of texts.
json::Value to_json(const Field& field, const storage::Value& value);

}  // namespace otokui::master
