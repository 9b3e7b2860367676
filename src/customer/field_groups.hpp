#pragma once

#include "core/catalogue.hpp"

// The parts that the one list of fields is put together from (fields.hpp), by what they are about.
namespace otokui::customer {

/// A text that staff, API and imports may set.
void add_text(core::Catalogue& catalogue, core::Field field);

void declare_membership(core::Catalogue& catalogue);
void declare_marketing(core::Catalogue& catalogue);
void declare_purchases(core::Catalogue& catalogue);
void declare_record(core::Catalogue& catalogue);

}  // namespace otokui::customer
