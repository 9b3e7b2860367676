#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace otokui::http {

/// A fixed number of threads and a queue of bounded length: what does not fit is refused at once instead of
/// waiting for ever.
class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t queue_limit);
    /// Finishes what runs and what is queued, then joins.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when the queue is full: `work` will not run. `work` must not throw. Callable from every thread.
    bool try_post(std::function<void()> work);
    std::size_t queued() const;

private:
    void run();

    const std::size_t queue_limit_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool is_stopping_ = false;
    std::vector<std::thread> threads_;  // last: they use all of the above
};

}  // namespace otokui::http
