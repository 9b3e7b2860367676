#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/connection.hpp"
#include "http/event_hub.hpp"
#include "http/offload.hpp"
#include "http/problem.hpp"
#include "http/wire.hpp"

namespace otokui::http {
namespace asio = boost::asio;
namespace {

constexpr std::string_view kHeartbeat = ": \n\n";
/// An unread body of at most this size is read and thrown away, so that the connection can be used again.
constexpr std::uint64_t kMaxDiscarded = std::uint64_t{64} * 1024;

std::string_view bytes_of(const Response& response) {
    if (const auto* own = std::get_if<std::string>(&response.body)) return *own;
    if (const auto* shared = std::get_if<SharedBytes>(&response.body)) return shared->bytes;
    return {};
}

bool has_no_body(int status) { return status == 204 || status == 304; }

WireHead wire_head(const Response& response, bool is_old_version) {
    WireHead head{.status = response.status,
                  .headers = response.headers,
                  .framing = Framing::length,
                  .now = std::chrono::system_clock::now()};
    if (has_no_body(response.status)) {
        head.framing = Framing::none;
    } else if (const auto* download = std::get_if<Download>(&response.body)) {
        head.framing = download->length ? Framing::length
                       : is_old_version ? Framing::until_close
                                        : Framing::chunked;
        head.length = download->length.value_or(0);
    } else if (std::holds_alternative<std::shared_ptr<EventSubscription>>(response.body)) {
        head.framing = Framing::until_close;
    } else {
        head.length = bytes_of(response).size();
    }
    return head;
}

}  // namespace

void Connection::report(const Exchange& exchange, int status, std::string fault) const {
    const auto duration = std::chrono::steady_clock::now() - exchange.started;
    const Request& request = exchange.request;
    // A method or path that we do not know must not become a name in the metrics: a stranger could make any
    // number.
    const std::string method = find_method(exchange.method_name) ? exchange.method_name : "";
    core_.metrics.served(method, request.route, status, duration);
    if (!core_.hooks.served) return;
    core_.hooks.served({.request_id = request.request_id,
                        .actor = request.caller == nullptr ? std::string() : request.caller->actor_id(),
                        .method = method,
                        .route = request.route,
                        .status = status,
                        .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
                        .fault = std::move(fault)});
}

asio::awaitable<Connection::After> Connection::send(Exchange& exchange, Response response) {
    const Limits& limits = core_.options.limits;
    if (exchange.route != nullptr && exchange.route->rate == RateClass::sign_in && response.status < 400)
        core_.rate_limiter.give_back(RateClass::sign_in, exchange.rate_key);
    for (const auto& [name, value] : exchange.rate_headers) response.headers.add(name, value);
    response.headers.set("X-Request-Id", exchange.request.request_id);
    add_security_headers(response.headers, core_.is_tls);

    Parser* const parser = exchange.parser.get();
    const bool is_read = parser == nullptr || parser->is_done() || !exchange.has_body;
    const bool is_small = parser != nullptr && !exchange.request.headers.has("expect") &&
                          parser->content_length().value_or(kMaxDiscarded + 1) <= kMaxDiscarded;
    const bool may_stay =
        parser != nullptr && !exchange.is_over && (is_read || is_small) && parser->keep_alive();
    WireHead wire = wire_head(response, exchange.version < 11);
    wire.keep_alive = may_stay && wire.framing != Framing::until_close && !core_.is_stopping;
    std::string head;
    try {
        head = write_head(wire);
    } catch (const std::logic_error&) {
        if (core_.hooks.failed)
            core_.hooks.failed({.request_id = exchange.request.request_id, .status = 500},
                               std::current_exception());
        response = problem_of_status(500, "internal", exchange.request.language, exchange.request.request_id);
        add_security_headers(response.headers, core_.is_tls);
        WireHead other = wire_head(response, exchange.version < 11);
        other.keep_alive = wire.keep_alive;
        head = write_head(other);
    }
    const bool is_bare = exchange.method_name == "HEAD" || has_no_body(response.status);
    bool is_whole = false;
    if (auto* download = std::get_if<Download>(&response.body); download != nullptr && !is_bare) {
        is_whole =
            co_await send_download(exchange, std::move(head), *download, wire.framing == Framing::chunked);
    } else if (auto* events = std::get_if<std::shared_ptr<EventSubscription>>(&response.body);
               events != nullptr && !is_bare) {
        co_await send_events(std::move(head), **events);
    } else {
        const std::string_view body = is_bare ? std::string_view() : bytes_of(response);
        is_whole = !co_await channel_.send(head, body, limits.write);
    }
    report(exchange, response.status, exchange.fault);
    if (!is_whole || wire.framing == Framing::until_close) co_return After::close;
    // Closing while bytes of the client lie unread would reset the connection and take our answer away.
    const bool is_quiet = is_read && !exchange.is_over && channel_.received().empty();
    if (!wire.keep_alive) co_return is_quiet ? After::close : After::close_gently;
    if (is_read) co_return After::keep;
    BodyReader rest(channel_, *parser, limits, kMaxDiscarded);
    std::string discarded;
    try {
        co_await rest.read(discarded, kMaxDiscarded);
    } catch (const BodyFailure&) {
        co_return After::close;
    }
    co_return After::keep;
}

asio::awaitable<bool> Connection::send_download(const Exchange& exchange, std::string head,
                                                Download& download, bool is_chunked) {
    const auto limit = core_.options.limits.write;
    std::string piece;
    const std::function<bool()> next = [&] {
        piece.clear();
        return download.next(piece);
    };
    std::uint64_t sent = 0;
    while (true) {
        std::optional<bool> has_more;
        try {
            has_more = co_await offload(core_.streaming, next);
        } catch (...) {
            const Served served{.request_id = exchange.request.request_id,
                                .method = exchange.method_name,
                                .route = exchange.request.route,
                                .status = 500};
            if (core_.hooks.failed) core_.hooks.failed(served, std::current_exception());
            co_return false;
        }
        if (!has_more) {
            // The answer has begun, so a full queue cannot be told any more: wait for a place in it.
            wake_.expires_after(std::chrono::milliseconds(50));
            boost::system::error_code ignored;
            co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            continue;
        }
        if (!*has_more) break;
        if (piece.empty()) continue;
        sent += piece.size();
        if (is_chunked) head += chunk_header(piece.size());
        if (is_chunked) piece += kChunkEnd;
        if (co_await channel_.send(head, piece, limit)) co_return false;
        head.clear();
    }
    if (is_chunked) head += kLastChunk;
    if (co_await channel_.send(head, {}, limit)) co_return false;
    co_return !download.length || *download.length == sent;
}

asio::awaitable<void> Connection::send_events(std::string head, EventSubscription& subscription) {
    const Limits& limits = core_.options.limits;
    const auto end = std::chrono::steady_clock::now() + limits.event_stream;
    // What a browser sends on an event stream is its farewell: without this, a closed page would count until
    // a heartbeat fails.
    auto is_gone = std::make_shared<bool>(false);
    channel_.stream().socket().async_wait(asio::ip::tcp::socket::wait_read,
                                          [self = shared_from_this(), is_gone](boost::system::error_code) {
                                              *is_gone = true;
                                              self->wake_.cancel();
                                          });
    auto has_news = std::make_shared<bool>(false);
    subscription.on_news([weak = weak_from_this(), has_news, executor = core_.loop.get_executor()] {
        asio::post(executor, [weak, has_news] {
            *has_news = true;
            if (const auto self = weak.lock()) self->wake_.cancel();
        });
    });
    head += "retry: 2000\n\n";
    while (!core_.is_stopping && !*is_gone && std::chrono::steady_clock::now() < end) {
        *has_news = false;
        auto batch = subscription.take();
        head += batch.text;
        if (!head.empty() && co_await channel_.send(head, {}, limits.write)) break;
        head.clear();
        if (batch.closed) break;
        if (*has_news || *is_gone || core_.is_stopping) continue;
        wake_.expires_after(limits.heartbeat);
        boost::system::error_code woken;
        co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (!woken) head = kHeartbeat;
    }
    subscription.on_news(nullptr);
}

}  // namespace otokui::http
