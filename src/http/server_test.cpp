#include "http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/health.hpp"
#include "http/problem.hpp"
#include "http/testing/test_server.hpp"

namespace otokui::http {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::simple_route;
using testing::TestServer;

constexpr std::string_view kJson = "Content-Type: application/json\r\n";
constexpr std::string_view kWriter = "Authorization: Bearer w write\r\nContent-Type: application/json\r\n";

std::vector<Route> routes() {
    std::vector<Route> routes{
        simple_route(Method::get, "/open", Right::open(), [](const Request&) { return text("open"); }),
        simple_route(Method::get, "/mine", Right::signed_in(),
                     [](const Request& request) { return text(request.caller->actor_id()); }),
        simple_route(Method::get, "/items/{id}", Right::named("read"),
                     [](const Request& request) { return ok(json::Object{{"id", path_id(request)}}); }),
        simple_route(
            Method::post, "/items", Right::named("write"),
            [](const Request& request) { return created(json_body(request)); }, BodyRule::json(1000)),
        simple_route(
            Method::patch, "/items/{id}", Right::named("write"),
            [](const Request& request) {
                return with_version(ok(json_body(request)), require_if_match(request).version + 1);
            },
            BodyRule::json()),
        simple_route(Method::delete_, "/items/{id}", Right::named("write"),
                     [](const Request&) { return no_content(); }),
        simple_route(Method::get, "/query", Right::open(),
                     [](const Request& request) {
                         json::Object query;
                         for (const auto& [name, value] : request.query) query[name] = value;
                         return ok(query);
                     }),
        simple_route(Method::get, "/refused", Right::open(),
                     [](const Request&) -> Response {
                         throw Refused({.kind = ProblemKind::stale,
                                        .code = "item.stale",
                                        .detail = {"変更されました。", "It has changed."},
                                        .extra = {{"current", 8}}});
                     }),
        simple_route(Method::get, "/broken", Right::open(),
                     [](const Request&) -> Response { throw std::runtime_error("secret of the database"); }),
        simple_route(Method::get, "/bad-header", Right::open(),
                     [](const Request&) {
                         Response response = text("x");
                         response.headers.add("X-Evil", "a\r\nSet-Cookie: b");
                         return response;
                     }),
        health_route(),
    };
    return routes;
}

class HttpServer : public ::testing::Test {
protected:
    TestServer server_{routes()};
    std::string code_of(const testing::Answer& answer) {
        EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
        const auto document = json::parse(answer.body);
        EXPECT_EQ(document.at("status").as_int64(), answer.status);
        EXPECT_EQ(document.at("request_id").as_string(), answer.header("X-Request-Id"));
        return std::string(document.at("code").as_string());
    }
};

TEST_F(HttpServer, AnswersWithTheBodyOfItsHandler) {
    const auto answer = server_.fetch("GET", "/open");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "open");
    EXPECT_EQ(answer.header("Content-Type"), "text/plain; charset=utf-8");
}

TEST_F(HttpServer, AnswersHeadWithTheFieldsOfGetAndNoBody) {
    const auto answer = server_.fetch("HEAD", "/open");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Length"), "4");
    EXPECT_EQ(answer.body, "");
}

TEST_F(HttpServer, SaysWhatItDoesNotKnow) {
    EXPECT_EQ(server_.fetch("GET", "/nowhere").status, 404);
    EXPECT_EQ(server_.fetch("GET", "/open/").status, 404);
    EXPECT_EQ(server_.fetch("GET", "//open").status, 404);
    EXPECT_EQ(code_of(server_.fetch("GET", "/nowhere")), "not_found");
}

TEST_F(HttpServer, NamesTheMethodsOfAPathThatHasOthers) {
    const auto answer = server_.fetch("PUT", "/items/7", kWriter, "{}");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("Allow"), "GET, HEAD, PATCH, DELETE");
    for (const auto* method : {"TRACE", "CONNECT", "OPTIONS", "PROPFIND", "get"}) {
        const auto other = server_.fetch(method, "/items");
        EXPECT_EQ(other.status, 405) << method;
        EXPECT_EQ(other.header("Allow"), "POST") << method;
        EXPECT_EQ(other.body.find("Host"), std::string::npos) << method;
    }
}

TEST_F(HttpServer, ChecksTheRightBeforeAnythingOfTheBody) {
    EXPECT_EQ(server_.fetch("GET", "/mine").status, 401);
    EXPECT_EQ(server_.fetch("GET", "/mine").header("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(server_.fetch("GET", "/mine", "Authorization: Bearer aoki\r\n").body, "aoki");
    EXPECT_EQ(server_.fetch("GET", "/items/7", "Authorization: Bearer w write\r\n").status, 403);
    EXPECT_EQ(server_.fetch("GET", "/items/7", "Authorization: Bearer r read\r\n").status, 200);
    EXPECT_EQ(code_of(server_.fetch("POST", "/items", "Authorization: Bearer bad\r\n", "{")),
              "token.invalid");
    // No right, and yet a body that is too large, of a wrong type and broken: the right is what the client is
    // told.
    EXPECT_EQ(
        server_.fetch("POST", "/items", "Authorization: Bearer r read\r\n", std::string(2000, '{')).status,
        403);
    EXPECT_EQ(server_.fetch("PATCH", "/items/7", "Authorization: Bearer r read\r\n", "{").status, 403);
}

TEST_F(HttpServer, TakesOnlyBodiesOfTheRoutesKind) {
    EXPECT_EQ(server_.fetch("POST", "/items", kWriter, R"({"a":1})").status, 201);
    const std::string writer = "Authorization: Bearer w write\r\n";
    EXPECT_EQ(server_.fetch("POST", "/items", writer, "{}").status, 415);
    EXPECT_EQ(server_.fetch("POST", "/items", writer + "Content-Type: text/plain\r\n", "{}").status, 415);
    EXPECT_EQ(server_.fetch("POST", "/items", writer + "Content-Type: application/jsonx\r\n", "{}").status,
              415);
    EXPECT_EQ(
        server_
            .fetch("POST", "/items", writer + "Content-Type: application/json; charset=shift_jis\r\n", "{}")
            .status,
        415);
    EXPECT_EQ(
        server_.fetch("POST", "/items", writer + "Content-Type: Application/JSON; charset=UTF-8\r\n", "{}")
            .status,
        201);
    EXPECT_EQ(server_.fetch("DELETE", "/items/7", kWriter, "{}").status, 415);
    EXPECT_EQ(server_.fetch("DELETE", "/items/7", writer).status, 204);
}

TEST_F(HttpServer, RefusesBodiesPastTheRoutesLimit) {
    const std::string large = '"' + std::string(999, 'a') + '"';
    EXPECT_EQ(code_of(server_.fetch("POST", "/items", kWriter, large)), "body.too_large");
    std::string chunked;
    for (int i = 0; i < 200; ++i) chunked += "a\r\n0123456789\r\n";
    testing::RawClient client(server_.port());
    client.send("POST /items HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + std::string(kWriter) +
                "\r\n" + chunked + "0\r\n\r\n");
    const auto answers = testing::read_answers(client.read_to_end());
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].status, 413);
}

TEST_F(HttpServer, RefusesJsonItCannotReadWith400) {
    EXPECT_EQ(code_of(server_.fetch("POST", "/items", kWriter, R"({"a":1,"a":2})")), "json.duplicate_key");
    EXPECT_EQ(server_.fetch("POST", "/items", kWriter, "{").status, 400);
    EXPECT_EQ(code_of(server_.fetch("POST", "/items", kWriter)), "body.required");
}

TEST_F(HttpServer, WantsTheVersionThatAWriteSaw) {
    EXPECT_EQ(server_.fetch("PATCH", "/items/7", kWriter, "{}").status, 428);
    const std::string writer(kWriter);
    EXPECT_EQ(server_.fetch("PATCH", "/items/7", writer + "If-Match: \"41\"\r\n", "{}").header("ETag"),
              "\"42\"");
    EXPECT_EQ(server_.fetch("PATCH", "/items/7", writer + "If-Match: *\r\n", "{}").status, 200);
    for (const auto* bad : {"\"x\"", "W/\"7\"", "\"7\", \"8\"", "-1", ""})
        EXPECT_EQ(code_of(server_.fetch("PATCH", "/items/7", writer + "If-Match: " + bad + "\r\n", "{}")),
                  "header.bad_if_match")
            << bad;
}

TEST_F(HttpServer, SendsRefusalsWithTheirMembers) {
    const auto answer = server_.fetch("GET", "/refused", "Accept-Language: en\r\n");
    EXPECT_EQ(answer.status, 412);
    const auto document = json::parse(answer.body);
    EXPECT_EQ(document.at("current").as_int64(), 8);
    EXPECT_EQ(document.at("detail").as_string(), "It has changed.");
    EXPECT_EQ(document.at("type").as_string(), "urn:otokui:problem:item.stale");
    EXPECT_THAT(server_.fetch("GET", "/refused").body, HasSubstr("変更されました。"));
    EXPECT_THAT(server_.fetch("GET", "/refused", "Cookie: lang=en\r\n").body, HasSubstr("It has changed."));
}

TEST_F(HttpServer, HidesWhatWentWrongInside) {
    const auto answer = server_.fetch("GET", "/broken");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(code_of(answer), "internal");
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
    EXPECT_EQ(server_.failures(), std::vector<std::string>{"secret of the database"});
    EXPECT_EQ(server_.fetch("GET", "/open").status, 200);
}

TEST_F(HttpServer, NeverLetsALineEndIntoAHeader) {
    const auto answer = server_.fetch("GET", "/bad-header");
    EXPECT_EQ(answer.status, 500);
    EXPECT_FALSE(answer.headers.has("Set-Cookie"));
}

TEST_F(HttpServer, DecodesPathAndQueryOnce) {
    const auto answer = server_.fetch("GET", "/query?%E5%90%8D=%E7%94%B0+%E4%B8%AD&a=%2541");
    EXPECT_EQ(answer.body, R"({"名":"田 中","a":"%41"})");
    for (const auto* bad :
         {"/query?a=%zz", "/query?a=%", "/query?a=%ff", "/query?a=%00", "/%c0%af", "/a%00b", "/a%0d%0ab"})
        EXPECT_EQ(code_of(server_.fetch("GET", bad)), "http.bad_target") << bad;
}

TEST_F(HttpServer, PutsTheSecurityHeadersOnEveryAnswer) {
    for (const auto* target : {"/open", "/nowhere", "/broken", "/bad-header", "/healthz", "/mine", "/%"}) {
        const auto answer = server_.fetch("GET", target);
        EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'")) << target;
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << target;
        EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin") << target;
        EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin") << target;
        EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin") << target;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store") << target;
        EXPECT_EQ(answer.header("Server"), "otokui") << target;
        EXPECT_FALSE(answer.headers.has("Access-Control-Allow-Origin")) << target;
        EXPECT_FALSE(answer.headers.has("Strict-Transport-Security")) << target;
    }
    testing::RawClient client(server_.port());
    client.send("nonsense\r\n\r\n");
    const auto refused = testing::read_answers(client.read_to_end()).at(0);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.header("X-Content-Type-Options"), "nosniff");
}

TEST_F(HttpServer, ServesRequestsThatCameInOnePiece) {
    testing::RawClient client(server_.port());
    std::string requests;
    for (int i = 0; i < 20; ++i) requests += "GET /open HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(requests + "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const auto answers = testing::read_answers(client.read_to_end());
    ASSERT_EQ(answers.size(), 21U);
    EXPECT_EQ(answers.back().body, "ok\n");
}

TEST_F(HttpServer, KeepsTheConnectionAfterRefusingASmallBody) {
    testing::RawClient client(server_.port());
    client.send(
        "POST /items HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
        "GET /open HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const auto answers = testing::read_answers(client.read_to_end());
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers[0].status, 401);
    EXPECT_EQ(answers[1].status, 200);
}

TEST_F(HttpServer, AsksForABodyThatWaitsToBeAskedFor) {
    testing::RawClient client(server_.port());
    client.send(
        "POST /items HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: "
        "2\r\n" +
        std::string(kWriter) + "\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("{}");
    EXPECT_EQ(testing::read_answers(client.read_to_end()).at(0).status, 201);

    testing::RawClient stranger(server_.port());
    stranger.send("POST /items HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n" +
                  std::string(kJson) + "\r\n");
    EXPECT_EQ(testing::read_answers(stranger.read_to_end()).at(0).status, 401);
}

TEST_F(HttpServer, LogsTheRouteAndNeverTheUrl) {
    server_.fetch("GET", "/items/7?mail=aoki@example.com", "Authorization: Bearer aoki read\r\n");
    server_.fetch("GET", "/secret-path");
    server_.stop();
    const auto served = server_.served();
    ASSERT_EQ(served.size(), 2U);
    EXPECT_EQ(served[0].route, "/items/{id}");
    EXPECT_EQ(served[0].actor, "aoki");
    EXPECT_EQ(served[0].status, 200);
    EXPECT_EQ(served[0].request_id.size(), 32U);
    EXPECT_EQ(served[1].route, "");
    const std::string line = log_line(served[0], Moment{1'700'000'000'123});
    EXPECT_THAT(line, HasSubstr(R"("time":"2023-11-14T22:13:20.123Z")"));
    EXPECT_EQ(line.find("example.com"), std::string::npos);
}

TEST_F(HttpServer, RefusesToListenOnATakenPort) {
    prometheus::Registry registry;
    Metrics metrics(registry);
    ServerOptions options;
    options.port = server_.port();
    EXPECT_ANY_THROW(Server(options, Router({health_route()}), {}, metrics));
}

}  // namespace
}  // namespace otokui::http
