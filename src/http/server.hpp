#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "http/metrics.hpp"
#include "http/rate_limit.hpp"
#include "http/request_log.hpp"
#include "http/router.hpp"

namespace otokui::http {

/// What a client may take of the server. Body sizes stand with their routes, head sizes in head_check.hpp.
struct Limits {
    std::size_t connections = 16'000;
    std::size_t connections_per_address = 256;
    /// Addresses without a limit of their own: the proxy in front, which is usually on this machine.
    std::vector<std::string> unlimited_addresses = {"127.0.0.1", "::1"};
    std::chrono::milliseconds idle{60'000};        // between two requests
    std::chrono::milliseconds head{10'000};        // from the first byte of a head to its last
    std::chrono::milliseconds body_grace{10'000};  // what a body may take beside its size at the rate below
    std::size_t body_bytes_per_second = 1024;      // slower bodies are cut
    std::chrono::milliseconds write{30'000};       // for each 64 KiB of an answer
    std::chrono::milliseconds linger{2'000};  // for a client to read our refusal before the connection ends
    std::chrono::milliseconds heartbeat{15'000};  // of event streams
    std::chrono::milliseconds event_stream{
        300'000};  // then the browser connects, and is authenticated, again
    std::size_t interactive_threads = 8;
    std::size_t interactive_queue = 512;
    std::size_t streaming_threads = 2;
    std::size_t streaming_queue = 512;
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: a free one, see Server::port
    /// "https://shop.example": decides the allowed Origin and HSTS. Empty: http and the Host header (loopback
    /// only).
    std::string public_url;
    /// Proxies whose X-Forwarded-For is believed. Their address never counts as the client's.
    std::vector<std::string> trusted_proxies;
    Limits limits;
    Rates rates;
};

/// What the application adds. Every hook may be empty; all but `served` run on worker threads, several at
/// once.
struct Hooks {
    /// Who asks; nullptr for nobody. Called when a request bears an Authorization header or a cookie. Throws
    /// Refused (unauthenticated) for a token that is not valid.
    std::function<std::shared_ptr<const Caller>(const RequestHead&)> authenticate;
    /// Wraps the handler of every POST, PUT, PATCH and DELETE: idempotency keys live here. Must call `next`
    /// at most once.
    std::function<Response(const Request&, const Handler& next)> around;
    /// What the client is told of an exception that is not Refused but no bug either, such as a busy
    /// database; nullopt: it is a bug, see `failed`. May run on the event loop: it must not block.
    std::function<std::optional<Problem>(const std::exception&)> translate;
    /// A handler threw something other than Refused that `translate` did not know: a bug or a lost database.
    /// For the log; the client gets a bare 500.
    std::function<void(const Served&, std::exception_ptr)> failed;
    /// Each answered or broken-off request. Runs on the event loop: it must not block.
    std::function<void(const Served&)> served;
};

/// One HTTP/1.1 server. TLS is a proxy's work.
class Server {
public:
    /// Binds and listens: throws std::system_error when the address is taken. `metrics` must outlive the
    /// server.
    Server(ServerOptions options, Router router, Hooks hooks, Metrics& metrics);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;
    const Router& router() const;

    /// Serves until stop() and the last request in flight. Runs the event loop on the calling thread.
    void run();
    /// Stops accepting, ends idle connections and event streams, lets requests in flight finish, and cuts
    /// what is left after `deadline`. May be called from every thread; a second call does nothing.
    void stop(std::chrono::milliseconds deadline = std::chrono::seconds(20));

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace otokui::http
