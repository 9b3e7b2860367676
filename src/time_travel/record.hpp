#pragma once

#include <set>
#include <string>

#include "time_travel/service.hpp"

namespace otokui::time_travel {

/// A customer at a place in the journal.
struct PastCustomer {
    core::Record record;
    bool is_erased = false;
    std::set<std::string> unknown;  // keys of catalogue fields
};

/// Refused as time_travel::get.
PastCustomer find_customer(const Context& context, storage::Transaction& tx, CustomerId id,
                           const core::Cut& cut);

/// As customer::get would have answered; unknown fields are null.
customer::Json to_json(const Context& context, const core::Actor& actor, storage::Transaction& tx,
                       const PastCustomer& customer, const core::Cut& cut);

}  // namespace otokui::time_travel
