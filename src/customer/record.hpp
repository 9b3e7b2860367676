#pragma once

#include "core/record_json.hpp"

namespace otokui::customer {

/// Reads what GET /customers/{customer} shows, from a row of the customer's table. `today`: for ages.
core::RecordReader record_reader(const core::Catalogue& catalogue, const core::Actor& actor, Day today);

}  // namespace otokui::customer
