#include "http/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/connection.hpp"
#include "http/core.hpp"

namespace otokui::http {
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
namespace {

constexpr std::string_view kTooManyConnections =
    "HTTP/1.1 503 Service Unavailable\r\nServer: otokui\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
    "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";

/// Each connection is a file descriptor; the usual soft limit of 1,024 would be ours too.
void raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::string plain(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

}  // namespace

struct Server::Impl {
    Impl(ServerOptions options, Router router, Hooks hooks, Metrics& metrics)
        : core(std::move(options), std::move(router), std::move(hooks), metrics),
          acceptor(core.loop),
          retry(core.loop),
          deadline(core.loop) {
        const Tcp::endpoint endpoint(asio::ip::make_address(core.options.address), core.options.port);
        acceptor.open(endpoint.protocol());
        acceptor.set_option(Tcp::acceptor::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen(4096);
    }

    asio::awaitable<void> accept() {
        while (!core.is_stopping) {
            boost::system::error_code error;
            Tcp::socket socket =
                co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
            if (core.is_stopping) break;
            if (error) {
                // Out of descriptors or memory: trying again at once would only burn the processor.
                retry.expires_after(std::chrono::milliseconds(50));
                co_await retry.async_wait(asio::redirect_error(asio::use_awaitable, error));
                continue;
            }
            const Tcp::endpoint peer = socket.remote_endpoint(error);
            if (!error) admit(std::move(socket), plain(peer.address()));
        }
    }

    void admit(Tcp::socket socket, std::string peer) {
        const Limits& limits = core.options.limits;
        const bool is_unlimited =
            std::ranges::find(limits.unlimited_addresses, peer) != limits.unlimited_addresses.end();
        std::size_t& of_address = core.connections_of[peer];
        if (core.connections.size() >= limits.connections ||
            (!is_unlimited && of_address >= limits.connections_per_address)) {
            core.metrics.refused_connections().Increment();
            if (of_address == 0) core.connections_of.erase(peer);
            boost::system::error_code ignored;
            socket.non_blocking(true, ignored);
            socket.write_some(asio::buffer(kTooManyConnections), ignored);
            return;
        }
        ++of_address;
        auto connection = std::make_shared<Connection>(core, std::move(socket), std::move(peer));
        core.connections.insert(connection.get());
        core.metrics.connections().Increment();
        asio::co_spawn(core.loop, connection->run(), [this, connection](const std::exception_ptr& error) {
            core.connections.erase(connection.get());
            core.metrics.connections().Decrement();
            const auto count = core.connections_of.find(connection->peer());
            if (--count->second == 0) core.connections_of.erase(count);
            if (error && core.hooks.failed) core.hooks.failed({}, error);
            if (core.is_stopping && core.connections.empty()) deadline.cancel();
        });
    }

    void wind_up(std::chrono::milliseconds limit) {
        if (core.is_stopping) return;
        core.is_stopping = true;
        boost::system::error_code ignored;
        acceptor.close(ignored);
        retry.cancel();
        const auto all = core.connections;  // a copy: ending a connection takes it out
        for (Connection* connection : all) connection->wind_up();
        if (all.empty()) return;
        deadline.expires_after(limit);
        deadline.async_wait([this](boost::system::error_code cancelled) {
            if (cancelled) return;
            const auto left = core.connections;
            for (Connection* connection : left) connection->cut();
        });
    }

    Core core;
    Tcp::acceptor acceptor;
    asio::steady_timer retry;
    asio::steady_timer deadline;
};

Server::Server(ServerOptions options, Router router, Hooks hooks, Metrics& metrics)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(router), std::move(hooks), metrics)) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

const Router& Server::router() const { return impl_->core.router; }

void Server::run() {
    raise_file_limit();
    asio::co_spawn(impl_->core.loop, impl_->accept(), [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    });
    impl_->core.loop.run();
}

void Server::stop(std::chrono::milliseconds deadline) {
    asio::post(impl_->core.loop, [this, deadline] { impl_->wind_up(deadline); });
}

}  // namespace otokui::http
