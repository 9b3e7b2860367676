#pragma once

#include <string>
#include <string_view>

#include "search/order.hpp"
#include "storage/value.hpp"

namespace otokui::search {

/// Where a page begins or ends: a row by its place in an order, and the way to go from there.
struct Cursor {
    enum class Way { next, previous, last };
    Way way = Way::next;
    storage::Values place = {};  // as many as Order::columns(); none with Way::last
};

inline constexpr std::string_view kLastPage = "last";

/// A-Z a-z 0-9 _ - only.
std::string format_cursor(const Cursor& cursor, const Order& order);
/// Refused invalid cursor.invalid unless it was made for the same order.
Cursor parse_cursor(std::string_view text, const Order& order);

}  // namespace otokui::search
