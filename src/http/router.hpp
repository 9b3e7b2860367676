#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/request.hpp"
#include "http/response.hpp"
#include "http/shown.hpp"

namespace otokui::http {

/// Who may call a route. There is no default: a route without a right cannot be made.
class Right {
public:
    enum class Kind { open, signed_in, named, local_or_named };
    /// Anybody, signed in or not.
    static Right open() { return Right(Kind::open, {}); }
    static Right signed_in() { return Right(Kind::signed_in, {}); }
    /// Callers whose Caller::has(name) holds.
    static Right named(std::string name) { return Right(Kind::named, std::move(name)); }
    /// The same, and processes on this machine without signing in.
    static Right local_or(std::string name) { return Right(Kind::local_or_named, std::move(name)); }

    Kind kind() const noexcept { return kind_; }
    const std::string& name() const noexcept { return name_; }

private:
    Right(Kind kind, std::string name) : kind_(kind), name_(std::move(name)) {}
    Kind kind_;
    std::string name_;
};

/// What a body may be. `limit` is in bytes.
struct BodyRule {
    enum class Kind { none, json, csv, text, form, multipart, report };
    static constexpr std::size_t kMebibyte = std::size_t{1} << 20;
    Kind kind = Kind::none;
    std::size_t limit = kMebibyte;

    static BodyRule none() { return {Kind::none, 0}; }
    static BodyRule json(std::size_t limit = kMebibyte) { return {Kind::json, limit}; }
    static BodyRule csv(std::size_t limit) { return {Kind::csv, limit}; }
    static BodyRule text(std::size_t limit = 64 * kMebibyte) { return {Kind::text, limit}; }
    static BodyRule form(std::size_t limit = kMebibyte) { return {Kind::form, limit}; }
    static BodyRule multipart(std::size_t limit) { return {Kind::multipart, limit}; }
};

/// Each class has its own bucket per caller (rate_limit.hpp).
enum class RateClass { ordinary, search, sign_in, transfer };

/// Where the handler runs: on the interactive threads, on the few threads for long work, or on the event loop
/// itself. The last is for handlers that never block and never throw for long: /healthz answers even when
/// every thread is busy.
enum class Runs { interactive, streaming, event_loop };

/// Whether a cookie session must prove that its own page sent the request; exempt only where the URL itself
/// is a secret.
enum class Csrf { checked, exempt };

/// Whether a browser's session must have shown a factor (password, code) within the last minutes. What the
/// caller is decides src/staff; `of_operation`: when the operation that the path names did something that
/// asks for one; `of_export`: while the shop guards its exports.
enum class Factor { any, fresh, of_operation, of_export };

using Handler = std::function<Response(const Request&)>;

/// Takes a body piece by piece as it arrives, without holding a thread while the client is slow. Made by the
/// route's UploadHandler after rights and headers were checked; all calls run on streaming threads, one at a
/// time. Pieces have 1 to 256 KiB. Destroyed without `finish` when the client went away or anything threw:
/// then undo what was begun.
class Upload {
public:
    virtual ~Upload() = default;
    virtual void write(std::string_view piece) = 0;
    virtual Response finish() = 0;
};
using UploadHandler = std::function<std::unique_ptr<Upload>(const Request&)>;

/// One entry of the one table of routes. Pattern: "/api/v1/customers/{id}"; a last segment "{path*}" takes
/// the rest of the path, slashes included. Literals win over parameters, parameters over the rest. GET serves
/// HEAD too.
struct Route {
    Method method;
    std::string pattern;
    Right right;
    std::variant<Handler, UploadHandler> action;
    BodyRule body = BodyRule::none();
    RateClass rate = RateClass::ordinary;
    Runs runs = Runs::interactive;
    Csrf csrf = Csrf::checked;
    Reads reads = Reads::nobody();
    Factor factor = Factor::any;
};

/// The route, declared to show what `reads` says.
inline Route showing(Reads reads, Route route) {
    route.reads = std::move(reads);
    return route;
}

/// The route, declared to ask for a factor shown just now (SECURITY S11).
inline Route asking(Factor factor, Route route) {
    route.factor = factor;
    return route;
}

/// Matches paths to routes. Immutable after construction, so it may be read from every thread.
class Router {
public:
    /// Throws std::logic_error on a bad pattern or two routes that differ only in parameter names.
    explicit Router(std::vector<Route> routes);

    std::span<const Route> routes() const { return routes_; }

    struct Match {
        const Route* route = nullptr;  // nullptr: see `allow`
        Parameters path_parameters;
        std::vector<Method> allow;  // other methods of the same path; empty: the path is unknown
    };
    /// `segments` are the decoded parts of the path between slashes ("/a/b" -> a, b; "/" -> one empty part).
    Match match(Method method, std::span<const std::string> segments) const;
    /// The methods of a path, for answers to methods that the server does not know.
    std::vector<Method> methods_of(std::span<const std::string> segments) const;

private:
    struct Entry {
        std::vector<std::string> segments;  // of the pattern, "{" first for a parameter
        bool takes_rest = false;
        std::size_t route = 0;
    };
    static bool fits(const Entry& entry, std::span<const std::string> segments);

    std::vector<Route> routes_;
    std::vector<Entry> entries_;  // most particular first
};

}  // namespace otokui::http
