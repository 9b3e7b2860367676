#pragma once

#include "core/catalogue.hpp"
#include "core/registry.hpp"

namespace otokui::coupon {

/// Tables, derived counts, kinds of operations, the part `coupons`, timeline, withdrawal and verification.
void register_tables(core::Registry& registry);

/// What conditions can ask of a customer's coupons: {"has":"coupon",…}.
void declare_conditions(core::Catalogue& catalogue);

}  // namespace otokui::coupon
