#pragma once

#include "core/journal.hpp"
#include "search/testing/dice.hpp"
#include "search/testing/reference_orders.hpp"
#include "search/testing/shop.hpp"

namespace otokui::search::test {

core::Assignments random_customer(Dice& dice, const core::Table& table, int index);
/// With id `index` + 1, of one of the customers 1 to `customers` or of nobody.
Orders::Row random_order(Dice& dice, int index, int customers);
void insert_order(core::Writer& writer, const Orders::Row& order);

}  // namespace otokui::search::test
