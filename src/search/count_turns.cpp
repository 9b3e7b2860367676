#include "search/count_turns.hpp"

#include "search/service.hpp"

namespace otokui::search {

CountTurns::Turn CountTurns::take(const std::string& session) {
    std::unique_lock lock(mutex_);
    auto& slot = slots_[session];  // stays where it is until the last user leaves
    slot.newest.request_stop();
    const std::stop_source own;
    slot.newest = own;
    ++slot.users;
    changed_.notify_all();  // who waits for the turn before this one
    changed_.wait(lock, [&] { return !slot.running || own.stop_requested(); });
    if (own.stop_requested()) {
        lock.unlock();
        leave(session, false);
        refuse_superseded();
    }
    slot.running = true;
    return {*this, session, own};
}

void CountTurns::leave(const std::string& session, bool was_running) {
    const std::lock_guard lock(mutex_);
    auto& slot = slots_.at(session);
    if (was_running) slot.running = false;
    if (--slot.users == 0) slots_.erase(session);
    changed_.notify_all();
}

}  // namespace otokui::search
