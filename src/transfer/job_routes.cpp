#include <optional>
#include <string_view>

#include "api/caller.hpp"
#include "http/paging.hpp"
#include "http/query_reader.hpp"
#include "transfer/import_job.hpp"
#include "transfer/jobs_view.hpp"
#include "transfer/routes.hpp"
#include "transfer/service.hpp"

namespace otokui::transfer {
namespace {

using core::JobStatus;
using http::Method;
using http::Reads;
using http::Request;
using http::Right;

JobId job_of(const Request& request) { return {http::path_id(request, "job")}; }

std::optional<JobStatus> status_of(std::string_view name) {
    for (const auto status :
         {JobStatus::queued, JobStatus::running, JobStatus::done, JobStatus::failed, JobStatus::cancelled})
        if (core::name_of(status) == name) return status;
    return std::nullopt;
}

core::JobFilter filter_of(const Context& context, const Request& request) {
    http::QueryReader reader(request);
    core::JobFilter filter;
    if (const auto staff = reader.id("staff")) filter.staff = StaffId{*staff};
    reader.choice("kind", [&](const std::string& kind) {
        filter.kinds = stored_kinds(context, kind);
        return !filter.kinds.empty();
    });
    reader.choice("status", [&](const std::string& name) {
        filter.status = status_of(name);
        return filter.status.has_value();
    });
    reader.finish();
    return filter;
}

http::Response answer(Page page) { return http::ok(http::page(std::move(page.items), page.next_cursor)); }

// For the log of readings: what the file holds of customers. Of rejects those rows of the upload that failed.
http::Shown shown_of(const core::Job& job, const core::StoredFile& file) {
    http::Shown shown{.job = job.id.value, .digest = file.digest};
    if (file.purpose != "result") {
        const auto* errors = job.summary.if_contains("error");
        shown.count = errors != nullptr ? errors->as_int64() : 1;
        return shown;
    }
    shown.count = job.counts.ok;
    shown.asked["kind"] = public_kind(job.kind);
    for (const auto* key : {"condition", "text", "columns", "reason"})
        if (const auto* value = job.parameters.if_contains(key)) shown.asked[key] = *value;
    return shown;
}

// The rows of an import name customers only when the file was one of customers or of their points.
http::Shown shown_of(const core::Job& job, const Page& page) {
    http::Shown shown{.count = std::ssize(page.items), .job = job.id.value};
    if (job.kind != import_kind_name(Kind::customers) && job.kind != import_kind_name(Kind::points))
        return shown;
    for (const auto& item : page.items)
        if (const auto* record = item.at("record").if_string())
            shown.customers.push_back(std::stoll(std::string(*record)));
    return shown;
}

http::Response file_response(const Context& context, const Request& request, std::string_view purpose) {
    const auto file = get_job_file(context, api::actor_of(request), job_of(request), purpose);
    auto shown = shown_of(context.jobs.get(job_of(request)), file);
    http::Download download;
    download.length = static_cast<std::uint64_t>(file.size);
    download.next = [&context, file, position = std::int64_t{0}](std::string& piece) mutable {
        auto chunk = context.files.read_chunk(file, position++);
        if (!chunk) return false;
        piece = *std::move(chunk);
        return true;
    };
    return http::with_shown(http::download(std::move(download), "text/csv; charset=utf-8", file.name),
                            std::move(shown));
}

}  // namespace

std::vector<http::Route> job_routes(const Context& context) {
    const auto right = Right::named("job.read");
    const std::string job = "/api/v1/jobs/{job}";
    std::vector<http::Route> routes;
    routes.push_back({Method::get, "/api/v1/jobs", right, [&context](const Request& request) {
                          const auto asked = http::page_request(request);
                          return answer(list_jobs(context, api::actor_of(request),
                                                  filter_of(context, request), asked.cursor, asked.limit));
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
            showing(Reads::told(purpose == std::string_view("result") ? "download" : "import"),
                    {Method::get, job + "/" + purpose, right, [&context, purpose](const Request& request) {
                         return file_response(context, request, purpose);
                     }}));
    routes.push_back(showing(Reads::told("import"),
                             {Method::get, job + "/rows", right, [&context](const Request& request) {
                                  const auto asked = http::page_request(request);
                                  auto page = list_rows(context, api::actor_of(request), job_of(request),
                                                        request.query.get("outcome"), request.language,
                                                        asked.cursor, asked.limit);
                                  auto shown = shown_of(context.jobs.get(job_of(request)), page);
                                  return http::with_shown(answer(std::move(page)), std::move(shown));
                              }}));
    return routes;
}

}  // namespace otokui::transfer
