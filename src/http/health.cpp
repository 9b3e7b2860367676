#include "http/health.hpp"

namespace otokui::http {

Route health_route() {
    return {.method = Method::get,
            .pattern = "/healthz",
            .right = Right::open(),
            .action = Handler([](const Request&) { return text("ok\n"); }),
            .runs = Runs::event_loop};
}

Route ready_route(std::function<std::optional<std::string>()> why_not_ready) {
    auto answer = [why_not_ready = std::move(why_not_ready)](const Request&) {
        const auto reason = why_not_ready();
        Response response = text(reason.value_or("ready") + "\n");
        if (reason) {
            response.status = 503;
            response.headers.add("Retry-After", "1");
        }
        return response;
    };
    return {.method = Method::get,
            .pattern = "/readyz",
            .right = Right::open(),
            .action = Handler(std::move(answer)),
            .runs = Runs::event_loop};
}

}  // namespace otokui::http
