#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace otokui::storage {

/// Cancels what its stop token asks to stop, from a thread of its own: asking a server to cancel waits for
/// the network, and whoever requests the stop must not. Thread-safe.
class CancelWatch {
public:
    CancelWatch();
    ~CancelWatch();
    CancelWatch(const CancelWatch&) = delete;
    CancelWatch& operator=(const CancelWatch&) = delete;

    class Watched;
    /// From the stop request on calls `cancel` every 50 ms until the answer is destroyed (a server forgets a
    /// cancellation that arrives between two statements). The destructor waits for a call under way, so none
    /// comes later.
    std::unique_ptr<Watched> watch(std::stop_token stop, std::function<void()> cancel);

private:
    struct Entry {
        std::function<void()> cancel;
        std::mutex calling;     // held during `cancel`
        bool finished = false;  // guarded by `calling`
        bool asked = false;     // guarded by CancelWatch::mutex_
    };
    void run(const std::stop_token& stop);
    std::vector<std::shared_ptr<Entry>> wait_for_asked(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::list<std::shared_ptr<Entry>> entries_;
    bool any_new_ = false;
    std::jthread thread_;  // last: it uses all above
};

class CancelWatch::Watched {
public:
    Watched(CancelWatch& watch, std::shared_ptr<Entry> entry, std::stop_token stop);
    ~Watched();
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

private:
    struct Ask {
        CancelWatch& watch;
        Entry& entry;
        void operator()() const noexcept;
    };
    CancelWatch& watch_;
    std::shared_ptr<Entry> entry_;
    std::optional<std::stop_callback<Ask>> callback_;
};

}  // namespace otokui::storage
