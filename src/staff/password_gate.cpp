#include "staff/password_gate.hpp"

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "staff/rules.hpp"

namespace otokui::staff {
namespace {

constexpr int kRetryAfterSeconds = 2;

[[noreturn]] void refuse_as_busy() {
    Problem problem{ProblemKind::unavailable,
                    "session.busy",
                    {"ただいまログインが混み合っています。少し待ってからもう一度お試しください。",
                     "Many people are signing in right now. Wait a moment and try again."}};
    problem.retry_after_seconds = kRetryAfterSeconds;
    throw Refused(std::move(problem));
}

// What unknown logins are checked against: the hash of random bytes nobody kept. It stands here, since making
// one would cost the first unknown login twice the time of a known one.
const std::string kUnmatchedHash =
    "$argon2id$v=19$m=65536,t=2,p=1$YM14cx4FGpu2ZlbAwSucCw$RP4sw55vgL64pHP1PQWl1jJYxcMTT/Mw8hGEGlxQ+B4";

}  // namespace

/// One of the places behind the gate, given back at the end of the scope.
class PasswordGate::Place {
public:
    explicit Place(PasswordGate& gate) : gate_(gate) {
        std::unique_lock lock(gate_.mutex_);
        if (gate_.running_ >= gate_.limits_.running) {
            if (gate_.waiting_ >= gate_.limits_.waiting) refuse_as_busy();
            ++gate_.waiting_;
            const bool is_free = gate_.freed_.wait_for(
                lock, gate_.limits_.patience, [&] { return gate_.running_ < gate_.limits_.running; });
            --gate_.waiting_;
            if (!is_free) refuse_as_busy();
        }
        ++gate_.running_;
        ++gate_.computed_;
    }
    ~Place() {
        {
            const std::lock_guard lock(gate_.mutex_);
            --gate_.running_;
        }
        gate_.freed_.notify_one();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    PasswordGate& gate_;
};

std::string_view PasswordGate::unmatched_hash() { return kUnmatchedHash; }

std::string PasswordGate::hash(std::string_view password) {
    const Place place(*this);
    return crypto::hash_password(normalised_password(password));
}

bool PasswordGate::verify(const std::string& hash, std::string_view password) {
    const std::string normalised = normalised_password(password);
    const Place place(*this);
    if (!hash.empty()) return crypto::verify_password(hash, normalised);
    crypto::verify_password(kUnmatchedHash, normalised);
    return false;
}

}  // namespace otokui::staff
