#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

#include "http/router.hpp"

namespace otokui::http {

/// What the server counts about itself, per route pattern and never per URL. Callable from every thread.
/// The registry is the application's: other parts add their own families to it.
class Metrics {
public:
    explicit Metrics(prometheus::Registry& registry);
    void served(std::string_view method, std::string_view route, int status,
                std::chrono::nanoseconds duration);
    prometheus::Gauge& connections() { return connections_; }
    prometheus::Counter& refused_connections() { return refused_connections_; }
    prometheus::Counter& refused_heads() { return refused_heads_; }
    prometheus::Counter& full_queues() { return full_queues_; }

private:
    prometheus::Family<prometheus::Counter>& requests_;
    prometheus::Family<prometheus::Histogram>& durations_;
    prometheus::Gauge& connections_;
    prometheus::Counter& refused_connections_;
    prometheus::Counter& refused_heads_;
    prometheus::Counter& full_queues_;
    std::mutex mutex_;
    std::map<std::tuple<std::string, std::string, int>, prometheus::Counter*> counters_;
    std::map<std::string, prometheus::Histogram*> histograms_;
};

/// GET /metrics in the Prometheus text form, for this machine or the right `metrics`. The registry must
/// outlive the route.
Route metrics_route(const prometheus::Registry& registry);

}  // namespace otokui::http
