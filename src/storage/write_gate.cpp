#include "storage/write_gate.hpp"

#include "storage/connection.hpp"

namespace otokui::storage {
namespace {

constexpr std::chrono::milliseconds kPatienceOfBackground{500};

}  // namespace

WriteGate::Turn WriteGate::enter(Priority priority, std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    if (!taken_) {
        taken_ = true;
        return {*this, nullptr};
    }
    Waiter self{.since = std::chrono::steady_clock::now(), .group = nullptr, .changed = {}};
    auto& queue = priority == Priority::interactive ? interactive_ : background_;
    queue.push_back(&self);
    if (!self.changed.wait_for(lock, wait, [&] { return self.admitted; })) {
        queue.remove(&self);
        throw PatienceSpent("no turn to write within the time limit");
    }
    return {*this, std::move(self.group)};
}

std::size_t WriteGate::waiting() const {
    const std::lock_guard lock(mutex_);
    return interactive_.size() + background_.size();
}

void WriteGate::leave() {
    const std::lock_guard lock(mutex_);
    auto& queue = interactive_.empty() || background_is_overdue() ? background_ : interactive_;
    if (queue.empty())
        taken_ = false;
    else
        admit(queue, nullptr);
}

bool WriteGate::hand_on(const std::shared_ptr<WriteGroup>& group) {
    const std::lock_guard lock(mutex_);
    if (interactive_.empty() || background_is_overdue()) return false;
    admit(interactive_, group);
    return true;
}

bool WriteGate::background_is_overdue() const {
    return !background_.empty() &&
           background_.front()->since + kPatienceOfBackground < std::chrono::steady_clock::now();
}

// The turn passes on without ever being free, so that nobody can cut in.
void WriteGate::admit(std::list<Waiter*>& queue, std::shared_ptr<WriteGroup> group) {
    Waiter* next = queue.front();
    queue.pop_front();
    next->group = std::move(group);
    next->admitted = true;
    next->changed.notify_one();
}

}  // namespace otokui::storage
