#include "http/body_reader.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

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
        const std::chrono::seconds earned(total_ / limits_.body_bytes_per_second);
        channel_.stream().expires_at(started_ + limits_.body_grace + earned);
        boost::system::error_code error;
        co_await beast::http::async_read_some(channel_.stream(), channel_.buffer(), parser_,
                                              asio::redirect_error(asio::use_awaitable, error));
        const std::size_t filled = offered - body.size;
        total_ += filled;
        if (total_ > limit_)
            throw Refused({ProblemKind::too_large,
                           "body.too_large",
                           {"送られたデータが大きすぎます。", "The body is too large."},
                           {},
                           {{"limit", static_cast<std::int64_t>(limit_)}}});
        piece.append(space.data(), filled);
        if (!error || error == beast::http::error::need_buffer) continue;
        if (error == beast::error::timeout) throw BodyFailure{408, "http.body_too_slow"};
        const bool is_bad_framing =
            error.category() == beast::http::make_error_code(beast::http::error::bad_chunk).category() &&
            error != beast::http::error::end_of_stream && error != beast::http::error::partial_message;
        throw is_bad_framing ? BodyFailure{400, "http.bad_chunk"} : BodyFailure{0, "http.body_cut"};
    }
    co_return parser_.is_done();
}

}  // namespace otokui::http
