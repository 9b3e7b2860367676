#include "http/metrics.hpp"

#include <prometheus/text_serializer.h>

namespace otokui::http {
namespace {

prometheus::Counter& counter(prometheus::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

const prometheus::Histogram::BucketBoundaries kSeconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                       0.25,  0.5,    1,     2.5,  5,     10};

}  // namespace

Metrics::Metrics(prometheus::Registry& registry)
    : requests_(prometheus::BuildCounter()
                    .Name("otokui_http_requests_total")
                    .Help("Answers by method, route pattern and status")
                    .Register(registry)),
      durations_(prometheus::BuildHistogram()
                     .Name("otokui_http_request_seconds")
                     .Help("Time from the whole head to the last byte of the answer")
                     .Register(registry)),
      connections_(prometheus::BuildGauge()
                       .Name("otokui_http_connections")
                       .Help("Open connections")
                       .Register(registry)
                       .Add({})),
      refused_connections_(counter(registry, "otokui_http_connections_refused_total",
                                   "Connections closed at once because too many were open")),
      refused_heads_(counter(registry, "otokui_http_heads_refused_total",
                             "Request heads that were malformed, too large or too slow")),
      full_queues_(counter(registry, "otokui_http_queue_full_total",
                           "Requests answered 503 because the queue of the worker threads was full")) {}

void Metrics::served(std::string_view method, std::string_view route, int status,
                     std::chrono::nanoseconds duration) {
    const std::lock_guard lock(mutex_);
    auto& count = counters_[{std::string(method), std::string(route), status}];
    if (count == nullptr)
        count = &requests_.Add({{"method", std::string(method)},
                                {"route", std::string(route)},
                                {"status", std::to_string(status)}});
    auto& histogram = histograms_[std::string(route)];
    if (histogram == nullptr) histogram = &durations_.Add({{"route", std::string(route)}}, kSeconds);
    count->Increment();
    histogram->Observe(std::chrono::duration<double>(duration).count());
}

Route metrics_route(const prometheus::Registry& registry) {
    auto answer = [&registry](const Request&) {
        return text(prometheus::TextSerializer().Serialize(registry.Collect()),
                    "text/plain; version=0.0.4; charset=utf-8");
    };
    return {.method = Method::get,
            .pattern = "/metrics",
            .right = Right::local_or("metrics"),
            .action = Handler(std::move(answer))};
}

}  // namespace otokui::http
