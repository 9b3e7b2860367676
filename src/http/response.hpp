#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/json.hpp"
#include "http/request.hpp"
#include "http/shown.hpp"

namespace otokui::http {

class EventSubscription;

/// Bytes that somebody else keeps: embedded files (owner empty) or a shared buffer.
struct SharedBytes {
    std::string_view bytes;
    std::shared_ptr<const void> owner = {};
};

/// A body made piece by piece. `next` is called on a streaming thread, one call at a time and only when the
/// client has taken what came before; it replaces `piece` with the next bytes and returns false at the end
/// (piece is then ignored). An exception breaks the connection off, so that the client sees the cut. Pieces
/// of 16 to 256 KiB are best.
struct Download {
    std::function<bool(std::string& piece)> next;
    std::optional<std::uint64_t> length = {};  // sent as Content-Length when known, chunked otherwise
};

struct Response {
    int status = 200;
    Headers headers;
    std::variant<std::string, SharedBytes, Download, std::shared_ptr<EventSubscription>> body;
    std::shared_ptr<const Shown> shown = {};  // on routes that Reads::told
};

Response ok(const json::Value& value);
Response created(const json::Value& value);
Response accepted(const json::Value& value);
Response no_content();
/// Tells the log of readings what the answer shows.
Response with_shown(Response response, Shown shown);
Response text(std::string body, std::string_view content_type = "text/plain; charset=utf-8");
/// A stream of events (SSE); see event_hub.hpp.
Response events(std::shared_ptr<EventSubscription> subscription);
Response download(Download body, std::string_view content_type, std::string_view file_name);

/// Adds `ETag: "version"`.
Response with_version(Response response, std::int64_t version);
/// Marks the answer as a file to be saved under the name (RFC 6266); control characters and path signs in it
/// become "_".
Response as_attachment(Response response, std::string_view file_name);

struct Cookie {
    std::string name;                                  // "__Host-sid"; with that prefix `secure` must be set
    std::string value;                                 // letters, digits and -_.~ only
    std::optional<std::int64_t> max_age_seconds = {};  // 0 deletes it; nullopt: until the browser closes
    bool secure = true;
    bool http_only = true;
};
/// Path=/ and SameSite=Lax always. Throws std::invalid_argument when name or value hold other characters.
void add_cookie(Response& response, const Cookie& cookie);

}  // namespace otokui::http
