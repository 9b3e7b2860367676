// Clients that are slow, many or gone, and a server that stops: with short limits, so that each test takes a
// moment.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

#include "http/health.hpp"
#include "http/testing/test_server.hpp"

namespace otokui::http {
namespace {

using namespace std::chrono_literals;
using testing::RawClient;
using testing::simple_route;
using testing::TestServer;

ServerOptions short_limits() {
    ServerOptions options;
    options.limits.idle = 300ms;
    options.limits.head = 300ms;
    options.limits.body_grace = 300ms;
    options.limits.write = 300ms;
    options.limits.linger = 100ms;
    return options;
}

/// Holds handlers until it is opened.
class Gate {
public:
    void wait() { opened_.wait(); }
    void open() { promise_.set_value(); }

private:
    std::promise<void> promise_;
    std::shared_future<void> opened_{promise_.get_future().share()};
};

std::vector<Route> plain_routes() {
    return {simple_route(Method::get, "/a", Right::open(), [](const Request&) { return text("a"); }),
            simple_route(
                Method::post, "/a", Right::open(), [](const Request& request) { return text(request.body); },
                BodyRule::json()),
            simple_route(Method::get, "/large", Right::open(),
                         [](const Request&) { return text(std::string(64U << 20, 'a')); }),
            health_route()};
}

TEST(SlowClients, AreCutWhenTheySayNothing) {
    TestServer server(plain_routes(), short_limits());
    RawClient client(server.port());
    EXPECT_TRUE(client.is_closed_within(5s));
    RawClient after_an_answer(server.port());
    after_an_answer.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(after_an_answer.is_closed_within(5s));
}

TEST(SlowClients, AreToldThatTheirHeadTookTooLong) {
    TestServer server(plain_routes(), short_limits());
    RawClient client(server.port());
    client.send("GET /a HTTP/1.1\r\nHost: ");
    EXPECT_EQ(testing::read_answers(client.read_to_end()).at(0).status, 408);
}

TEST(SlowClients, GainNoTimeBySendingTheirHeadByteByByte) {
    TestServer server(plain_routes(), short_limits());
    RawClient client(server.port());
    const auto start = std::chrono::steady_clock::now();
    std::string head = "GET /a HTTP/1.1\r\nHost: a\r\nX: ";
    while (client.send(head) && std::chrono::steady_clock::now() - start < 5s) {
        head = "a";
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
}

TEST(SlowClients, AreToldThatTheirBodyTookTooLong) {
    TestServer server(plain_routes(), short_limits());
    RawClient client(server.port());
    client.send(
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
    EXPECT_EQ(testing::read_answers(client.read_to_end()).at(0).status, 408);
}

TEST(SlowClients, AreCutWhenTheyDoNotReadTheirAnswer) {
    TestServer server(plain_routes(), short_limits());
    RawClient client(server.port());
    client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto start = std::chrono::steady_clock::now();
    while (server.served().empty() && std::chrono::steady_clock::now() - start < 10s)
        std::this_thread::sleep_for(10ms);
    EXPECT_EQ(server.served().size(), 1U);
}

TEST(SlowClients, DoNotHoldUpOthers) {
    TestServer server(plain_routes());
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 200; ++i) {
        slow.push_back(std::make_unique<RawClient>(server.port()));
        slow.back()->send(i % 2 == 0 ? "GET /a HT"
                                     : "POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: "
                                       "application/json\r\nContent-Length: 9\r\n\r\n");
    }
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) EXPECT_EQ(server.fetch("GET", "/a").status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    server.stop(0ms);
}

TEST(Connections, AreBoundedInAll) {
    ServerOptions options;
    options.limits.connections = 3;
    TestServer server(plain_routes(), options);
    std::vector<std::unique_ptr<RawClient>> kept;
    for (int i = 0; i < 3; ++i) {
        kept.push_back(std::make_unique<RawClient>(server.port()));
        kept.back()->send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        kept.back()->read_until("\r\n\r\na");
    }
    RawClient refused(server.port());
    EXPECT_EQ(testing::read_answers(refused.read_to_end()).at(0).status, 503);
    kept.clear();
    const auto start = std::chrono::steady_clock::now();
    int status = 503;
    while (status != 200 && std::chrono::steady_clock::now() - start < 5s) {
        RawClient again(server.port());
        again.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        status = testing::read_answers(again.read_to_end()).at(0).status;
    }
    EXPECT_EQ(status, 200);
}

TEST(Connections, AreBoundedPerAddress) {
    ServerOptions options;
    options.limits.connections_per_address = 1;
    options.limits.unlimited_addresses = {};
    TestServer server(plain_routes(), options);
    RawClient first(server.port());
    first.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    first.read_until("\r\n\r\na");
    RawClient second(server.port());
    EXPECT_EQ(testing::read_answers(second.read_to_end()).at(0).status, 503);
}

TEST(FullQueue, IsAnswered503AndHealthStaysGood) {
    Gate gate;
    std::latch is_running(1);
    ServerOptions options;
    options.limits.interactive_threads = 1;
    options.limits.interactive_queue = 1;
    std::vector<Route> routes = plain_routes();
    routes.push_back(simple_route(Method::get, "/held", Right::open(), [&](const Request&) {
        is_running.count_down();
        gate.wait();
        return text("held");
    }));
    routes.push_back(
        simple_route(Method::get, "/queued", Right::open(), [](const Request&) { return text("queued"); }));
    TestServer server(std::move(routes), options);
    auto held = std::async(std::launch::async, [&] { return server.fetch("GET", "/held"); });
    is_running.wait();
    // Of two more, one takes the only place in the queue and the other is refused at once.
    const auto fetch = [&] { return server.fetch("GET", "/queued"); };
    auto one = std::async(std::launch::async, fetch);
    auto other = std::async(std::launch::async, fetch);
    while (one.wait_for(1ms) != std::future_status::ready && other.wait_for(1ms) != std::future_status::ready)
        continue;
    auto& first = one.wait_for(0ms) == std::future_status::ready ? one : other;
    auto& second = &first == &one ? other : one;
    const auto refused = first.get();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_EQ(server.fetch("GET", "/healthz").status, 200);
    gate.open();
    EXPECT_EQ(held.get().body, "held");
    EXPECT_EQ(second.get().body, "queued");
}

TEST(Stopping, FinishesWhatIsInFlightAndEndsTheIdle) {
    Gate gate;
    std::latch is_running(1);
    std::vector<Route> routes = plain_routes();
    routes.push_back(simple_route(Method::get, "/held", Right::open(), [&](const Request&) {
        is_running.count_down();
        gate.wait();
        return text("held");
    }));
    TestServer server(std::move(routes));
    const std::uint16_t port = server.port();
    RawClient idle(port);
    idle.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    idle.read_until("\r\n\r\na");
    RawClient busy(port);
    busy.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
    is_running.wait();
    auto stopping = std::async(std::launch::async, [&] { server.stop(); });
    EXPECT_TRUE(idle.is_closed_within(5s));
    EXPECT_THROW(RawClient{port}, std::runtime_error);
    gate.open();
    const auto answer = testing::read_answers(busy.read_to_end()).at(0);
    EXPECT_EQ(answer.body, "held");
    EXPECT_EQ(answer.header("Connection"), "close");
    stopping.get();
}

TEST(Stopping, CutsWhoDoesNotFinishInTime) {
    TestServer server(plain_routes());
    RawClient slow(server.port());
    slow.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
    const auto start = std::chrono::steady_clock::now();
    while (server.fetch("GET", "/healthz").status != 200) continue;
    server.stop(200ms);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    EXPECT_TRUE(slow.is_closed_within(1s));
}

}  // namespace
}  // namespace otokui::http
