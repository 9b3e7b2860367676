// A head is judged the same however it arrives, and one that passes has one meaning, for Beast too.
#include <algorithm>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdint>
#include <string_view>

#include "http/head_check.hpp"
#include "law.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace otokui::http;
    namespace beast = boost::beast;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    HeadScanner whole;
    whole.scan(bytes);
    HeadScanner pieces;
    for (std::size_t end = 0; end <= size && !pieces.fault() && !pieces.size(); ++end)
        pieces.scan(bytes.substr(0, end));
    OTOKUI_LAW(pieces.size() == whole.size());
    OTOKUI_LAW(pieces.fault() == whole.fault());
    if (!whole.size()) return 0;
    const std::string_view head = bytes.substr(0, *whole.size());
    OTOKUI_LAW(head.size() <= kMaxHeadSize);
    if (find_head_fault(head)) return 0;
    OTOKUI_LAW(head.ends_with("\r\n\r\n") && head.size() > 4);
    // What is handed on has one meaning: no lone line ends, no folded lines, no NUL.
    OTOKUI_LAW(head.find('\0') == head.npos);
    OTOKUI_LAW(head.find("\n ") == head.npos && head.find("\n\t") == head.npos);
    OTOKUI_LAW(std::ranges::count(head, '\r') == std::ranges::count(head, '\n'));
    beast::http::request_parser<beast::http::empty_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(kMaxHeadSize));
    parser.body_limit(boost::none);
    boost::system::error_code error;
    const std::size_t used = parser.put(boost::asio::buffer(head), error);
    if (error) return 0;  // the server answers 400: stricter is well
    OTOKUI_LAW(used == head.size());
    OTOKUI_LAW(parser.is_header_done());
    OTOKUI_LAW(!(parser.chunked() && parser.content_length()));
    OTOKUI_LAW(!parser.chunked() || parser.get().version() == 11);
    return 0;
}
