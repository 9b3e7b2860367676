#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/text_pair.hpp"
#include "http/caller.hpp"

namespace otokui::http {

enum class Method { get, head, post, put, patch, delete_ };
std::string_view name_of(Method method);
/// nullopt for every method that the server does not know, TRACE, CONNECT and OPTIONS included.
std::optional<Method> find_method(std::string_view name);
/// GET and HEAD change nothing.
bool is_safe(Method method);

/// Names and values in the order they came. Several values of one name may stand in it.
class Parameters {
public:
    using Pair = std::pair<std::string, std::string>;
    void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
    /// The first value of the name; nullptr when there is none.
    const std::string* find(std::string_view name) const;
    /// The first value, or an empty string.
    const std::string& get(std::string_view name) const;
    std::vector<std::string> all(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) != nullptr; }
    bool empty() const { return pairs_.empty(); }
    auto begin() const { return pairs_.begin(); }
    auto end() const { return pairs_.end(); }

private:
    std::vector<Pair> pairs_;
};

/// Header fields; names compare without regard to case.
class Headers {
public:
    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    /// Replaces every field of the name by this one.
    void set(std::string_view name, std::string value);
    const std::string* find(std::string_view name) const;
    const std::string& get(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) != nullptr; }
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// What is known before the body is read. Path, query and cookies are decoded once and are valid UTF-8
/// without NUL.
struct RequestHead {
    Method method = Method::get;
    std::string path;  // decoded; for files only, routes use `Request::path_parameters`
    Headers headers;
    Parameters query;
    Parameters cookies;
    std::string remote_address;        // of the client; from X-Forwarded-For only behind a set proxy
    bool is_local = false;             // the client is a process on this machine and no proxy stands between
    std::string request_id;            // made by the server, 32 hex digits
    Language language = Language::ja;  // cookie `lang`, else Accept-Language, else ja
};

/// The version a write saw: `If-Match: "7"`, or `*` for any.
struct IfMatch {
    bool any = false;
    std::int64_t version = 0;
    bool accepts(std::int64_t current) const { return any || version == current; }
};

struct Request : RequestHead {
    std::string route;                     // pattern of the matched route
    Parameters path_parameters;            // {id} of the pattern
    std::shared_ptr<const Caller> caller;  // nullptr when nobody signed in
    std::string body;                      // whole and within the route's limit; empty on an upload route
    std::string upload_digest;             // of an upload's bytes, when an idempotency key came with it
    std::optional<std::string> idempotency_key;  // 1 to 255 visible ASCII characters
    std::optional<IfMatch> if_match;
};

/// The path parameter as an id; refuses with not_found when it is no id, since no record can bear it.
std::int64_t path_id(const Request& request, std::string_view name = "id");
/// The body as JSON; refuses (malformed) when it is empty or no JSON.
json::Value json_body(const Request& request);
/// As json_body, but an empty body is an empty object: for acts that need no parameters.
json::Value optional_json_body(const Request& request);
/// Refuses with precondition_required (428) when the header is missing.
IfMatch require_if_match(const Request& request);

}  // namespace otokui::http
