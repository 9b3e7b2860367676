#pragma once

#include <boost/json/array.hpp>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "base/period.hpp"
#include "points/types.hpp"
#include "storage/database.hpp"

// Which points go when.
namespace otokui::points {

struct Expiry {
    std::optional<Period> period = {};  // of their last days; nothing: they never expire
    std::int64_t points = 0, lots = 0;
    bool operator==(const Expiry&) const = default;
};

inline constexpr std::size_t kMostExpiries = 12;

/// The same points by day, by month or by year: as finely as there are at most kMostExpiries dates, else by
/// year. `by_day`: the nearest first, those that never expire last.
std::vector<Expiry> grouped(const std::vector<Expiry>& by_day);

/// What can be used of a customer's points, by their last day, the nearest first; never last. One query over
/// its index.
std::vector<Expiry> read_expiries(storage::Transaction& tx, CustomerId customer);

boost::json::array to_json(const std::vector<Expiry>& expiries);

}  // namespace otokui::points
