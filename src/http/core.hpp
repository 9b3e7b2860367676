#pragma once

// Inside http only.

#include <boost/asio/io_context.hpp>
#include <map>
#include <set>
#include <string>

#include "http/rate_limit.hpp"
#include "http/server.hpp"
#include "http/worker_pool.hpp"

namespace otokui::http {

class Connection;

/// What the connections of one server share. All but the pools and hooks belongs to the event loop.
struct Core {
    Core(ServerOptions server_options, Router server_router, Hooks server_hooks, Metrics& server_metrics)
        : options(std::move(server_options)),
          router(std::move(server_router)),
          hooks(std::move(server_hooks)),
          metrics(server_metrics),
          rate_limiter(options.rates),
          is_tls(options.public_url.starts_with("https://")),
          interactive(options.limits.interactive_threads, options.limits.interactive_queue),
          streaming(options.limits.streaming_threads, options.limits.streaming_queue) {}

    const ServerOptions options;
    const Router router;
    const Hooks hooks;
    Metrics& metrics;
    RateLimiter rate_limiter;
    const bool is_tls;
    bool is_stopping = false;
    std::set<Connection*> connections;
    std::map<std::string, std::size_t> connections_of;  // by address

    boost::asio::io_context loop{1};
    WorkerPool interactive;  // after the loop: their last work still posts to it
    WorkerPool streaming;
};

}  // namespace otokui::http
