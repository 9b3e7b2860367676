#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/response.hpp"

namespace otokui::http {

/// Adds what every answer carries (SECURITY B2, B3) unless the response has said it itself:
/// Content-Security-Policy, nosniff, Referrer-Policy, Cross-Origin-*, Permissions-Policy, Cache-Control
/// no-store, HSTS when `is_tls`.
void add_security_headers(Headers& headers, bool is_tls);

/// How the end of a body is told.
enum class Framing { none, length, chunked, until_close };

struct WireHead {
    int status;
    const Headers& headers;
    Framing framing;
    std::uint64_t length = 0;  // with Framing::length
    bool keep_alive = true;
    std::chrono::system_clock::time_point now;
};

/// Status line and fields. Throws std::logic_error when a field holds a control character: nothing of a
/// request may ever become a line of an answer.
std::string write_head(const WireHead& head);

/// The chunk header and the end of a chunk of the size.
std::string chunk_header(std::size_t size);
inline constexpr std::string_view kChunkEnd = "\r\n";
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace otokui::http
