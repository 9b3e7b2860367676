#include "demo/weighted.hpp"

#include <numeric>

namespace otokui::demo {

// Every weight is scaled by their number, so that the average column is exactly full; too small ones are
// filled up with what the too large ones have over.
Weighted::Weighted(std::span<const std::uint64_t> weights)
    : columns_(weights.size()), total_(std::accumulate(weights.begin(), weights.end(), std::uint64_t{0})) {
    std::vector<std::uint64_t> rest(weights.begin(), weights.end());
    std::vector<std::uint32_t> small, large;
    for (std::uint32_t i = 0; i < rest.size(); ++i) {
        rest[i] *= rest.size();
        columns_[i] = {.keep = total_, .other = i};
        (rest[i] < total_ ? small : large).push_back(i);
    }
    while (!small.empty() && !large.empty()) {
        const std::uint32_t filled = small.back(), giver = large.back();
        small.pop_back();
        columns_[filled] = {.keep = rest[filled], .other = giver};
        rest[giver] -= total_ - rest[filled];
        if (rest[giver] < total_) {
            large.pop_back();
            small.push_back(giver);
        }
    }
}

}  // namespace otokui::demo
