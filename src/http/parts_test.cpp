// The parts of the library that need no server.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "http/paging.hpp"
#include "http/problem.hpp"
#include "http/problem_texts.hpp"
#include "http/rate_limit.hpp"
#include "http/static_files.hpp"
#include "http/target.hpp"
#include "http/wire.hpp"

namespace otokui::http {
namespace {

Route route(Method method, std::string pattern) {
    return {.method = method,
            .pattern = std::move(pattern),
            .right = Right::open(),
            .action = Handler([](const Request&) { return no_content(); })};
}

std::string matched(const Router& router, Method method, std::string_view path) {
    const auto target = parse_target(path);
    const auto match = router.match(method, target->segments);
    std::string text = match.route == nullptr ? "none" : match.route->pattern;
    for (const auto& [name, value] : match.path_parameters) text += " " + name + "=" + value;
    return text;
}

TEST(Router, PrefersLiteralsToParametersAndThoseToTheRest) {
    const Router router({route(Method::get, "/{path*}"), route(Method::get, "/a/{id}"),
                         route(Method::get, "/a/search"), route(Method::post, "/a/search"),
                         route(Method::get, "/{x}/search"), route(Method::get, "/a/{id}/b/{other}")});
    EXPECT_EQ(matched(router, Method::get, "/a/search"), "/a/search");
    EXPECT_EQ(matched(router, Method::head, "/a/7"), "/a/{id} id=7");
    EXPECT_EQ(matched(router, Method::get, "/b/search"), "/{x}/search x=b");
    EXPECT_EQ(matched(router, Method::get, "/a/7/b/8"), "/a/{id}/b/{other} id=7 other=8");
    EXPECT_EQ(matched(router, Method::get, "/a/%2F%E7%94%B0"), "/a/{id} id=/田");
    EXPECT_EQ(matched(router, Method::get, "/a/b/c"), "/{path*} path=a/b/c");
    EXPECT_EQ(matched(router, Method::get, "/"), "/{path*} path=");
    EXPECT_EQ(matched(router, Method::get, "/a/"), "/{path*} path=a/");
    EXPECT_EQ(matched(router, Method::post, "/a/b/c"), "none");
    EXPECT_EQ(matched(router, Method::delete_, "/a/search"), "none");
}

TEST(Router, RefusesTablesThatCannotBeMeant) {
    const auto made = [](std::vector<Route> routes) { return Router(std::move(routes)); };
    EXPECT_THROW(made({route(Method::get, "/a/{id}"), route(Method::get, "/a/{other}")}), std::logic_error);
    EXPECT_THROW(made({route(Method::get, "a")}), std::logic_error);
    EXPECT_THROW(made({route(Method::get, "/{a")}), std::logic_error);
    EXPECT_THROW(made({route(Method::head, "/a")}), std::logic_error);
    Route without_handler = route(Method::get, "/a");
    without_handler.action = Handler();
    EXPECT_THROW(made({without_handler}), std::logic_error);
    Route guarded_on_the_loop = route(Method::get, "/a");
    guarded_on_the_loop.right = Right::signed_in();
    guarded_on_the_loop.runs = Runs::event_loop;
    EXPECT_THROW(made({guarded_on_the_loop}), std::logic_error);
}

TEST(Target, ReadsCookiesAsBrowsersSendThem) {
    const auto cookies = parse_cookies("sid=abc; theme=\"dark\";empty=; nonsense; =x; a=b=c; bad=\xff");
    EXPECT_EQ(cookies.get("sid"), "abc");
    EXPECT_EQ(cookies.get("theme"), "dark");
    EXPECT_TRUE(cookies.has("empty"));
    EXPECT_EQ(cookies.get("a"), "b=c");
    EXPECT_FALSE(cookies.has("nonsense"));
    EXPECT_FALSE(cookies.has("bad"));
}

TEST(Target, RefusesFragmentsAndOtherForms) {
    for (const auto* bad : {"", "*", "a", "/a#b", "ftp://a/b", "http:///b", "http://", "//%", "/a?b#c"})
        EXPECT_FALSE(parse_target(bad)) << bad;
    EXPECT_EQ(parse_target("http://host?a=b")->path, "/");
    EXPECT_EQ(parse_target("//host/path")->segments.size(), 3U);
}

TEST(Target, ChoosesTheLanguageThatWasAskedForMost) {
    EXPECT_EQ(choose_language("", ""), Language::ja);
    EXPECT_EQ(choose_language("en", "ja"), Language::en);
    EXPECT_EQ(choose_language("xx", "en-US,en;q=0.9,ja;q=0.8"), Language::en);
    EXPECT_EQ(choose_language("", "fr, ja;q=0.7, en;q=0.8"), Language::en);
    EXPECT_EQ(choose_language("", "fr;q=1"), Language::ja);
    EXPECT_EQ(choose_language("", "en;q=0"), Language::ja);
    EXPECT_EQ(choose_language("", "en;q=x, ;;,"), Language::ja);
}

RC_GTEST_PROP(Target, ReadsBackEveryQueryThatWasEncoded, (const std::vector<std::string>& values)) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string target = "/?";
    std::vector<std::string> expected;
    for (const auto& value : values) {
        target += "v=";
        std::string ascii;
        for (const char c : value) ascii += static_cast<char>((static_cast<unsigned char>(c) % 127) + 1);
        for (const char c : ascii) {
            target += '%';
            target += kDigits[static_cast<unsigned char>(c) >> 4];
            target += kDigits[static_cast<unsigned char>(c) & 15];
        }
        target += '&';
        expected.push_back(ascii);
    }
    RC_ASSERT(parse_target(target)->query.all("v") == expected);
}

TEST(RateLimiter, RefillsWithTime) {
    RateLimiter limiter(Rates{.ordinary = {.per_second = 10, .burst = 2}});
    const RateLimiter::Time start{};
    EXPECT_TRUE(limiter.take(RateClass::ordinary, "a", start).is_allowed);
    EXPECT_TRUE(limiter.take(RateClass::ordinary, "a", start).is_allowed);
    const auto refused = limiter.take(RateClass::ordinary, "a", start);
    EXPECT_FALSE(refused.is_allowed);
    EXPECT_EQ(refused.retry_after_seconds, 1);
    EXPECT_TRUE(limiter.take(RateClass::search, "a", start).is_allowed);
    EXPECT_TRUE(limiter.take(RateClass::ordinary, "a", start + std::chrono::milliseconds(100)).is_allowed);
    EXPECT_FALSE(limiter.take(RateClass::ordinary, "a", start + std::chrono::milliseconds(150)).is_allowed);
}

TEST(RateLimiter, NeverGivesATokenLessThanTwoHundredASecond) {
    const Rates rates;
    for (const RateClass rate_class : {RateClass::ordinary, RateClass::search, RateClass::transfer})
        EXPECT_GE(rates.of(rate_class).per_second, 200);
}

TEST(RateLimiter, ForgetsWhoDoesNotAskAnyMore) {
    RateLimiter limiter({});
    RateLimiter::Time now{};
    for (int i = 0; i < 150'000; ++i) limiter.take(RateClass::ordinary, std::to_string(i), now);
    EXPECT_LE(limiter.size(), RateLimiter::kMaxBuckets + 1);
    now += std::chrono::minutes(1);
    limiter.take(RateClass::ordinary, "new", now);
    EXPECT_EQ(limiter.size(), 1U);
}

TEST(Problem, HasAStatusAndTextsForEveryKind) {
    using enum ProblemKind;
    for (const auto kind :
         {malformed, unauthenticated, forbidden, not_found, conflict, stale, too_large, unsupported_media,
          invalid, locked, precondition_required, too_many, unavailable, no_room}) {
        const int status = status_of(kind);
        EXPECT_GE(status, 400);
        EXPECT_TRUE(status == 400 || status_title(status).en != status_title(400).en) << status;
        for (const Language language : {Language::ja, Language::en})
            EXPECT_NE(status_title(status).in(language), "");
    }
}

TEST(Problem, NamesFieldErrorsInTheLanguageAskedFor) {
    const Problem wrong{
        .kind = ProblemKind::invalid,
        .code = "customer.invalid",
        .detail = {"確認してください。", "Check."},
        .fields = {{"/email", "required"}, {"/x", "own_code", {"独自", "Own"}}, {"/y", "unheard_of"}},
        .extra = {{"status", 1}, {"code", "forged"}, {"limit", 5}}};
    const auto document = json::parse(std::get<std::string>(problem(wrong, Language::en, "id").body));
    EXPECT_EQ(document.at("errors"),
              json::parse(R"([{"pointer":"/email","code":"required","detail":"This is required."},
        {"pointer":"/x","code":"own_code","detail":"Own"},{"pointer":"/y","code":"unheard_of","detail":""}])"));
    EXPECT_EQ(document.at("status"), 422);
    EXPECT_EQ(document.at("code"), "customer.invalid");
    EXPECT_EQ(document.at("limit"), 5);
}

TEST(Paging, TakesOneToTwoHundredRows) {
    const auto page_of = [](std::string_view query) {
        Request request;
        request.query = *parse_form(query);
        return page_request(request);
    };
    EXPECT_EQ(page_of("").limit, 50);
    EXPECT_EQ(page_of("limit=200&cursor=aZ-_9").cursor, "aZ-_9");
    for (const auto* bad :
         {"limit=0", "limit=201", "limit=x", "limit=", "limit=1.5", "cursor=a%20b", "cursor=a="})
        EXPECT_THROW(page_of(bad), Refused) << bad;
    EXPECT_EQ(json::to_text(page({1, 2}, "")), R"({"items":[1,2],"next_cursor":null})");
}

TEST(Cookie, IsSafeByDefault) {
    Response response;
    add_cookie(response, {.name = "__Host-sid", .value = "abc", .max_age_seconds = 60});
    EXPECT_EQ(response.headers.get("set-cookie"),
              "__Host-sid=abc; Path=/; SameSite=Lax; Max-Age=60; Secure; HttpOnly");
    EXPECT_THROW(add_cookie(response, {.name = "a", .value = "b; Domain=evil"}), std::invalid_argument);
    EXPECT_THROW(add_cookie(response, {.name = "__Host-a", .value = "b", .secure = false}),
                 std::invalid_argument);
}

TEST(Wire, WritesDatesAsTheStandardWantsThem) {
    const Headers none;
    const auto head = write_head({.status = 204,
                                  .headers = none,
                                  .framing = Framing::none,
                                  .now = std::chrono::system_clock::from_time_t(784111777)});
    EXPECT_NE(head.find("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), std::string::npos);
}

constexpr embedded::File kFiles[] = {
    {.path = "assets/app-1a2b.js", .bytes = "plain", .gzip = "gz", .brotli = "br", .etag = "e1"},
    {.path = "favicon.ico", .bytes = "icon", .gzip = {}, .brotli = {}, .etag = "e2"},
    {.path = "index.html",
     .bytes = "<p nonce={{nonce}}><b nonce={{nonce}}>",
     .gzip = {},
     .brotli = {},
     .etag = "e3"},
};

Response file(std::string path, std::vector<std::pair<std::string, std::string>> fields = {}) {
    static const Route route = static_files(kFiles, {{"/card", "frame-src", "https://pay.example"}});
    Request request;
    request.path = std::move(path);
    for (auto& [name, value] : fields) request.headers.add(name, value);
    return std::get<Handler>(route.action)(request);
}

TEST(StaticFiles, SendTheSmallestFormThatIsTaken) {
    const auto form = [](const char* accepted) {
        const auto response = file("/assets/app-1a2b.js", {{"accept-encoding", accepted}});
        return std::string(std::get<SharedBytes>(response.body).bytes) + " " +
               response.headers.get("content-encoding");
    };
    EXPECT_EQ(form("gzip, deflate, br"), "br br");
    EXPECT_EQ(form("gzip"), "gz gzip");
    EXPECT_EQ(form("br;q=0, gzip;q=0.5"), "gz gzip");
    EXPECT_EQ(form("*"), "br br");
    EXPECT_EQ(form("identity"), "plain ");
    EXPECT_EQ(form(""), "plain ");
}

TEST(StaticFiles, AreKeptForEverWhenTheirNameHoldsADigest) {
    const auto hashed = file("/assets/app-1a2b.js");
    EXPECT_EQ(hashed.headers.get("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(hashed.headers.get("content-type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(file("/favicon.ico").headers.get("cache-control"), "no-cache");
    EXPECT_EQ(file("/favicon.ico", {{"if-none-match", "\"e2\""}}).status, 304);
    EXPECT_EQ(file("/favicon.ico", {{"if-none-match", "\"e1\""}}).status, 200);
}

TEST(StaticFiles, GiveEveryPageAFreshNonce) {
    const auto first = file("/customers/7");
    const auto second = file("/");
    const std::string body = std::get<std::string>(first.body);
    EXPECT_NE(body, std::get<std::string>(second.body));
    EXPECT_EQ(body.find("{{"), std::string::npos);
    const std::string nonce = body.substr(9, body.find('>') - 9);
    EXPECT_EQ(nonce.size(), 22U);
    EXPECT_NE(first.headers.get("content-security-policy").find("style-src 'self' 'nonce-" + nonce + "'"),
              std::string::npos);
    EXPECT_EQ(first.headers.get("content-security-policy").find("unsafe"), std::string::npos);
    EXPECT_EQ(first.headers.get("cache-control"), "no-store");
    EXPECT_EQ(file("/index.html").headers.get("cache-control"), "no-store");
}

TEST(StaticFiles, AnswerNoPageForMissingFilesAndTheApi) {
    for (const auto* path :
         {"/assets/gone.js", "/api/v1/unknown", "/api", "/robots.txt", "/../etc/passwd.txt"})
        EXPECT_EQ(file(path).status, 404) << path;
}

TEST(StaticFiles, AddASourceToThePolicyOfOnePageOnly) {
    EXPECT_NE(file("/card/1").headers.get("content-security-policy").find("frame-src https://pay.example"),
              std::string::npos);
    EXPECT_EQ(file("/customers").headers.get("content-security-policy").find("pay.example"),
              std::string::npos);
}

}  // namespace
}  // namespace otokui::http
