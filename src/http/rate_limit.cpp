#include "http/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace otokui::http {
namespace {

using Seconds = std::chrono::duration<double>;
constexpr std::chrono::seconds kSweepInterval{10};

std::string bucket_key(RateClass rate_class, const std::string& key) {
    return std::string(name_of(rate_class)) + ' ' + key;
}

RateClass class_of(const std::string& bucket_key) {
    for (const RateClass rate_class : {RateClass::search, RateClass::sign_in, RateClass::transfer})
        if (bucket_key.starts_with(name_of(rate_class))) return rate_class;
    return RateClass::ordinary;
}

}  // namespace

std::string_view name_of(RateClass rate_class) {
    switch (rate_class) {
        case RateClass::ordinary:
            return "ordinary";
        case RateClass::search:
            return "search";
        case RateClass::sign_in:
            return "sign_in";
        case RateClass::transfer:
            return "transfer";
    }
    return "ordinary";
}

const Rate& Rates::of(RateClass rate_class) const {
    switch (rate_class) {
        case RateClass::ordinary:
            return ordinary;
        case RateClass::search:
            return search;
        case RateClass::sign_in:
            return sign_in;
        case RateClass::transfer:
            return transfer;
    }
    return ordinary;
}

RateLimiter::Verdict RateLimiter::take(RateClass rate_class, const std::string& key, Time now) {
    const Rate& rate = rates_.of(rate_class);
    std::string full_key = bucket_key(rate_class, key);
    if (!buckets_.contains(full_key)) {
        if (buckets_.size() >= kMaxBuckets || now - swept_ > kSweepInterval) forget_full_buckets(now);
        if (buckets_.size() >= kMaxBuckets) full_key = bucket_key(rate_class, "");
    }
    Bucket& bucket = buckets_.try_emplace(full_key, Bucket{rate.burst, now}).first->second;
    const double elapsed = std::max(0.0, Seconds(now - bucket.at).count());
    bucket.tokens = std::min(rate.burst, bucket.tokens + elapsed * rate.per_second);
    bucket.at = now;
    if (bucket.tokens < 1) {
        const double wait = std::ceil((1 - bucket.tokens) / rate.per_second);
        return {false, 0, std::max(1, static_cast<int>(wait))};
    }
    bucket.tokens -= 1;
    return {true, bucket.tokens, 0};
}

void RateLimiter::give_back(RateClass rate_class, const std::string& key) {
    const auto found = buckets_.find(bucket_key(rate_class, key));
    if (found != buckets_.end())
        found->second.tokens = std::min(rates_.of(rate_class).burst, found->second.tokens + 1);
}

void RateLimiter::forget_full_buckets(Time now) {
    if (now - swept_ < std::chrono::seconds(1))
        return;  // a flood of new keys must not sweep at every request
    swept_ = now;
    std::erase_if(buckets_, [&](const auto& entry) {
        const Rate& rate = rates_.of(class_of(entry.first));
        const double tokens = entry.second.tokens + Seconds(now - entry.second.at).count() * rate.per_second;
        return tokens >= rate.burst;
    });
}

}  // namespace otokui::http
