#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace otokui::list {

/// Which of up to millions of numbers have been met. 8 to 32 bytes a number, where std::unordered_set takes
/// some fifty.
class NumberSet {
public:
    /// False when it was there already.
    bool insert(std::uint64_t number) {
        if (number == 0) return !std::exchange(has_zero_, true);
        if ((size_ + 1) * 2 > slots_.size()) grow();
        auto& slot = slots_[place(number)];
        if (slot == number) return false;
        slot = number;
        ++size_;
        return true;
    }

private:
    std::size_t place(std::uint64_t number) const {
        const auto mask = slots_.size() - 1;
        auto at = (number * 0x9E3779B97F4A7C15ULL >> 20U) & mask;
        while (slots_[at] != 0 && slots_[at] != number) at = (at + 1) & mask;
        return at;
    }
    void grow() {
        std::vector<std::uint64_t> old(slots_.empty() ? 1024 : slots_.size() * 2, 0);
        std::swap(old, slots_);
        for (const auto number : old)
            if (number != 0) slots_[place(number)] = number;
    }

    std::vector<std::uint64_t> slots_;  // 0: free; a power of two, at most half full
    std::size_t size_ = 0;
    bool has_zero_ = false;
};

}  // namespace otokui::list
