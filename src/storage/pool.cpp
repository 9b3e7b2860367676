#include "storage/pool.hpp"

#include <algorithm>

namespace otokui::storage {

Pool::Pool(const Url& url, std::size_t count, const Make& make) : sessions_(url, count), entries_(count) {
    for (std::size_t position = 0; position < count; ++position)
        entries_[position].connection = make(sessions_, position);
}

Connection& Pool::Lease::connection() {
    auto& entry = pool_->entries_[position_];
    const unsigned generation = pool_->generation_;
    if (entry.generation != generation) {
        entry.connection->close();
        entry.generation = generation;
    }
    if (!entry.connection->is_open()) entry.connection->open();
    return *entry.connection;
}

Pool::Lease Pool::lease(std::chrono::milliseconds wait, const std::stop_token& stop) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds kBetweenLooksAtStop{50}, kLongestWait{3'600'000};
    const auto deadline = Clock::now() + std::min(wait, kLongestWait);
    while (!stop.stop_requested()) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        const auto slice = std::clamp(left, std::chrono::milliseconds(0), kBetweenLooksAtStop);
        if (const auto position = sessions_.lease(slice)) return {*this, *position};
        if (left.count() <= 0) break;
    }
    throw Cancelled("no connection became free in time");
}

}  // namespace otokui::storage
