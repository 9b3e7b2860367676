#pragma once

#include <span>
#include <string_view>

#include "core/journal.hpp"
#include "demo/types.hpp"

/// The lists a demo shop starts with. The number of an entry, from 1, is what Person refers to.
namespace otokui::demo {

std::span<const std::string_view> occupations();  // 職業, the 18 that EC-CUBE ships
std::span<const std::string_view> customer_types();
std::span<const std::string_view> labels();
std::span<const std::string_view> groups();
std::span<const std::string_view> levels();
std::span<const std::string_view> special_types();
std::span<const std::string_view> block_reasons();

/// What the entry `index` (from 0) of a master says besides name and position.
core::Assignments values_of(std::string_view table, std::size_t index);

/// What the shop sells: tea, health foods, cosmetics.
std::span<const Product> products();

}  // namespace otokui::demo
