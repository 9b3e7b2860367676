#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "mail/message.hpp"
#include "mail/settings.hpp"
#include "mail/smtp.hpp"
#include "mail/types.hpp"

// The outbox as the sender works on it: claims under a lease with a fencing number, and what came of them.
namespace otokui::mail {

struct Pauses {
    std::chrono::milliseconds first{5'000}, longest{3'600'000};  // of one mail: ×4 each time
    std::chrono::milliseconds peer_first{5'000},
        peer_longest{600'000};  // of all mails, while the peer is down
    int most_attempts = 10;
};

/// A mail that this process alone may send until the lease ends.
struct Claim {
    MailId id;
    std::int64_t fence = 0, attempt = 0;
    Peer peer;
    std::string to;  // the address as the customer has it
    Envelope envelope;
    std::string message;  // as it goes over the wire, secrets in it
};

/// Who holds leases: names machine, boot, process namespace and process, so that a process that starts can
/// tell which of them are gone.
std::string lease_owner();
/// True when `owner` was a process of this machine and boot that is no more.
bool is_gone(std::string_view owner);

/// Takes the mail that is due the longest, counts the attempt, and leases it for as long as sending may last.
/// Nothing while none is due, the peer is given up for now, or nothing is set up. A mail that cannot be
/// written down (a lost key, say) is failed at once and the next one taken.
std::optional<Claim> claim(const Context& context, const std::string& owner);

/// Stores what came of it. False when the lease was lost meanwhile: then nothing is stored. `jitter`: 0..1.
bool finish(const Context& context, const Claim& claim, const Sending& sending, const Pauses& pauses,
            double jitter);

/// Frees what processes that are gone had claimed, so that it goes on at once instead of after the lease.
void release_left_behind(const Context& context);

}  // namespace otokui::mail
