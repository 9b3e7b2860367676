#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>

#include "storage/database.hpp"

namespace otokui::storage {

/// Who writes next to SQLite's single writer, in this process: interactive writes before background ones,
/// each kind in the order of arrival. A background write that has waited for half a second goes next, so that
/// jobs end even under constant editing.
class WriteGate {
public:
    /// Held while writing; leaving it lets the next one in.
    class Turn {
    public:
        explicit Turn(WriteGate& gate) : gate_(&gate) {}
        Turn(Turn&& other) noexcept : gate_(other.gate_) { other.gate_ = nullptr; }
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (gate_ != nullptr) gate_->leave();
        }

    private:
        WriteGate* gate_;
    };

    /// Throws Busy when the turn has not come within `wait`.
    Turn enter(Priority priority, std::chrono::milliseconds wait);
    /// How many wait behind the one who writes, for metrics and tests.
    std::size_t waiting() const;

private:
    struct Waiter {
        std::chrono::steady_clock::time_point since;
        bool admitted = false;
        std::condition_variable changed;
    };
    void leave();

    mutable std::mutex mutex_;
    bool taken_ = false;
    std::list<Waiter*> interactive_, background_;
};

}  // namespace otokui::storage
