#pragma once

#include <boost/json/array.hpp>

#include "customer/service.hpp"

// ブロックリスト: who stands on it and why, and who looks like somebody who does (DOMAIN 2.7).
namespace otokui::customer {

/// Blocked customers of whom two of name, postal code and phone are those of this one, at most 20: `{id,
/// number, name, alike: ["name", "phone"], block_reasons, block_reasons_names}`. Computed, never stored; over
/// the indexes of blocked customers alone. Right customer.read. Refused not_found customer.not_found.
boost::json::array blocked_look_alikes(const Context& context, const core::Actor& actor, CustomerId customer);

/// `{blocked, reasons: [{id, name, action, retired}], set_by}`: who set it and when, from the journal. Right
/// customer.read. Refused not_found customer.not_found.
Json why_blocked(const Context& context, const core::Actor& actor, CustomerId customer);

}  // namespace otokui::customer
