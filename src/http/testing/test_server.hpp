#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/server.hpp"
#include "http/testing/raw_client.hpp"

namespace otokui::http::testing {

/// A caller made of what a test says: "Authorization: Bearer NAME RIGHT,RIGHT" or the cookie `sid=NAME`.
struct TestCaller : Caller {
    std::string name;
    std::vector<std::string> rights;
    std::optional<std::string> token;
    bool has(std::string_view right) const override;
    std::string actor_id() const override { return name; }
    std::string rate_key() const override { return name; }
    std::optional<std::string> csrf_token() const override { return token; }
};

/// Hooks that know TestCaller; the cookie's CSRF token is "csrf-NAME". Bearer "bad" is refused.
Hooks test_hooks();

/// A server on a free loopback port with its own thread, stopped at the end.
class TestServer {
public:
    explicit TestServer(std::vector<Route> routes, ServerOptions options = {}, Hooks hooks = test_hooks());
    ~TestServer();

    std::uint16_t port() const { return server_.port(); }
    Server& server() { return server_; }
    prometheus::Registry& registry() { return registry_; }
    /// Stops and waits for the event loop's end.
    void stop(std::chrono::milliseconds deadline = std::chrono::seconds(20));
    /// What the `served` hook was told so far.
    std::vector<Served> served() const;
    std::vector<std::string> failures() const;

    Answer fetch(std::string_view method, std::string_view target, std::string_view fields = "",
                 std::string_view body = "") const {
        return testing::fetch(port(), method, target, fields, body);
    }

private:
    Hooks recording(Hooks hooks);

    mutable std::mutex mutex_;
    std::vector<Served> served_;
    std::vector<std::string> failures_;
    prometheus::Registry registry_;
    Metrics metrics_{registry_};
    Server server_;
    std::thread thread_;
};

/// A route that answers with the text.
Route simple_route(Method method, std::string pattern, Right right, Handler handler,
                   BodyRule body = BodyRule::none());

}  // namespace otokui::http::testing
