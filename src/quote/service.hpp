#pragma once

#include "base/json.hpp"
#include "core/actor.hpp"
#include "core/journal.hpp"

namespace otokui::quote {

/// What a customer would pay and earn: {customer, lines: [{product_number, product_name?, unit_price,
/// quantity, discount_percent?}], payment_method?}. Changes nothing. Parts that are switched off (levels,
/// special_types, points, block_list) count as if the customer held none. Refused invalid quote.invalid with
/// every field error; not_found customer.not_found; conflict customer.deleted, customer.withdrawn. Right:
/// customer.read.
json::Object make(core::Journal& journal, const core::Actor& actor, const json::Value& body);

}  // namespace otokui::quote
