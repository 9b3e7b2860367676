#include "staff/field_errors.hpp"

#include <algorithm>

namespace otokui::staff {

void add_rule_errors(json::ObjectReader& reader, std::vector<FieldError> errors) {
    const auto told = reader.errors();
    std::erase_if(errors, [&](const FieldError& error) {
        return std::ranges::any_of(told,
                                   [&](const FieldError& other) { return other.pointer == error.pointer; });
    });
    reader.add_errors(std::move(errors));
}

}  // namespace otokui::staff
