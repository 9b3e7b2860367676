#pragma once

#include <boost/json/array.hpp>
#include <cstdint>

#include "core/registry.hpp"
#include "privacy/words.hpp"
#include "storage/database.hpp"

namespace otokui::privacy {

/// Every change ever made to what the shop holds on the customer, oldest first, each column by its name on
/// the screens and its values in words: {at, labels, of, changes:[{key, labels, before, after}]}.
boost::json::array disclosed_history(storage::Transaction& tx, Words& words, const core::Registry& registry,
                                     std::int64_t customer);

}  // namespace otokui::privacy
