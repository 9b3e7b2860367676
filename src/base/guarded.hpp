#pragma once

#include <ostream>
#include <utility>

namespace otokui {

/// A value that must not reach a log, an error text or a metric. It converts to nothing and cannot be
/// streamed: whoever needs the value says so with reveal(), which is easy to find in a review.
template <class T, class Tag>
class Guarded {
public:
    Guarded() = default;
    explicit Guarded(T value) : value_(std::move(value)) {}
    const T& reveal() const noexcept { return value_; }
    bool operator==(const Guarded&) const = default;

private:
    T value_{};
};
template <class T, class Tag>
std::ostream& operator<<(std::ostream&, const Guarded<T, Tag>&) = delete;

/// Passwords, tokens, keys.
template <class T>
using Secret = Guarded<T, struct SecretTag>;
/// What tells who somebody is: names, mails, phones, addresses.
template <class T>
using Personal = Guarded<T, struct PersonalTag>;

}  // namespace otokui
