#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/json.hpp"
#include "core/actor.hpp"
#include "http/caller.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

// What the routes of all features share: the way from an HTTP request to the actor of a use case, and from a
// write to its answer.
namespace otokui::api {

/// A signed-in caller; made by the staff feature from a session or token.
class ActorCaller : public http::Caller {
public:
    explicit ActorCaller(core::Actor actor) : actor_(std::move(actor)) {}
    const core::Actor& actor() const { return actor_; }
    bool has(std::string_view right) const override { return actor_.may(right); }

private:
    core::Actor actor_;
};

/// The actor of this request with address and screen filled in. Refused unauthenticated when nobody signed
/// in. The screen is what the page calls itself (header Otokui-Screen, up to 60 of a-z 0-9 . -), else method
/// and route pattern.
core::Actor actor_of(const http::Request& request);

/// The version a write saw (If-Match), nothing for any of them (`*`). Refused stale when the header is
/// missing.
std::optional<std::int64_t> version_seen(const http::Request& request);

/// The body, which must be a JSON object. Refused invalid body.invalid.
json::Object object_body(const http::Request& request);

/// "true" or "false" of the query; nothing when it does not say. Refused invalid query.invalid.
std::optional<bool> flag_asked(const http::Request& request, std::string_view name);

/// Adds Otokui-Operation when something was changed.
http::Response with_operation(http::Response response, OperationId operation);

}  // namespace otokui::api
