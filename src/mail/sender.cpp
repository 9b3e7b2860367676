#include "mail/sender.hpp"

#include "base/crypto.hpp"

namespace otokui::mail {
namespace {

double random_share() {
    std::array<std::uint8_t, 2> bytes{};
    crypto::fill_random(bytes);
    return (bytes[0] * 256 + bytes[1]) / 65'535.0;
}

}  // namespace

Sender::Sender(const Context& context, SenderOptions options)
    : context_(context), options_(std::move(options)), owner_(lease_owner()) {
    if (!options_.transport)
        options_.transport = [this](const Peer& peer, const Envelope& envelope, std::string_view message,
                                    const std::function<bool()>& should_stop) {
            return client_.send(peer, envelope, message, should_stop);
        };
}

Sender::~Sender() { stop(); }

void Sender::start() {
    release_left_behind(context_);
    thread_ = std::thread([this] { loop(); });
}

void Sender::stop() {
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_since_) stopping_since_ = std::chrono::steady_clock::now();
        wake_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
}

bool Sender::send_next() {
    const auto claimed = claim(context_, owner_);
    if (!claimed) return false;
    Sending sending;
    try {
        sending = options_.transport(claimed->peer, claimed->envelope, claimed->message,
                                     [this] { return should_cut(); });
    } catch (const std::exception& error) {
        sending = {Outcome::later, "connect", error.what()};
    }
    if (sending.outcome == Outcome::peer_down) log("the mail server does not take mails: " + sending.stage);
    if (sending.outcome == Outcome::refused && sending.stage == "recipient" && options_.on_refused)
        options_.on_refused(claimed->to, sending.answer);
    keep(*claimed, sending);
    return true;
}

// A mail that was sent and is not marked so would be sent twice: the database is asked again while the lease
// may last.
void Sender::keep(const Claim& claim, const Sending& sending) {
    constexpr int kTimes = 10;
    constexpr std::chrono::milliseconds kPause{500};
    const auto jitter = random_share();
    for (int time = 1;; ++time) {
        try {
            if (!finish(context_, claim, sending, options_.pauses, jitter))
                log("mail " + std::to_string(claim.id.value) + ": its lease was lost while it was sent");
            return;
        } catch (const storage::WritesStopped&) {
            throw;
        } catch (const std::exception& error) {
            if (time == kTimes) throw;
            pause(kPause);
        }
    }
}

void Sender::loop() {
    const auto stopping = [this] {
        const std::lock_guard lock(mutex_);
        return stopping_since_.has_value();
    };
    const auto may_send = [&] { return !stopping() && !context_.journal.database().has_stopped_writes(); };
    while (!stopping()) {
        try {
            while (may_send() && send_next()) {
            }
        } catch (const std::exception& error) {
            log(error.what());
        }
        pause(options_.poll);
    }
}

bool Sender::should_cut() const {
    const std::lock_guard lock(mutex_);
    return stopping_since_ && std::chrono::steady_clock::now() - *stopping_since_ > options_.patience;
}

void Sender::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, time, [this] { return stopping_since_.has_value(); });
}

void Sender::log(const std::string& message) const {
    if (options_.log) options_.log(message);
}

}  // namespace otokui::mail
