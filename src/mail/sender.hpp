#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "mail/queue.hpp"

namespace otokui::mail {

/// How a mail gets to the peer; SmtpClient::send in the product.
using Transport = std::function<Sending(const Peer&, const Envelope&, std::string_view message,
                                        const std::function<bool()>& should_stop)>;

struct SenderOptions {
    std::chrono::milliseconds poll{500};  // how often the outbox is looked at
    std::chrono::seconds patience{10};    // how long stop() lets a running mail go on
    Pauses pauses = {};
    std::function<void(const std::string& message)> log = {};
    Transport transport = {};  // empty: SMTP
    /// Told when the peer refused a recipient for good, before the mail is marked so: a process that dies
    /// between the two tells it again.
    std::function<void(const std::string& email, const std::string& answer)> on_refused = {};
};

/// Empties the outbox on a thread of its own, one mail at a time over one connection. Not the job runner: a
/// long import must not keep a password mail waiting, nor a slow mail server an import. Several servers may
/// run over one database: each mail has one lease.
class Sender {
public:
    Sender(const Context& context, SenderOptions options);
    ~Sender();  // stop()
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    /// First frees what processes of this machine left behind.
    void start();
    void stop();

    /// Sends the mail that is due the longest, here and now; false when there is none.
    bool send_next();

private:
    void loop();
    void keep(const Claim& claim, const Sending& sending);
    void log(const std::string& message) const;
    bool should_cut() const;
    void pause(std::chrono::milliseconds time);

    const Context& context_;
    SenderOptions options_;
    const std::string owner_;
    SmtpClient client_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<std::chrono::steady_clock::time_point> stopping_since_;
    std::thread thread_;
};

}  // namespace otokui::mail
