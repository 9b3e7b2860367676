#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "http/router.hpp"

namespace otokui::http {

/// Where browsers send reports of broken page policies; named by `Reporting-Endpoints` on every page.
inline constexpr std::string_view kPolicyReportPath = "/policy-reports";

/// POST of the reports (application/reports+json, application/csp-report). `report` is told the directive and
/// the kind of what was blocked ("inline", "eval", a scheme or an origin), never a page's URL; at most 20 per
/// request. It runs on a worker thread.
Route policy_report_route(
    std::function<void(const std::string& directive, const std::string& blocked)> report);

}  // namespace otokui::http
