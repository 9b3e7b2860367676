#pragma once

// Inside http only.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "http/body_reader.hpp"
#include "http/channel.hpp"
#include "http/core.hpp"
#include "http/head_check.hpp"

namespace otokui::http {

/// One client: reads a request, answers it, and again. A coroutine on the event loop; handlers run on the
/// pools.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Core& core, boost::asio::ip::tcp::socket socket, std::string peer);

    boost::asio::awaitable<void> run();
    /// The server is stopping: ends at once when no request is in flight, after it otherwise.
    void wind_up();
    /// Breaks off whatever is going on.
    void cut() { channel_.close(); }
    const std::string& peer() const { return peer_; }

private:
    template <class T>
    using Awaitable = boost::asio::awaitable<T>;
    struct Exchange;  // one request and its answer
    enum class After { keep, close, close_gently };

    // connection.cpp: the wire side
    Awaitable<After> serve_one();
    /// The size of the complete head at the front of the channel; 0 when the client is gone or `fault` is
    /// set.
    Awaitable<std::size_t> read_head(std::optional<HeadFault>& fault);
    Awaitable<After> refuse_head(HeadFault fault);

    // exchange.cpp: from a head to a response
    void read_request(Exchange& exchange) const;
    std::string client_address(const RequestHead& head) const;
    Awaitable<Response> answer(Exchange& exchange);
    Awaitable<Response> handle(Exchange& exchange);
    std::optional<Problem> translate(const std::exception& exception) const;
    /// The answer to an exception that nobody expected; call it from its catch block.
    Response fail(const Exchange& exchange) const;
    Awaitable<void> authenticate(Exchange& exchange);
    void check_rate(Exchange& exchange);
    Awaitable<void> ask_for_body(Exchange& exchange);
    Awaitable<Response> run_handler(Exchange& exchange, const Handler& handler);
    Awaitable<Response> run_upload(Exchange& exchange, const UploadHandler& open);
    /// Runs one step of an upload on a streaming thread; `step` must live until then.
    Awaitable<void> run_step(const std::function<void()>& step);

    // sending.cpp: from a response to bytes
    Awaitable<After> send(Exchange& exchange, Response response);
    Awaitable<bool> send_download(const Exchange& exchange, std::string head, Download& download,
                                  bool is_chunked);
    Awaitable<void> send_events(std::string head, EventSubscription& subscription);
    void report(const Exchange& exchange, int status, std::string fault) const;

    Core& core_;
    Channel channel_;
    const std::string peer_;
    boost::asio::steady_timer wake_;  // of an event stream
    bool is_idle_ = true;             // no request in flight: may be ended at any time
};

/// One request with what is decided about it on its way.
struct Connection::Exchange {
    std::unique_ptr<Parser> parser;
    Request request;
    const Route* route = nullptr;
    std::string method_name;
    int version = 11;
    bool has_body = false;
    std::string rate_key;  // empty: not counted
    Headers rate_headers;
    std::chrono::steady_clock::time_point started;
    std::string fault;          // why the body could not be read; for the log
    bool is_abandoned = false;  // nobody is there to read an answer
    bool is_over = false;       // the connection cannot serve another request
};

}  // namespace otokui::http
