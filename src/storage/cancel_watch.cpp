#include "storage/cancel_watch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace otokui::storage {
namespace {

constexpr std::chrono::milliseconds kBetweenCalls{50};

}  // namespace

CancelWatch::CancelWatch() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

CancelWatch::~CancelWatch() {
    thread_.request_stop();
    thread_.join();
}

std::unique_ptr<CancelWatch::Watched> CancelWatch::watch(std::stop_token stop, std::function<void()> cancel) {
    auto entry = std::make_shared<Entry>();
    entry->cancel = std::move(cancel);
    {
        const std::lock_guard lock(mutex_);
        entries_.push_back(entry);
    }
    return std::make_unique<Watched>(*this, std::move(entry), std::move(stop));
}

void CancelWatch::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        for (const auto& entry : wait_for_asked(stop)) {
            const std::lock_guard lock(entry->calling);
            if (!entry->finished) entry->cancel();
        }
    }
}

std::vector<std::shared_ptr<CancelWatch::Entry>> CancelWatch::wait_for_asked(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const auto is_asked = [](const auto& entry) { return entry->asked; };
    if (std::ranges::any_of(entries_, is_asked))
        changed_.wait_for(lock, stop, kBetweenCalls, [&] { return any_new_; });
    else
        changed_.wait(lock, stop, [&] { return any_new_; });
    any_new_ = false;
    std::vector<std::shared_ptr<Entry>> asked;
    std::ranges::copy_if(entries_, std::back_inserter(asked), is_asked);
    return asked;
}

CancelWatch::Watched::Watched(CancelWatch& watch, std::shared_ptr<Entry> entry, std::stop_token stop)
    : watch_(watch), entry_(std::move(entry)) {
    callback_.emplace(std::move(stop), Ask{watch_, *entry_});
}

CancelWatch::Watched::~Watched() {
    callback_.reset();  // waits for a callback under way
    {
        const std::lock_guard lock(watch_.mutex_);
        watch_.entries_.remove(entry_);
    }
    const std::lock_guard lock(entry_->calling);
    entry_->finished = true;
}

void CancelWatch::Watched::Ask::operator()() const noexcept {
    const std::lock_guard lock(watch.mutex_);
    entry.asked = true;
    watch.any_new_ = true;
    watch.changed_.notify_one();
}

}  // namespace otokui::storage
