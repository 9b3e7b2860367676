#pragma once

#include <string_view>

#include "core/catalogue.hpp"
#include "core/registry.hpp"

namespace otokui::customer {

/// The one list of a customer's standard fields. A new field is one entry there and one migration.
void declare_fields(core::Catalogue& catalogue);

/// The right it takes to set the field, beside customer.edit; "" when that is enough.
std::string_view further_right(const core::Field& field);

/// The entry of table customer in the registry, made from the catalogue; what no field shows (keys, shadows)
/// is added here.
core::Table customer_table(const core::Catalogue& catalogue);

}  // namespace otokui::customer
