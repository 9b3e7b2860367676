#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otokui::http {

/// Who asks, as far as http must know. The application derives its own caller with staff, token and rights
/// from it and casts back in its handlers. Read from several threads: immutable after it was made.
class Caller {
public:
    virtual ~Caller() = default;
    virtual bool has(std::string_view right) const = 0;
    /// For the log: an id, never a name or login.
    virtual std::string actor_id() const = 0;
    /// One bucket of the rate limits and one count of open event streams per key: a session or a token.
    virtual std::string rate_key() const = 0;
    /// The token that a changing request of a cookie session must carry; nullopt for bearer tokens, which
    /// browsers do not send by themselves.
    virtual std::optional<std::string> csrf_token() const = 0;
};

}  // namespace otokui::http
