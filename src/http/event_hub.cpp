#include "http/event_hub.hpp"

#include <stdexcept>

namespace otokui::http {
namespace {

constexpr std::string_view kReset = "event: reset\ndata: {}\n\n";

}  // namespace

EventSubscription::~EventSubscription() { hub_.remove(*this); }

EventSubscription::Batch EventSubscription::take() {
    const std::lock_guard lock(mutex_);
    return {std::exchange(waiting_, {}), is_closed_};
}

void EventSubscription::on_news(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    if (wake_ && (!waiting_.empty() || is_closed_)) wake_();
}

void EventSubscription::add(std::string_view event) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + event.size() > EventHub::kMaxWaitingBytes) {
        waiting_ = kReset;
    } else if (waiting_ != kReset) {
        waiting_ += event;
    }
    if (wake_) wake_();
}

void EventSubscription::close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    if (wake_) wake_();
}

std::shared_ptr<EventSubscription> EventHub::subscribe(std::shared_ptr<const Caller> caller) {
    if (caller == nullptr) throw std::invalid_argument("event hub: a stream needs a caller");
    const std::lock_guard lock(mutex_);
    std::size_t& streams = streams_of_[caller->rate_key()];
    if (streams >= kMaxStreamsPerCaller)
        throw Refused({.kind = ProblemKind::too_many,
                       .code = "events.too_many_streams",
                       .detail = {"開いている画面が多すぎます。", "Too many live connections are open."},
                       .retry_after_seconds = 30});
    std::shared_ptr<EventSubscription> subscription(new EventSubscription(*this, std::move(caller)));
    ++streams;
    subscriptions_.emplace(subscription.get(), subscription);
    return subscription;
}

void EventHub::publish(std::string_view name, const json::Value& data, const Audience& audience) {
    if (name.find_first_of("\r\n") != std::string_view::npos)
        throw std::invalid_argument("event hub: a line end in a name");
    // JSON text has no raw line ends, so one data line holds it.
    const std::string event = "event: " + std::string(name) + "\ndata: " + json::to_text(data) + "\n\n";
    for (const auto& subscription : all())
        if (audience(*subscription->caller_)) subscription->add(event);
}

void EventHub::disconnect(const Audience& audience) {
    for (const auto& subscription : all())
        if (audience(*subscription->caller_)) subscription->close();
}

std::vector<std::shared_ptr<EventSubscription>> EventHub::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<EventSubscription>> all;
    for (const auto& [key, weak] : subscriptions_)
        if (auto subscription = weak.lock()) all.push_back(std::move(subscription));
    return all;
}

std::size_t EventHub::size() const {
    const std::lock_guard lock(mutex_);
    return subscriptions_.size();
}

void EventHub::remove(const EventSubscription& subscription) {
    const std::lock_guard lock(mutex_);
    subscriptions_.erase(&subscription);
    const auto streams = streams_of_.find(subscription.caller_->rate_key());
    if (streams != streams_of_.end() && --streams->second == 0) streams_of_.erase(streams);
}

}  // namespace otokui::http
