// Bodies and answers that do not lie in memory as a whole: uploads, downloads and event streams.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "http/event_hub.hpp"
#include "http/testing/test_server.hpp"

namespace otokui::http {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::simple_route;
using testing::TestServer;

/// What became of the uploads of one test.
struct Ledger {
    std::atomic<int> finished = 0;
    std::atomic<int> dropped = 0;
    std::atomic<std::size_t> bytes = 0;
};

class CountingUpload : public Upload {
public:
    explicit CountingUpload(Ledger& ledger) : ledger_(ledger) {}
    ~CountingUpload() override {
        if (!is_finished_) ++ledger_.dropped;
    }
    void write(std::string_view piece) override {
        if (piece.find("stop") != std::string_view::npos)
            throw Refused({ProblemKind::invalid, "upload.stopped", {"中止しました。", "Stopped."}});
        ledger_.bytes += piece.size();
    }
    Response finish() override {
        is_finished_ = true;
        ++ledger_.finished;
        return accepted(json::Object{{"bytes", static_cast<std::int64_t>(ledger_.bytes)}});
    }

private:
    Ledger& ledger_;
    bool is_finished_ = false;
};

class Streams : public ::testing::Test {
protected:
    std::vector<Route> routes() {
        const UploadHandler open = [this](const Request& request) -> std::unique_ptr<Upload> {
            if (request.query.get("refuse") == "1")
                throw Refused({ProblemKind::conflict, "upload.refused", {"受け付けません。", "Not now."}});
            return std::make_unique<CountingUpload>(ledger_);
        };
        const auto pieces = [](int count, bool is_broken) {
            return Download{.next = [left = count, is_broken](std::string& piece) mutable {
                if (left == 0 && is_broken) throw std::runtime_error("the disk is gone");
                if (left == 0) return false;
                piece = "piece " + std::to_string(left--) + "\n";
                return true;
            }};
        };
        std::vector<Route> routes{
            {.method = Method::post,
             .pattern = "/upload",
             .right = Right::named("import"),
             .action = open,
             .body = BodyRule::csv(1U << 20)},
            simple_route(Method::get, "/download", Right::open(),
                         [pieces](const Request&) {
                             return download(pieces(3, false), "text/csv", "顧客 \"1\".csv");
                         }),
            simple_route(Method::get, "/broken", Right::open(),
                         [pieces](const Request&) { return download(pieces(3, true), "text/csv", "a.csv"); }),
            simple_route(Method::get, "/events", Right::signed_in(),
                         [this](const Request& request) { return events(hub_.subscribe(request.caller)); })};
        return routes;
    }
    std::string upload_head(std::size_t size) const {
        return "POST /upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer w import\r\n"
               "Content-Type: text/csv\r\nContent-Length: " +
               std::to_string(size) + "\r\n\r\n";
    }
    /// A client that has received the head of its event stream.
    std::unique_ptr<RawClient> listen(const std::string& name) {
        auto client = std::make_unique<RawClient>(server_.port());
        client->send("GET /events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + name + "\r\n\r\n");
        EXPECT_THAT(client->read_until("retry: "), HasSubstr("Content-Type: text/event-stream"));
        return client;
    }
    static ServerOptions options() {
        ServerOptions options;
        options.limits.heartbeat = 50ms;
        options.limits.body_grace = 500ms;
        return options;
    }
    template <class Condition>
    static bool becomes_true(Condition condition) {
        const auto end = std::chrono::steady_clock::now() + 5s;
        while (!condition() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(2ms);
        return condition();
    }

    Ledger ledger_;
    EventHub hub_;
    TestServer server_{routes(), options()};
};

TEST_F(Streams, HandAnUploadOverPieceByPiece) {
    RawClient client(server_.port());
    const std::string body(700'000, 'a');
    client.send(upload_head(body.size()) + body);
    EXPECT_EQ(testing::read_answers(client.read_to_end()).at(0).body, R"({"bytes":700000})");
    EXPECT_EQ(ledger_.finished, 1);
    EXPECT_EQ(ledger_.dropped, 0);
}

TEST_F(Streams, DropAnUploadWhoseClientWentAwayOrWasTooSlow) {
    {
        RawClient client(server_.port());
        client.send(upload_head(1000) + "a,b\r\n");
    }
    EXPECT_TRUE(becomes_true([&] { return ledger_.dropped == 1; }));
    RawClient slow(server_.port());
    slow.send(upload_head(1000) + "a,b\r\n");
    EXPECT_EQ(testing::read_answers(slow.read_to_end()).at(0).status, 408);
    EXPECT_TRUE(becomes_true([&] { return ledger_.dropped == 2; }));
    EXPECT_EQ(ledger_.finished, 0);
}

TEST_F(Streams, AnswerARefusalInTheMiddleOfAnUpload) {
    RawClient client(server_.port());
    const std::string body = "stop" + std::string(900'000, 'a');
    client.send(upload_head(body.size()) + body);
    EXPECT_EQ(testing::read_answers(client.read_to_end()).at(0).status, 422);
    EXPECT_EQ(ledger_.dropped, 1);
    EXPECT_EQ(server_
                  .fetch("POST", "/upload?refuse=1",
                         "Authorization: Bearer w import\r\nContent-Type: text/csv\r\n", "a")
                  .status,
              409);
}

TEST_F(Streams, RefuseAnUploadPastItsLimitWithoutReadingIt) {
    RawClient client(server_.port());
    client.send(upload_head((1U << 20) + 1));
    EXPECT_EQ(testing::read_answers(client.read_to_end()).at(0).status, 413);
    EXPECT_EQ(ledger_.dropped, 0);
}

TEST_F(Streams, SendADownloadInChunksUnderASafeName) {
    const auto answer = server_.fetch("GET", "/download");
    EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
    EXPECT_EQ(answer.body, "piece 3\npiece 2\npiece 1\n");
    EXPECT_EQ(answer.header("Content-Disposition"),
              "attachment; filename=\"______ _1_.csv\"; filename*=UTF-8''%E9%A1%A7%E5%AE%A2%20_1_.csv");
    EXPECT_EQ(server_.fetch("HEAD", "/download").body, "");
    RawClient old(server_.port());
    old.send("GET /download HTTP/1.0\r\n\r\n");
    const std::string bytes = old.read_to_end();
    EXPECT_EQ(bytes.find("chunked"), std::string::npos);
    EXPECT_TRUE(bytes.ends_with("\r\n\r\npiece 3\npiece 2\npiece 1\n"));
}

TEST_F(Streams, BreakOffADownloadThatFailsSoThatItIsSeen) {
    RawClient client(server_.port());
    client.send("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_FALSE(client.read_to_end().ends_with("0\r\n\r\n"));
    EXPECT_EQ(server_.failures(), std::vector<std::string>{"the disk is gone"});
}

TEST_F(Streams, BringEventsToTheirAudienceOnly) {
    auto aoki = listen("aoki");
    auto mori = listen("mori");
    hub_.publish("job", json::Object{{"id", "7"}, {"text", "a\nb"}},
                 [](const Caller& caller) { return caller.actor_id() == "aoki"; });
    hub_.publish("all", json::Object{}, [](const Caller&) { return true; });
    EXPECT_THAT(aoki->read_until("event: all"),
                HasSubstr("event: job\ndata: {\"id\":\"7\",\"text\":\"a\\nb\"}\n\n"));
    EXPECT_EQ(mori->read_until("event: all").find("event: job"), std::string::npos);
    mori->read_until(": \n\n");  // the heartbeat
}

TEST_F(Streams, EndWhenTheBrowserGoesTheSessionEndsOrTheServerStops) {
    auto gone = listen("gone");
    gone.reset();
    EXPECT_TRUE(becomes_true([&] { return hub_.size() == 0; }));
    auto ended = listen("ended");
    hub_.disconnect([](const Caller& caller) { return caller.actor_id() == "ended"; });
    EXPECT_TRUE(ended->is_closed_within(5s));
    auto last = listen("last");
    server_.stop();
    EXPECT_TRUE(last->is_closed_within(5s));
    EXPECT_EQ(hub_.size(), 0U);
}

TEST_F(Streams, AreFewPerCaller) {
    std::vector<std::unique_ptr<RawClient>> streams;
    for (std::size_t i = 0; i < EventHub::kMaxStreamsPerCaller; ++i) streams.push_back(listen("aoki"));
    EXPECT_EQ(server_.fetch("GET", "/events", "Authorization: Bearer aoki\r\n").status, 429);
    auto other = listen("mori");
}

TEST(EventHub, TellsASlowBrowserToReadAgainInsteadOfKeepingEverything) {
    EventHub hub;
    auto caller = std::make_shared<testing::TestCaller>();
    auto subscription = hub.subscribe(caller);
    const json::Object large{{"text", std::string(1000, 'a')}};
    for (int i = 0; i < 1000; ++i) hub.publish("job", large, [](const Caller&) { return true; });
    EXPECT_EQ(subscription->take().text, "event: reset\ndata: {}\n\n");
    hub.publish("job", json::Object{}, [](const Caller&) { return true; });
    EXPECT_EQ(subscription->take().text, "event: job\ndata: {}\n\n");
}

}  // namespace
}  // namespace otokui::http
