#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <unordered_map>

namespace otokui::search {

/// Counting while somebody builds a condition: of one session only the newest question is worth an answer.
/// Thread-safe.
class CountTurns {
public:
    class Turn;
    /// Stops the turn before of the same session and waits until it has ended. Refused conflict
    /// count.superseded when a newer one comes meanwhile.
    Turn take(const std::string& session);

private:
    struct Slot {
        std::stop_source newest;
        bool running = false;
        int users = 0;
    };
    void leave(const std::string& session, bool was_running);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<std::string, Slot> slots_;  // of those who count just now
};

/// Ends when it is destroyed.
class CountTurns::Turn {
public:
    Turn(CountTurns& turns, std::string session, std::stop_source source)
        : turns_(turns), session_(std::move(session)), source_(std::move(source)) {}
    ~Turn() { turns_.leave(session_, true); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    /// Set when a newer turn wants to begin.
    std::stop_token stop() const { return source_.get_token(); }
    /// For whoever learns otherwise that a newer one has come.
    const std::stop_source& source() const { return source_; }

private:
    CountTurns& turns_;
    std::string session_;
    std::stop_source source_;
};

}  // namespace otokui::search
