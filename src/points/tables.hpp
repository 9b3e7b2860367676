#pragma once

#include "core/registry.hpp"

namespace otokui::points {

/// Registers the ledger, its lots, the feature, its settings and the kinds of operations. Whoever writes the
/// ledger, the customer's balance and nearest date follow in the same transaction.
void register_tables(core::Registry& registry);

/// Sentences about customers whose ledger, lots and balance disagree.
std::vector<std::string> verify(storage::Transaction& tx);

}  // namespace otokui::points
