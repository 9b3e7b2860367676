// What stands between a request and its handler: forged requests, rates, proxies, idempotency keys, metrics.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/metrics.hpp"
#include "http/origin.hpp"
#include "http/policy_report.hpp"
#include "http/testing/test_server.hpp"

namespace otokui::http {
namespace {

using ::testing::HasSubstr;
using testing::simple_route;
using testing::TestServer;

std::vector<Route> routes() {
    const auto done = [](const Request&) { return no_content(); };
    auto link = simple_route(Method::post, "/u/{token}", Right::open(), done, BodyRule::form());
    link.csrf = Csrf::exempt;
    auto sign_in = simple_route(
        Method::post, "/session", Right::open(),
        [](const Request& request) {
            if (json_body(request) == json::Object{{"password", "right"}}) return no_content();
            throw Refused({ProblemKind::unauthenticated, "session.wrong", {"違います。", "Wrong."}});
        },
        BodyRule::json());
    sign_in.rate = RateClass::sign_in;
    return {simple_route(Method::get, "/mine", Right::signed_in(), done),
            simple_route(Method::post, "/act", Right::signed_in(), done, BodyRule::json()),
            simple_route(Method::get, "/address", Right::open(),
                         [](const Request& request) {
                             return text(request.remote_address + (request.is_local ? " local" : ""));
                         }),
            std::move(link), std::move(sign_in)};
}

ServerOptions public_options() {
    ServerOptions options;
    options.public_url = "https://desk.example";
    return options;
}

struct ForgeryCase {
    const char* name;
    const char* target;
    const char* fields;
    int status;
};
class Forgery : public ::testing::TestWithParam<ForgeryCase> {};
TEST_P(Forgery, IsToldFromOurOwnPages) {
    TestServer server(routes(), public_options());
    EXPECT_EQ(server.fetch("POST", GetParam().target, GetParam().fields).status, GetParam().status);
}
INSTANTIATE_TEST_SUITE_P(
    Cases, Forgery,
    ::testing::Values(
        ForgeryCase{"OurPage", "/act",
                    "Cookie: sid=a\r\nX-CSRF-Token: csrf-a\r\nOrigin: https://desk.example\r\n", 204},
        ForgeryCase{"OurPageWithPort", "/act",
                    "Cookie: sid=a\r\nX-CSRF-Token: csrf-a\r\nOrigin: https://desk.example:443\r\n", 204},
        ForgeryCase{"NoToken", "/act", "Cookie: sid=a\r\nOrigin: https://desk.example\r\n", 403},
        ForgeryCase{"AnotherSessionsToken", "/act",
                    "Cookie: sid=a\r\nX-CSRF-Token: csrf-b\r\nOrigin: https://desk.example\r\n", 403},
        ForgeryCase{"NoOrigin", "/act", "Cookie: sid=a\r\nX-CSRF-Token: csrf-a\r\n", 403},
        ForgeryCase{"NullOrigin", "/act", "Cookie: sid=a\r\nX-CSRF-Token: csrf-a\r\nOrigin: null\r\n", 403},
        ForgeryCase{"OtherScheme", "/act",
                    "Cookie: sid=a\r\nX-CSRF-Token: csrf-a\r\nOrigin: http://desk.example\r\n", 403},
        ForgeryCase{"OtherPort", "/act",
                    "Cookie: sid=a\r\nX-CSRF-Token: csrf-a\r\nOrigin: https://desk.example:8443\r\n", 403},
        ForgeryCase{"OtherHost", "/act",
                    "Cookie: sid=a\r\nX-CSRF-Token: csrf-a\r\nOrigin: https://desk.example.evil\r\n", 403},
        ForgeryCase{"CrossSite", "/act",
                    "Cookie: sid=a\r\nX-CSRF-Token: csrf-a\r\nOrigin: "
                    "https://desk.example\r\nSec-Fetch-Site: cross-site\r\n",
                    403},
        ForgeryCase{"Bearer", "/act", "Authorization: Bearer a\r\nOrigin: https://other.example\r\n", 204},
        ForgeryCase{"Nobody", "/act", "", 401},
        ForgeryCase{"SecretLink", "/u/abc", "Origin: https://mail.example\r\nSec-Fetch-Site: cross-site\r\n",
                    204}),
    [](const auto& test) { return test.param.name; });

TEST(Gate, LetsNoOtherSiteSignSomebodyIn) {
    TestServer server(routes(), public_options());
    const std::string json = "Content-Type: application/json\r\n";
    const auto* right = R"({"password":"right"})";
    EXPECT_EQ(server.fetch("POST", "/session", json, right).status, 204);
    EXPECT_EQ(server.fetch("POST", "/session", json + "Origin: https://desk.example\r\n", right).status, 204);
    EXPECT_EQ(
        server.fetch("POST", "/session", json + "Cookie: sid=old\r\nOrigin: https://desk.example\r\n", right)
            .status,
        204);
    EXPECT_EQ(server.fetch("POST", "/session", json + "Origin: https://evil.example\r\n", right).status, 403);
}

TEST(Gate, TakesTheNamesOfLoopbackForOneAnother) {
    EXPECT_TRUE(is_own_origin("http://localhost:8080", "http://127.0.0.1:8080", ""));
    EXPECT_TRUE(is_own_origin("http://[::1]:8080", "http://localhost:8080", ""));
    EXPECT_FALSE(is_own_origin("http://localhost:8081", "http://127.0.0.1:8080", ""));
    EXPECT_TRUE(is_own_origin("http://127.0.0.1:9", "", "127.0.0.1:9"));
    EXPECT_FALSE(is_own_origin("http://evil:9", "", "127.0.0.1:9"));
    EXPECT_FALSE(is_own_origin("", "", "127.0.0.1:9"));
}

TEST(Gate, SendsHstsBehindTls) {
    TestServer server(routes(), public_options());
    EXPECT_THAT(server.fetch("GET", "/address").header("Strict-Transport-Security"),
                HasSubstr("max-age=31536000"));
}

TEST(Gate, BoundsWhatOneCallerMayAsk) {
    ServerOptions options;
    options.rates.ordinary = {.per_second = 0.001, .burst = 2};
    TestServer server(routes(), options);
    const auto ask = [&](const std::string& name) {
        return server.fetch("GET", "/mine", "Authorization: Bearer " + name + "\r\n");
    };
    EXPECT_EQ(ask("aoki").header("RateLimit"), R"("ordinary";r=1;t=1)");
    EXPECT_EQ(ask("aoki").status, 204);
    const auto refused = ask("aoki");
    EXPECT_EQ(refused.status, 429);
    EXPECT_GE(std::stoi(refused.header("Retry-After")), 1);
    EXPECT_EQ(ask("mori").status, 204);
    // Guesses of tokens are counted by address.
    EXPECT_EQ(ask("bad").status, 401);
    EXPECT_EQ(ask("bad").status, 401);
    EXPECT_EQ(ask("bad").status, 429);
}

TEST(Gate, CountsOnlyFailedTriesToSignIn) {
    ServerOptions options;
    options.rates.sign_in = {.per_second = 0.001, .burst = 2};
    TestServer server(routes(), options);
    const auto sign_in = [&](const char* password) {
        return server
            .fetch("POST", "/session", "Content-Type: application/json\r\n",
                   std::string(R"({"password":")") + password + "\"}")
            .status;
    };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("right"), 204);
    EXPECT_EQ(sign_in("wrong"), 401);
    EXPECT_EQ(sign_in("wrong"), 401);
    EXPECT_EQ(sign_in("right"), 429);
}

TEST(Gate, BelievesOnlyItsOwnProxyAboutAddresses) {
    const auto* field = "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n";
    {
        TestServer server(routes());
        EXPECT_EQ(server.fetch("GET", "/address").body, "127.0.0.1 local");
        EXPECT_EQ(server.fetch("GET", "/address", field).body, "127.0.0.1");
    }
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.1", "198.51.100.7"};
    TestServer server(routes(), options);
    EXPECT_EQ(server.fetch("GET", "/address", field).body, "203.0.113.9");
    EXPECT_EQ(server.fetch("GET", "/address", "X-Forwarded-For: nonsense\r\n").body, "127.0.0.1");
}

TEST(Gate, LetsTheApplicationWrapEveryChange) {
    Hooks hooks = testing::test_hooks();
    hooks.around = [](const Request& request, const Handler& next) {
        Response response = next(request);
        response.headers.add(
            "X-Wrapped", request.idempotency_key.value_or("none") + " " + std::to_string(response.status));
        return response;
    };
    TestServer server(routes(), {}, hooks);
    const std::string caller = "Authorization: Bearer a\r\n";
    EXPECT_EQ(server.fetch("POST", "/act", caller + "Idempotency-Key: k-1\r\n").header("X-Wrapped"),
              "k-1 204");
    EXPECT_EQ(
        server.fetch("POST", "/session", "Content-Type: application/json\r\n", "{}").header("X-Wrapped"),
        "none 401");
    EXPECT_FALSE(server.fetch("GET", "/mine", caller).headers.has("X-Wrapped"));
    EXPECT_EQ(server.fetch("POST", "/act", caller + "Idempotency-Key: a b\r\n").status, 400);
    EXPECT_EQ(
        server.fetch("POST", "/act", caller + "Idempotency-Key: " + std::string(256, 'a') + "\r\n").status,
        400);
}

TEST(Gate, TellsTheClientOfFailuresThatTheApplicationKnows) {
    struct DiskFull : std::runtime_error {
        using std::runtime_error::runtime_error;
    };
    Hooks hooks;
    hooks.translate = [](const std::exception& exception) -> std::optional<Problem> {
        if (dynamic_cast<const DiskFull*>(&exception) == nullptr) return std::nullopt;
        return Problem{ProblemKind::no_room, "database.full", {"空きがありません。", "The disk is full."}};
    };
    TestServer server({simple_route(Method::get, "/full", Right::open(),
                                    [](const Request&) -> Response { throw DiskFull("x"); }),
                       simple_route(Method::get, "/bug", Right::open(),
                                    [](const Request&) -> Response { throw std::logic_error("bug"); })},
                      {}, hooks);
    EXPECT_EQ(server.fetch("GET", "/full").status, 507);
    EXPECT_EQ(server.fetch("GET", "/bug").status, 500);
    EXPECT_EQ(server.failures(), std::vector<std::string>{"bug"});
}

TEST(Gate, ShowsMetricsToThisMachineAndToWhoHasTheRight) {
    prometheus::Registry registry;
    TestServer server({metrics_route(registry)});
    EXPECT_EQ(server.fetch("GET", "/metrics").status, 200);
    const std::string from_a_proxy = "X-Forwarded-For: 203.0.113.9\r\n";
    EXPECT_EQ(server.fetch("GET", "/metrics", from_a_proxy).status, 401);
    EXPECT_EQ(server.fetch("GET", "/metrics", from_a_proxy + "Authorization: Bearer a\r\n").status, 403);
    EXPECT_EQ(server.fetch("GET", "/metrics", from_a_proxy + "Authorization: Bearer a metrics\r\n").status,
              200);
}

TEST(Gate, TakesReportsOfBrokenPoliciesWithoutTheirUrls) {
    std::vector<std::string> reports;
    TestServer server({policy_report_route([&](const std::string& directive, const std::string& blocked) {
        reports.push_back(directive + " " + blocked);
    })});
    const auto send = [&](const char* type, const char* body) {
        return server
            .fetch("POST", kPolicyReportPath,
                   std::string("Content-Type: ") + type + "\r\nSec-Fetch-Site: cross-site\r\n", body)
            .status;
    };
    EXPECT_EQ(
        send(
            "application/reports+json",
            R"([{"type":"csp-violation","body":{"effectiveDirective":"img-src","blockedURL":"https://a.example/b?c","documentURL":"https://desk/?s=1"}},7,{}])"),
        204);
    EXPECT_EQ(send("application/csp-report",
                   R"({"csp-report":{"effective-directive":"script-src","blocked-uri":"inline"}})"),
              204);
    EXPECT_EQ(send("application/json", "{}"), 415);
    EXPECT_EQ(send("application/reports+json", "["), 400);
    server.stop();
    EXPECT_EQ(reports, (std::vector<std::string>{"img-src https://a.example", "script-src inline"}));
}

TEST(Gate, CountsAnswersByRouteAndNotByUrl) {
    TestServer server(routes());
    server.fetch("GET", "/address?mail=a");
    server.fetch("GET", "/unknown-1");
    server.fetch("MADEUP", "/address");
    std::string text;
    for (const auto& family : server.registry().Collect())
        for (const auto& metric : family.metric)
            for (const auto& label : metric.label) text += label.name + "=" + label.value + " ";
    EXPECT_THAT(text, HasSubstr("route=/address"));
    EXPECT_EQ(text.find("unknown"), std::string::npos);
    EXPECT_EQ(text.find("mail"), std::string::npos);
    EXPECT_EQ(text.find("MADEUP"), std::string::npos);
}

}  // namespace
}  // namespace otokui::http
