#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace otokui::staff {

/// The only way to Argon2id: at most `running` hashes at once (64 MiB each), at most `waiting` callers behind
/// them for at most `patience`; anybody else is Refused session.busy (503, Retry-After). So a flood of
/// sign-ins costs the server neither its memory nor its threads. Thread-safe.
class PasswordGate {
public:
    struct Limits {
        int running = 2;
        int waiting = 4;
        std::chrono::milliseconds patience{2'000};
    };
    PasswordGate() : PasswordGate(Limits{}) {}
    explicit PasswordGate(Limits limits) : limits_(limits) {}

    std::string hash(std::string_view password);
    /// With an empty hash (unknown login, no password yet) a hash that nothing matches is checked, so that
    /// the answer takes the same time.
    bool verify(const std::string& hash, std::string_view password);

    /// What an unknown login is checked against.
    static std::string_view unmatched_hash();
    /// How many hashes were computed so far: what an answer costs, whatever it says.
    std::int64_t computed() const { return computed_; }

private:
    class Place;

    Limits limits_;
    std::mutex mutex_;
    std::condition_variable freed_;
    int running_ = 0, waiting_ = 0;
    std::atomic<std::int64_t> computed_ = 0;
};

}  // namespace otokui::staff
