#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.hpp"

namespace otokui::http::testing {

/// A socket to a server on this machine that sends exactly the bytes it is given. Fails the test's
/// expectations by throwing std::runtime_error, never hangs longer than its patience.
class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False when the server has closed the connection.
    bool send(std::string_view bytes);
    void end_sending();
    /// Everything until the server closes; throws when it has not closed after `patience`.
    std::string read_to_end(std::chrono::milliseconds patience = std::chrono::seconds(10));
    /// Reads until the text occurs in what came since the last call; returns all of that.
    std::string read_until(std::string_view text,
                           std::chrono::milliseconds patience = std::chrono::seconds(10));
    /// True when the server closes within `patience` (what it sends meanwhile is thrown away).
    bool is_closed_within(std::chrono::milliseconds patience);

private:
    /// Appends to unread_; false at the end of the stream.
    bool receive(std::chrono::steady_clock::time_point deadline);
    int socket_ = -1;
    std::string unread_;
};

struct Answer {
    int status = 0;
    Headers headers;
    std::string body;
    const std::string& header(std::string_view name) const { return headers.get(name); }
};

/// Splits a stream of answers (none of them to HEAD) by their Content-Length or chunks. Throws on anything
/// malformed: a server that we cannot read has failed.
std::vector<Answer> read_answers(std::string_view bytes);

/// Sends one request on a connection of its own (with `Connection: close`) and reads the answer.
Answer fetch(std::uint16_t port, std::string_view method, std::string_view target,
             std::string_view fields = "", std::string_view body = "");

}  // namespace otokui::http::testing
