#include "http/body_reader.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <boost/beast/http/error.hpp>

namespace otokui::http {
namespace asio = boost::asio;
namespace beast = boost::beast;

asio::awaitable<bool> BodyReader::read(std::string& piece, std::size_t wanted) {
    std::array<char, 16 * 1024> space;
    while (piece.size() < wanted && !parser_.is_done()) {
        auto& body = parser_.get().body();
        body.data = space.data();
        body.size = std::min(space.size(), wanted - piece.size());
        const std::size_t offered = body.size;
        Channel::Error error;
        const auto received = channel_.received();
        const std::size_t used = parser_.put(asio::buffer(received), error);
        channel_.consume(used);
        const std::size_t filled = offered - body.size;
        total_ += filled;
        if (total_ > limit_)
            throw Refused({ProblemKind::too_large,
                           "body.too_large",
                           {"送られたデータが大きすぎます。", "The body is too large."},
                           {},
                           {{"limit", static_cast<std::int64_t>(limit_)}}});
        piece.append(space.data(), filled);
        const bool is_framing_good =
            !error || error == beast::http::error::need_buffer || error == beast::http::error::need_more;
        if (!is_framing_good) throw BodyFailure{400, "http.bad_chunk"};
        if (used == 0 && filled == 0 && !parser_.is_done()) co_await receive();
    }
    co_return parser_.is_done();
}

asio::awaitable<void> BodyReader::receive() {
    constexpr std::size_t kMaxFramingBytes = 20 * 1024;
    if (channel_.received().size() > kMaxFramingBytes) throw BodyFailure{400, "http.bad_chunk"};
    const std::chrono::seconds earned(total_ / limits_.body_bytes_per_second);
    const auto error = co_await channel_.receive_until(started_ + limits_.body_grace + earned);
    if (error == asio::error::timed_out) throw BodyFailure{408, "http.body_too_slow"};
    if (error) throw BodyFailure{0, "http.body_cut"};
}

}  // namespace otokui::http
