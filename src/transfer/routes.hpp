#pragma once

#include <vector>

#include "http/router.hpp"
#include "transfer/types.hpp"

namespace otokui::transfer {

/// /imports, /import-mappings, /exports and /jobs. `context` must outlive the routes.
std::vector<http::Route> routes(const Context& context);

/// 202 with the id of a job.
http::Response job_started(JobId job);

/// The part of routes() about jobs, whatever their kind (job_routes.cpp).
std::vector<http::Route> job_routes(const Context& context);

}  // namespace otokui::transfer
