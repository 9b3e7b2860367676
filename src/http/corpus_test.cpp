// Raw requests of other projects' tests, sent to a running server as they are. What each is in RFC 9112's
// eyes differs, but none may crash or hang the server, be answered with something malformed or end in a 5xx.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "http/testing/test_server.hpp"

namespace otokui::http {
namespace {

using testing::RawClient;
using testing::simple_route;
using testing::TestServer;

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The requests of an llhttp test page: blocks marked http, whose line ends stand for CR LF and whose escapes
/// are \r \n
/// \t \f and a backslash at a line's end.
std::vector<std::string> read_llhttp(const std::filesystem::path& path) {
    const std::string page = read_file(path);
    constexpr std::string_view kOpen = "```http\n";
    std::vector<std::string> requests;
    for (auto at = page.find(kOpen); at != std::string::npos; at = page.find(kOpen, at)) {
        at += kOpen.size();
        const std::string block = page.substr(at, page.find("```", at) - at);
        std::string request;
        for (std::size_t i = 0; i < block.size(); ++i) {
            const char next = i + 1 < block.size() ? block[i + 1] : ' ';
            if (block[i] == '\n') {
                request += "\r\n";
            } else if (block[i] != '\\') {
                request += block[i];
            } else {
                if (next == 'r') request += '\r';
                if (next == 'n') request += '\n';
                if (next == 't') request += '\t';
                if (next == 'f') request += '\f';
                ++i;
            }
        }
        requests.push_back(std::move(request));
    }
    return requests;
}

struct DesyncCase {
    std::string name, request, tier;
};

/// A YAML scalar as those files use them: bare, or quoted with escapes.
std::string scalar(std::string text) {
    if (text.size() < 2 || text.front() != '"') return text;
    std::string value;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] != '\\') {
            value += text[i];
            continue;
        }
        const char sign = text[++i];
        if (sign == 'x') {
            value += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            value += sign == 't' ? '\t' : sign == 'r' ? '\r' : sign == 'n' ? '\n' : sign == '0' ? '\0' : sign;
        }
    }
    return value;
}

std::vector<DesyncCase> read_desync(const std::filesystem::path& path) {
    std::vector<DesyncCase> cases;
    std::istringstream lines(read_file(path));
    const std::regex member(R"(^( *)(- )?(\w+): (.*)$)");
    std::string line, uri, method, version, fields;
    while (std::getline(lines, line)) {
        std::smatch parts;
        if (!std::regex_match(line, parts, member)) continue;
        const std::size_t depth = static_cast<std::size_t>(parts[1].length() + parts[2].length());
        const std::string key = parts[3];
        const std::string value = scalar(parts[4]);
        if (depth == 2 && key == "name") {
            cases.push_back({.name = value, .request = {}, .tier = {}});
            uri = method = version = fields = "";
        }
        if (depth == 2 && key == "uri") uri = value;
        if (depth == 2 && key == "method") method = value;
        if (depth == 2 && key == "version") version = value;
        if (depth == 6 && key == "name") fields += value + ":";
        if (depth == 6 && key == "value") fields += ' ' + value + "\r\n";
        if (depth == 4 && key == "tier") {
            cases.back().tier = value;
            cases.back().request = method + ' ' + uri + ' ' + version + "\r\n" + fields + "\r\n";
        }
    }
    return cases;
}

std::vector<Route> routes() {
    const auto echo = [](const Request& request) { return text(request.body); };
    std::vector<Route> routes;
    for (const Method method : {Method::get, Method::delete_})
        routes.push_back(simple_route(method, "/{path*}", Right::open(), echo));
    for (const Method method : {Method::post, Method::put, Method::patch})
        routes.push_back(simple_route(method, "/{path*}", Right::open(), echo, BodyRule::json()));
    return routes;
}

class Corpus : public ::testing::Test {
protected:
    TestServer server_{routes(), [] {
                           ServerOptions options;
                           options.limits.linger = std::chrono::milliseconds(100);
                           return options;
                       }()};

    /// The statuses of the answers; the server is alive after it.
    std::vector<int> exchange(const std::string& request) {
        RawClient client(server_.port());
        client.send(request);
        client.end_sending();
        std::vector<int> statuses;
        for (const auto& answer : testing::read_answers(client.read_to_end()))
            statuses.push_back(answer.status);
        for (const int status : statuses)
            EXPECT_TRUE(status < 500 || status == 505) << status << "\n" << request;
        return statuses;
    }
};

TEST_F(Corpus, OfLlhttpIsAnsweredOrRefused) {
    std::size_t count = 0;
    for (const auto* page : {"method.md", "sample.md", "uri.md"}) {
        for (const auto& request : read_llhttp(std::string(OTOKUI_TEST_DATA "/http/llhttp/") + page)) {
            exchange(request);
            ++count;
        }
    }
    EXPECT_GE(count, 30U);
}

TEST_F(Corpus, OfH11IsAnsweredOrRefused) {
    for (int i = 1; i <= 4; ++i)
        exchange(read_file(OTOKUI_TEST_DATA "/http/h11/" + std::to_string(i) + ".txt"));
}

TEST_F(Corpus, OfDesyncGuardianNeverHoldsASecondRequest) {
    std::size_t count = 0;
    for (const auto* file : {"acceptable.yaml", "rfc-compliant.yaml"}) {
        for (const auto& one :
             read_desync(std::string(OTOKUI_TEST_DATA "/http/http-desync-guardian/") + file)) {
            // A Host, so that only the fields under test can be at fault; and what would be smuggled in.
            std::string request = one.request;
            request.insert(request.find("\r\n") + 2, "Host: a\r\n");
            EXPECT_LE(exchange(request).size(), 1U) << one.name;
            ++count;
        }
    }
    EXPECT_GE(count, 20U);
}

// Each pair of bytes below was a hole in some server: after a refusal the rest of the connection is never
// read.
TEST_F(Corpus, OfSmugglingIsRefusedWithOneAnswer) {
    const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
    const std::string post = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    const std::vector<std::string> attempts{
        post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + hidden,
        post +
            "Transfer-Encoding:\x0b"
            "chunked\r\n\r\n0\r\n\r\n" +
            hidden,
        post + "X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
        post + "Content-Length: 0\r\nContent-Length: 5\r\n\r\n" + hidden,
        post + "Content-Length: 0, 5\r\n\r\n" + hidden,
        post + "Content-Length: 0\r\n\tX: a\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n-1\r\na\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n 1\r\na\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\na\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n1;a\nb\r\na\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n0\r\n\n" + hidden,
    };
    for (const auto& attempt : attempts) {
        const auto statuses = exchange(attempt);
        ASSERT_EQ(statuses.size(), 1U) << attempt;
        EXPECT_EQ(statuses[0], 400) << attempt;
    }
}

TEST_F(Corpus, OfGoodFramingIsServedRequestByRequest) {
    const std::string post = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    EXPECT_EQ(exchange(post +
                       "Transfer-Encoding: "
                       "chunked\r\n\r\n1;name=value\r\na\r\nA\r\n0123456789\r\n0\r\nX-Trailer: b\r\n\r\n" +
                       post + "Content-Length: 1\r\n\r\na\r\n\r\n" + post + "Content-Length: 0\r\n\r\n"),
              (std::vector<int>{200, 200, 200}));
    EXPECT_EQ(exchange("GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n"), std::vector<int>{200});
    EXPECT_EQ(exchange("GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n"), std::vector<int>{200});
}

}  // namespace
}  // namespace otokui::http
