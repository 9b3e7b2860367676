#include "api/caller.hpp"
#include "http/paging.hpp"
#include "transfer/jobs_view.hpp"
#include "transfer/routes.hpp"
#include "transfer/service.hpp"

namespace otokui::transfer {
namespace {

using http::Method;
using http::Request;
using http::Right;

JobId job_of(const Request& request) { return {http::path_id(request, "job")}; }

http::Response answer(Page page) { return http::ok(http::page(std::move(page.items), page.next_cursor)); }

http::Response file_response(const Context& context, const Request& request, std::string_view purpose) {
    const auto file = get_job_file(context, api::actor_of(request), job_of(request), purpose);
    http::Download download;
    download.length = static_cast<std::uint64_t>(file.size);
    download.next = [&context, file, position = std::int64_t{0}](std::string& piece) mutable {
        auto chunk = context.files.read_chunk(file, position++);
        if (!chunk) return false;
        piece = *std::move(chunk);
        return true;
    };
    return http::download(std::move(download), "text/csv; charset=utf-8", file.name);
}

}  // namespace

std::vector<http::Route> job_routes(const Context& context) {
    const auto right = Right::named("job.read");
    const std::string job = "/api/v1/jobs/{job}";
    std::vector<http::Route> routes;
    routes.push_back({Method::get, "/api/v1/jobs", right, [&context](const Request& request) {
                          const auto asked = http::page_request(request);
                          return answer(
                              list_jobs(context, api::actor_of(request), asked.cursor, asked.limit));
                      }});
    routes.push_back({Method::get, job, right, [&context](const Request& request) {
                          return http::ok(get_job(context, api::actor_of(request), job_of(request)));
                      }});
    routes.push_back({Method::post, job + "/cancel", right,
                      [&context](const Request& request) {
                          http::optional_json_body(request);
                          return http::ok(cancel_job(context, api::actor_of(request), job_of(request)));
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::post, job + "/apply", right,
                      [&context](const Request& request) {
                          http::optional_json_body(request);
                          const auto started = apply_plan(context, api::actor_of(request), job_of(request));
                          return job_started(started);
                      },
                      http::BodyRule::json()});
    for (const auto* purpose : {"result", "rejects"})
        routes.push_back(
            {Method::get, job + "/" + purpose, right, [&context, purpose](const Request& request) {
                 return file_response(context, request, purpose);
             }});
    routes.push_back({Method::get, job + "/rows", right, [&context](const Request& request) {
                          const auto asked = http::page_request(request);
                          return answer(list_rows(context, api::actor_of(request), job_of(request),
                                                  request.query.get("outcome"), request.language,
                                                  asked.cursor, asked.limit));
                      }});
    return routes;
}

}  // namespace otokui::transfer
