// A head that passes our check is one that Beast reads too, and both see the same framing.
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
    HeadScanner scanner;
    scanner.scan(bytes.substr(0, size / 2));
    scanner.scan(bytes);
    if (scanner.fault() || !scanner.size()) return 0;
    const std::string_view head = bytes.substr(0, *scanner.size());
    OTOKUI_LAW(head.size() <= kMaxHeadSize);
    OTOKUI_LAW(head.ends_with("\r\n"));
    if (head == "\r\n") return 0;  // a blank line before a request: the connection takes it away
    OTOKUI_LAW(head.ends_with("\r\n\r\n"));
    if (find_head_fault(head)) return 0;
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
