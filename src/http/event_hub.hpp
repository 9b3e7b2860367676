#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "http/caller.hpp"

namespace otokui::http {

class EventHub;

/// One open event stream: what is to be sent to one browser. Made by EventHub::subscribe; the server drains
/// it.
class EventSubscription {
public:
    ~EventSubscription();
    EventSubscription(const EventSubscription&) = delete;
    EventSubscription& operator=(const EventSubscription&) = delete;

    /// Takes what waits, already in the form of text/event-stream. `closed` ends the stream after it.
    struct Batch {
        std::string text;
        bool closed = false;
    };
    Batch take();
    /// `wake` is called from any thread, with our lock held, whenever something new waits: it may only pass
    /// the word on. After on_news(nullptr) has returned it is not called any more.
    void on_news(std::function<void()> wake);

private:
    friend class EventHub;
    EventSubscription(EventHub& hub, std::shared_ptr<const Caller> caller)
        : hub_(hub), caller_(std::move(caller)) {}
    void add(std::string_view event);
    void close();

    EventHub& hub_;
    const std::shared_ptr<const Caller> caller_;
    std::mutex mutex_;
    std::string waiting_;
    bool is_closed_ = false;
    std::function<void()> wake_;
};

/// Hands live events to the browsers that may see them. Every member may be called from every thread. It must
/// outlive the subscriptions, hence the server.
class EventHub {
public:
    static constexpr std::size_t kMaxWaitingBytes = std::size_t{256} * 1024;
    static constexpr std::size_t kMaxStreamsPerCaller = 8;

    /// Refuses (too_many) when the caller has kMaxStreamsPerCaller streams open.
    std::shared_ptr<EventSubscription> subscribe(std::shared_ptr<const Caller> caller);

    using Audience = std::function<bool(const Caller&)>;
    /// Sends the event `name` to everyone of the audience. Never blocks: a browser that does not take its
    /// events loses what waits and gets one event `reset`, after which it must read again what it shows.
    void publish(std::string_view name, const json::Value& data, const Audience& audience);
    /// Ends the streams of an audience, for sessions that were ended or whose rights changed; browsers
    /// connect again.
    void disconnect(const Audience& audience);

    std::size_t size() const;

private:
    friend class EventSubscription;
    void remove(const EventSubscription& subscription);
    /// A copy, so that audiences are asked, and the last owner of a stream may let go, without the lock.
    std::vector<std::shared_ptr<EventSubscription>> all() const;

    mutable std::mutex mutex_;
    std::map<const EventSubscription*, std::weak_ptr<EventSubscription>> subscriptions_;
    std::map<std::string, std::size_t> streams_of_;
};

}  // namespace otokui::http
