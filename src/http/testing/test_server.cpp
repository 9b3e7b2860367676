#include "http/testing/test_server.hpp"

#include <algorithm>
#include <sstream>

namespace otokui::http::testing {

bool TestCaller::has(std::string_view right) const {
    return std::ranges::find(rights, right) != rights.end();
}

Hooks test_hooks() {
    Hooks hooks;
    hooks.authenticate = [](const RequestHead& head) -> std::shared_ptr<const Caller> {
        auto caller = std::make_shared<TestCaller>();
        if (const std::string* sid = head.cookies.find("sid")) {
            caller->name = *sid;
            caller->token = "csrf-" + *sid;
            return caller;
        }
        std::istringstream words(head.headers.get("authorization"));
        std::string scheme, rights, right;
        words >> scheme >> caller->name >> rights;
        if (scheme != "Bearer") return nullptr;
        if (caller->name == "bad")
            throw Refused(
                {ProblemKind::unauthenticated, "token.invalid", {"トークンが無効です。", "Bad token."}});
        std::istringstream list(rights);
        while (std::getline(list, right, ',')) caller->rights.push_back(right);
        return caller;
    };
    return hooks;
}

TestServer::TestServer(std::vector<Route> routes, ServerOptions options, Hooks hooks)
    : server_(std::move(options), Router(std::move(routes)), recording(std::move(hooks)), metrics_),
      thread_([this] { server_.run(); }) {}

TestServer::~TestServer() {
    if (thread_.joinable()) stop();
}

void TestServer::stop(std::chrono::milliseconds deadline) {
    server_.stop(deadline);
    thread_.join();
}

std::vector<Served> TestServer::served() const {
    const std::lock_guard lock(mutex_);
    return served_;
}

std::vector<std::string> TestServer::failures() const {
    const std::lock_guard lock(mutex_);
    return failures_;
}

Hooks TestServer::recording(Hooks hooks) {
    hooks.served = [this](const Served& one) {
        const std::lock_guard lock(mutex_);
        served_.push_back(one);
    };
    hooks.failed = [this](const Served&, std::exception_ptr error) {
        const std::lock_guard lock(mutex_);
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& exception) {
            failures_.emplace_back(exception.what());
        }
    };
    return hooks;
}

Route simple_route(Method method, std::string pattern, Right right, Handler handler, BodyRule body) {
    return {.method = method,
            .pattern = std::move(pattern),
            .right = std::move(right),
            .action = std::move(handler),
            .body = body};
}

}  // namespace otokui::http::testing
