#include "storage/write_gate.hpp"

namespace otokui::storage {
namespace {

constexpr std::chrono::milliseconds kPatienceOfBackground{500};

}  // namespace

WriteGate::Turn WriteGate::enter(Priority priority, std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    if (!taken_) {
        taken_ = true;
        return Turn(*this);
    }
    Waiter self{.since = std::chrono::steady_clock::now(), .changed = {}};
    auto& queue = priority == Priority::interactive ? interactive_ : background_;
    queue.push_back(&self);
    if (!self.changed.wait_for(lock, wait, [&] { return self.admitted; })) {
        queue.remove(&self);
        throw Busy("no turn to write within the time limit");
    }
    return Turn(*this);
}

std::size_t WriteGate::waiting() const {
    const std::lock_guard lock(mutex_);
    return interactive_.size() + background_.size();
}

void WriteGate::leave() {
    const std::lock_guard lock(mutex_);
    const bool overdue = !background_.empty() && background_.front()->since + kPatienceOfBackground <
                                                     std::chrono::steady_clock::now();
    auto& queue = interactive_.empty() || overdue ? background_ : interactive_;
    if (queue.empty()) {
        taken_ = false;
        return;
    }
    Waiter* next = queue.front();
    queue.pop_front();
    next->admitted = true;  // the turn passes on without ever being free, so that nobody can cut in
    next->changed.notify_one();
}

}  // namespace otokui::storage
