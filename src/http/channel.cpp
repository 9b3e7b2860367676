#include "http/channel.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace otokui::http {
namespace asio = boost::asio;
namespace {

constexpr std::size_t kReadSize = std::size_t{16} * 1024;
constexpr std::size_t kWriteSize = std::size_t{64} * 1024;
constexpr std::size_t kMaxLingerBytes = std::size_t{8} * 1024 * 1024;

}  // namespace

Channel::Channel(asio::ip::tcp::socket socket)
    : stream_(std::move(socket)), deadline_(stream_.get_executor()) {
    Error ignored;
    stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    stream_.socket().non_blocking(true, ignored);
}

std::string_view Channel::received() const {
    const auto bytes = buffer_.data();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
}

void Channel::shrink() {
    if (buffer_.size() == 0) buffer_.shrink_to_fit();
}

// Reads first and waits without a buffer, so that an idle connection costs no memory for one.
Channel::Error Channel::read_available() {
    std::array<char, kReadSize> space;
    Error error;
    const std::size_t size = stream_.socket().read_some(asio::buffer(space), error);
    buffer_.commit(asio::buffer_copy(buffer_.prepare(size), asio::buffer(space, size)));
    return error;
}

// Not the stream's own deadline: that one closes the socket, and a slow client would not learn why.
asio::awaitable<Channel::Error> Channel::receive_until(Time deadline) {
    Error error = read_available();
    while (error == asio::error::would_block) {
        const std::uint64_t read = ++*reads_;
        bool is_late = false;
        deadline_.expires_at(deadline);
        deadline_.async_wait([this, read, reads = reads_, &is_late](Error cancelled) {
            if (cancelled || *reads != read) return;
            is_late = true;
            Error ignored;
            stream_.socket().cancel(ignored);
        });
        co_await stream_.socket().async_wait(asio::ip::tcp::socket::wait_read,
                                             asio::redirect_error(asio::use_awaitable, error));
        ++*reads_;
        deadline_.cancel();
        if (is_late) co_return asio::error::timed_out;
        if (!error) error = read_available();
    }
    co_return error;
}

asio::awaitable<Channel::Error> Channel::send(std::string_view first, std::string_view second,
                                              std::chrono::milliseconds limit) {
    Error error;
    while (!first.empty() || !second.empty()) {
        const std::string_view head = first.substr(0, kWriteSize);
        const std::string_view tail = second.substr(0, kWriteSize - head.size());
        const std::array<asio::const_buffer, 2> slice{asio::buffer(head), asio::buffer(tail)};
        stream_.expires_after(limit);
        co_await asio::async_write(stream_, slice, asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return error;
        first.remove_prefix(head.size());
        second.remove_prefix(tail.size());
    }
    co_return error;
}

asio::awaitable<void> Channel::linger(std::chrono::milliseconds limit) {
    Error error;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    const auto deadline = std::chrono::steady_clock::now() + limit;
    buffer_.clear();
    for (std::size_t read = 0; !error && read < kMaxLingerBytes;) {
        error = co_await receive_until(deadline);
        read += buffer_.size();
        buffer_.clear();
    }
}

void Channel::close() { stream_.close(); }

}  // namespace otokui::http
