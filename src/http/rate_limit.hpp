#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

#include "http/router.hpp"

namespace otokui::http {

/// A token bucket: `burst` requests at once, refilled at `per_second`.
struct Rate {
    double per_second;
    double burst;
};

/// The limits per caller (session, token) or, without one, per address. They stop a client that runs wild; a
/// server that has too much to do says so itself (503).
struct Rates {
    Rate ordinary{5000, 10'000};
    Rate search{2000, 4000};
    Rate transfer{200, 400};
    Rate sign_in{20.0 / 60, 20};  // per address; only tries that failed count
    const Rate& of(RateClass rate_class) const;
};

/// Counts requests. Not safe for several threads: it belongs to the event loop. Memory is bounded: buckets
/// that are full again are forgotten, and past kMaxBuckets unknown keys share one bucket per class.
class RateLimiter {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::size_t kMaxBuckets = 100'000;

    explicit RateLimiter(Rates rates) : rates_(rates) {}

    struct Verdict {
        bool is_allowed;
        double remaining;         // requests that may follow at once
        int retry_after_seconds;  // > 0 only when refused
    };
    Verdict take(RateClass rate_class, const std::string& key, Time now);
    /// Gives a request back that turned out not to count.
    void give_back(RateClass rate_class, const std::string& key);

    const Rates& rates() const { return rates_; }
    std::size_t size() const { return buckets_.size(); }

private:
    struct Bucket {
        double tokens;
        Time at;
    };
    void forget_full_buckets(Time now);

    Rates rates_;
    std::unordered_map<std::string, Bucket> buckets_;
    Time swept_{};
};

std::string_view name_of(RateClass rate_class);

}  // namespace otokui::http
