#include "http/connection.hpp"

#include <array>
#include <boost/asio/error.hpp>

#include "base/crypto.hpp"
#include "http/problem.hpp"

namespace otokui::http {
namespace asio = boost::asio;
namespace {

constexpr std::size_t kMaxBlankLines = 4;

std::string make_request_id() {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<std::uint8_t, 16> bytes{};
    crypto::fill_random(bytes);
    std::string id;
    for (const std::uint8_t byte : bytes) {
        id += kDigits[byte >> 4];
        id += kDigits[byte & 15];
    }
    return id;
}

}  // namespace

Connection::Connection(Core& core, asio::ip::tcp::socket socket, std::string peer)
    : core_(core), channel_(std::move(socket)), peer_(std::move(peer)), wake_(core.loop) {}

void Connection::wind_up() {
    if (is_idle_) channel_.close();
    wake_.cancel();
}

asio::awaitable<void> Connection::run() {
    After after = After::keep;
    while (after == After::keep && !core_.is_stopping) {
        is_idle_ = true;
        channel_.shrink();
        after = co_await serve_one();
    }
    is_idle_ = false;
    if (after == After::close_gently) co_await channel_.linger(core_.options.limits.linger);
    channel_.close();
}

asio::awaitable<std::size_t> Connection::read_head(std::optional<HeadFault>& fault) {
    const Limits& limits = core_.options.limits;
    // RFC 9112 2.2: blank lines before a request are overlooked, but not any number of them.
    for (std::size_t blank_lines = 0;
         channel_.received().size() < 2 || channel_.received().starts_with("\r\n");) {
        if (channel_.received().starts_with("\r\n")) {
            channel_.consume(2);
            if (++blank_lines > kMaxBlankLines) co_return 0;
        } else if (channel_.received().empty() || channel_.received() == "\r") {
            if (co_await channel_.receive_until(std::chrono::steady_clock::now() + limits.idle)) co_return 0;
        } else {
            break;
        }
    }
    is_idle_ = false;
    const auto deadline = std::chrono::steady_clock::now() + limits.head;
    HeadScanner scanner;
    while (true) {
        scanner.scan(channel_.received());
        fault = scanner.fault();
        if (fault) co_return 0;
        if (scanner.size()) co_return *scanner.size();
        const auto error = co_await channel_.receive_until(deadline);
        if (!error) continue;
        if (error == asio::error::timed_out) fault = HeadFault{408, "http.head_too_slow"};
        co_return 0;
    }
}

asio::awaitable<Connection::After> Connection::refuse_head(HeadFault fault) {
    core_.metrics.refused_heads().Increment();
    Exchange exchange;
    exchange.request.request_id = make_request_id();
    exchange.request.remote_address = peer_;
    exchange.started = std::chrono::steady_clock::now();
    exchange.fault = fault.code;
    exchange.is_over = true;
    Response response =
        problem_of_status(fault.status, fault.code, Language::ja, exchange.request.request_id);
    co_return co_await send(exchange, std::move(response));
}

asio::awaitable<Connection::After> Connection::serve_one() {
    std::optional<HeadFault> fault;
    const std::size_t size = co_await read_head(fault);
    if (!fault && size == 0) co_return After::close;
    if (!fault) fault = find_head_fault(channel_.received().substr(0, size));
    if (fault) co_return co_await refuse_head(*fault);

    Exchange exchange;
    exchange.started = std::chrono::steady_clock::now();
    exchange.request.request_id = make_request_id();
    exchange.parser = std::make_unique<Parser>();
    exchange.parser->header_limit(static_cast<std::uint32_t>(kMaxHeadSize));
    exchange.parser->body_limit(boost::none);  // BodyReader has the limit of the route
    boost::system::error_code error;
    const auto head = asio::buffer(channel_.received().substr(0, size));
    const std::size_t used = exchange.parser->put(head, error);
    if (error || used != size || !exchange.parser->is_header_done())
        co_return co_await refuse_head({400, "http.bad_request"});
    channel_.consume(size);
    Response response = co_await answer(exchange);
    if (exchange.is_abandoned) {
        report(exchange, 0, exchange.fault);
        co_return After::close;
    }
    co_return co_await send(exchange, std::move(response));
}

}  // namespace otokui::http
