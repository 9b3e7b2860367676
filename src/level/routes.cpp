#include "level/routes.hpp"

#include "api/caller.hpp"
#include "base/json.hpp"
#include "base/problem.hpp"
#include "http/paging.hpp"
#include "level/service.hpp"

namespace otokui::level {
namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Response;
using http::Right;

std::optional<Day> day_of(const Request& request) {
    const auto* asked = request.query.find("date");
    if (!asked) return std::nullopt;
    if (const auto day = parse_day(*asked)) return day;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"日付が正しくありません。", "The date does not exist."},
                   {{"/date", "not_a_date"}}});
}

JobId job_of(const Request& request) { return {http::path_id(request, "job")}; }

Response accepted(JobId job) {
    return http::accepted(boost::json::object{{"job", std::to_string(job.value)}});
}

Response start(const Context& context, const Request& request) {
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    const auto date = reader.find_text("date");
    const auto day = date ? parse_day(*date) : std::optional(shop_day(context.journal.now()));
    if (!day) reader.add_error("date", "not_a_date");
    const bool is_dry = reader.find_boolean("dry_run").value_or(false);
    reader.finish("level.judge_invalid");
    return accepted(judge(context, api::actor_of(request), *day, is_dry ? Mode::dry_run : Mode::apply));
}

Response moves(const Context& context, const Request& request) {
    const auto asked = http::page_request(request);
    auto page = list_moves(context, api::actor_of(request), job_of(request), asked.cursor, asked.limit);
    http::Shown shown{.count = std::ssize(page.items), .contact = false, .job = job_of(request).value};
    for (const auto& item : page.items)
        shown.customers.push_back(std::stoll(std::string(item.at("customer").as_string())));
    return http::with_shown(http::ok(http::page(std::move(page.items), page.next_cursor)), std::move(shown));
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const std::string all = "/api/v1/levels/judge";
    const std::string one = all + "/{job}";
    const auto right = Right::named("level.edit");
    std::vector<http::Route> routes;
    routes.push_back({Method::post, all, right,
                      [&context](const Request& request) { return start(context, request); },
                      http::BodyRule::json()});
    routes.push_back({Method::get, one, right, [&context](const Request& request) {
                          return http::ok(get_judgement(context, api::actor_of(request), job_of(request)));
                      }});
    routes.push_back(showing(Reads::told("list"),
                             {Method::get, one + "/moves", right,
                              [&context](const Request& request) { return moves(context, request); }}));
    routes.push_back({Method::post, one + "/apply", right,
                      [&context](const Request& request) {
                          http::optional_json_body(request);
                          return accepted(apply_plan(context, api::actor_of(request), job_of(request)));
                      },
                      http::BodyRule::json()});
    routes.push_back(showing(Reads::customer("open"),
                             {Method::get, "/api/v1/customers/{customer}/level/why",
                              Right::named("customer.read"), [&context](const Request& request) {
                                  return http::ok(why(context, api::actor_of(request),
                                                      {http::path_id(request, "customer")}, day_of(request)));
                              }}));
    return routes;
}

}  // namespace otokui::level
