#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "demo/random.hpp"

namespace otokui::demo {

/// Draws an index in proportion to its weight in constant time (Walker's alias method, in whole numbers, so
/// that every machine draws the same).
class Weighted {
public:
    Weighted() = default;
    /// At least one weight must be positive; their sum times their number must stay below 2^63.
    explicit Weighted(std::span<const std::uint64_t> weights);

    std::uint32_t draw(Random& random) const noexcept {
        const auto index = static_cast<std::uint32_t>(random.below(columns_.size()));
        const Column& column = columns_[index];
        return random.below(total_) < column.keep ? index : column.other;
    }

private:
    struct Column {
        std::uint64_t keep = 0;  // of total_: how much of the column is the index itself
        std::uint32_t other = 0;
    };
    std::vector<Column> columns_;
    std::uint64_t total_ = 0;
};

}  // namespace otokui::demo
