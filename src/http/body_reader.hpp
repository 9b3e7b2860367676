#pragma once

// Inside http only.

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstddef>
#include <string>

#include "http/channel.hpp"
#include "http/server.hpp"

namespace otokui::http {

using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

/// The body ended before it was whole: the client went away, was too slow or broke the framing. `status` is
/// what to answer (0: nobody is there to read it); the connection is of no further use.
struct BodyFailure {
    int status;
    const char* code;
};

/// Reads the body of one request piece by piece, within its limit and not slower than Limits allow.
class BodyReader {
public:
    BodyReader(Channel& channel, Parser& parser, const Limits& limits, std::size_t limit)
        : channel_(channel), parser_(parser), limits_(limits), limit_(limit) {}

    /// Appends until `piece` has `wanted` bytes or the body ends, and tells whether it ended. Throws
    /// BodyFailure, or Refused (too_large).
    boost::asio::awaitable<bool> read(std::string& piece, std::size_t wanted);

private:
    /// Hands what was received to the parser; false when that brought nothing new.
    bool parse(std::string& piece, std::size_t wanted);
    boost::asio::awaitable<void> receive();

    Channel& channel_;
    Parser& parser_;
    const Limits& limits_;
    const std::size_t limit_;
    std::size_t total_ = 0;
    Channel::Time started_ = std::chrono::steady_clock::now();
};

}  // namespace otokui::http
