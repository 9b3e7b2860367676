#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace otokui::transfer {

/// Pieces of work on their way from the thread that makes them to the one that takes them, in order; only a
/// few wait in between, so memory stays what it is however long the way.
template <class Piece>
class Pipe {
public:
    explicit Pipe(std::size_t most_waiting) : most_waiting_(most_waiting) {}

    /// Waits for room. False when nobody takes any more: the maker ends.
    bool give(Piece piece) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return left_ || waiting_.size() < most_waiting_; });
        if (left_) return false;
        waiting_.push_back(std::move(piece));
        changed_.notify_all();
        return true;
    }

    /// Nothing when the maker has ended; throws what it has thrown.
    std::optional<Piece> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
        if (waiting_.empty()) {
            if (failure_) std::rethrow_exception(failure_);
            return std::nullopt;
        }
        std::optional<Piece> piece(std::move(waiting_.front()));
        waiting_.pop_front();
        changed_.notify_all();
        return piece;
    }

    void end(std::exception_ptr failure = nullptr) {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        failure_ = failure;
        changed_.notify_all();
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        left_ = true;
        changed_.notify_all();
    }

private:
    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Piece> waiting_;
    bool ended_ = false, left_ = false;
    std::exception_ptr failure_;
};

/// The other end of a pipe whose pieces `make(pipe)` gives on a thread of its own, which has ended when this
/// one is gone. What `make` works with must outlive it and is its alone meanwhile.
template <class Piece>
class Making {
public:
    Making(std::size_t most_waiting, std::function<void(Pipe<Piece>&)> make)
        : pipe_(most_waiting), thread_([this, make = std::move(make)] {
              try {
                  make(pipe_);
                  pipe_.end();
              } catch (...) {
                  pipe_.end(std::current_exception());
              }
          }) {}
    ~Making() {
        pipe_.leave();
        thread_.join();
    }
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;

    std::optional<Piece> take() { return pipe_.take(); }

private:
    Pipe<Piece> pipe_;
    std::thread thread_;
};

}  // namespace otokui::transfer
