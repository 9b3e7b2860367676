#include "http/body_reader.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/beast/http/error.hpp>

namespace otokui::http {
namespace asio = boost::asio;
namespace beast = boost::beast;

asio::awaitable<bool> BodyReader::read(std::string& piece, std::size_t wanted) {
    while (piece.size() < wanted && !parser_.is_done())
        if (!parse(piece, wanted)) co_await receive();
    co_return parser_.is_done();
}

bool BodyReader::parse(std::string& piece, std::size_t wanted) {
    const std::string_view received = channel_.received();
    if (received.empty()) return false;
    const std::size_t before = piece.size();
    piece.resize(before + std::min(received.size(), wanted - before));
    auto& body = parser_.get().body();
    body.data = piece.data() + before;
    body.size = piece.size() - before;
    Channel::Error error;
    const std::size_t used = parser_.put(asio::buffer(received), error);
    channel_.consume(used);
    piece.resize(piece.size() - body.size);
    const std::size_t filled = piece.size() - before;
    total_ += filled;
    if (total_ > limit_)
        throw Refused({.kind = ProblemKind::too_large,
                       .code = "body.too_large",
                       .detail = {"送られたデータが大きすぎます。", "The body is too large."},
                       .extra = {{"limit", static_cast<std::int64_t>(limit_)}}});
    const bool is_good =
        !error || error == beast::http::error::need_buffer || error == beast::http::error::need_more;
    if (!is_good) throw BodyFailure{400, "http.bad_chunk"};
    return used > 0;
}

asio::awaitable<void> BodyReader::receive() {
    constexpr std::size_t kMaxFramingBytes = std::size_t{20} * 1024;
    if (channel_.received().size() > kMaxFramingBytes) throw BodyFailure{400, "http.bad_chunk"};
    const std::chrono::seconds earned(total_ / limits_.body_bytes_per_second);
    const auto error = co_await channel_.receive_until(started_ + limits_.body_grace + earned);
    if (error == asio::error::timed_out) throw BodyFailure{408, "http.body_too_slow"};
    if (error) throw BodyFailure{0, "http.body_cut"};
}

}  // namespace otokui::http
