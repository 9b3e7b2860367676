#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "storage/database.hpp"

namespace otokui::storage {

class WriteGroup;

/// Who writes next to SQLite's single writer, in this process: interactive writes before background ones,
/// each kind in the order of arrival. A background write that has waited for half a second goes next, so that
/// jobs end even under constant editing.
class WriteGate {
public:
    /// Held while writing; leaving it lets the next one in.
    class Turn {
    public:
        Turn(WriteGate& gate, std::shared_ptr<WriteGroup> group) : gate_(&gate), group_(std::move(group)) {}
        Turn(Turn&& other) noexcept : gate_(other.gate_), group_(std::move(other.group_)) {
            other.gate_ = nullptr;
        }
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (gate_ != nullptr) gate_->leave();
        }
        /// The open transaction that came with the turn; nullptr when there is none to go on with.
        std::shared_ptr<WriteGroup> take_group() { return std::move(group_); }
        /// Gives the turn and the open transaction to the next interactive write, unless a background one is
        /// overdue. False when nobody is there to take it: then the turn stays with us.
        bool hand_on(const std::shared_ptr<WriteGroup>& group) {
            if (!gate_->hand_on(group)) return false;
            gate_ = nullptr;
            return true;
        }

    private:
        WriteGate* gate_;
        std::shared_ptr<WriteGroup> group_;
    };

    /// Throws PatienceSpent when the turn has not come within `wait`.
    Turn enter(Priority priority, std::chrono::milliseconds wait);
    /// How many wait behind the one who writes, for metrics and tests.
    std::size_t waiting() const;

private:
    struct Waiter {
        std::chrono::steady_clock::time_point since;
        bool admitted = false;
        std::shared_ptr<WriteGroup> group;  // to go on with
        std::condition_variable changed;
    };
    void leave();
    bool hand_on(const std::shared_ptr<WriteGroup>& group);
    bool background_is_overdue() const;
    static void admit(std::list<Waiter*>& queue, std::shared_ptr<WriteGroup> group);

    mutable std::mutex mutex_;
    bool taken_ = false;
    std::list<Waiter*> interactive_, background_;
};

}  // namespace otokui::storage
