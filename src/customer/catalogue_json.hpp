#pragma once

#include <boost/json/object.hpp>

#include "core/actor.hpp"
#include "customer/service.hpp"
#include "storage/database.hpp"

namespace otokui::customer {

/// The catalogue as pages and programs read it: labels, types, operators, options and what this actor may
/// see. Options of references and sets are the rows of their masters, read in `tx`.
/// Fields and things of a part that is switched off are left out.
boost::json::object catalogue_json(const Context& context, const core::Actor& actor,
                                   storage::Transaction& tx);

}  // namespace otokui::customer
