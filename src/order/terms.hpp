#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/registry.hpp"

// What conditions on orders read instead of the orders themselves: the few different products, statuses, ways
// to pay and channels, and on each line its product's id and its order's moment.
namespace otokui::order {

/// Hooks of orders and order_line: keep all of it in step with rows that have just been written.
void note_orders(core::Writer& writer, const std::vector<core::RowChange>& changes);
void note_lines(core::Writer& writer, const std::vector<core::RowChange>& changes);

/// Sentences about what is not as the orders make it.
std::vector<std::string> verify_terms(storage::Transaction& tx);

}  // namespace otokui::order
