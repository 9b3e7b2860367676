#pragma once

// Inside http only: features never see Beast.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

namespace otokui::http {

/// The socket of one connection: every read and write has a deadline. Belongs to the event loop.
class Channel {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Error = boost::system::error_code;

    explicit Channel(boost::asio::ip::tcp::socket socket);

    boost::beast::tcp_stream& stream() { return stream_; }
    boost::beast::flat_buffer& buffer() { return buffer_; }
    /// What was received and not yet used.
    std::string_view received() const;
    void consume(std::size_t size) { buffer_.consume(size); }
    /// Gives the buffer's memory back; for connections that may stay idle for long.
    void shrink();

    /// Adds what arrives to the buffer. error::timed_out when nothing came before the deadline: the socket
    /// stays usable, so that the client can be told.
    boost::asio::awaitable<Error> receive_until(Time deadline);
    /// Writes all of both parts; each 64 KiB of them may take `limit`.
    boost::asio::awaitable<Error> send(std::string_view first, std::string_view second,
                                       std::chrono::milliseconds limit);
    /// Ends our side, and reads what the client still sends until it has seen that, at most for `limit`:
    /// closing at once would take our last answer away from it.
    boost::asio::awaitable<void> linger(std::chrono::milliseconds limit);
    /// Ends every pending read and write.
    void close();

private:
    Error read_available();

    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
    boost::asio::steady_timer deadline_;
    /// Counts the reads: a deadline that fires late must not cancel the next one. Shared with handlers that
    /// may outlive us.
    std::shared_ptr<std::uint64_t> reads_ = std::make_shared<std::uint64_t>(0);
};

}  // namespace otokui::http
