#include "master/routes.hpp"

#include <charconv>

#include "api/caller.hpp"
#include "api/feature.hpp"
#include "base/problem.hpp"
#include "http/paging.hpp"

namespace otokui::master {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Right;

std::int64_t id_of(const Request& request) { return http::path_id(request, "master"); }
Right reading() { return Right::named("customer.read"); }
Right editing() { return Right::named("master.edit"); }

Response shown(Response (*answer)(const json::Value&), const Written& written) {
    return api::with_operation(http::with_version(answer(written.row), written.row.at("version").as_int64()),
                               written.operation);
}

std::int64_t id_in(const std::string& text) {
    std::int64_t id = 0;
    const auto* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, id);
    return parsed.ec == std::errc() && parsed.ptr == end ? id : 0;
}

// ?members=remove, ?members=move&to=ID
Members members_in(const Request& request) {
    Members members;
    std::vector<FieldError> errors;
    const auto* fate = request.query.find("members");
    const auto* to = request.query.find("to");
    if (fate && *fate == "remove")
        members.fate = Members::Fate::removed;
    else if (fate && *fate == "move")
        members.fate = Members::Fate::moved;
    else if (fate)
        errors.push_back({"/members", "not_a_choice"});
    if (members.fate == Members::Fate::moved) {
        members.to = to ? id_in(*to) : 0;
        if (members.to <= 0) errors.push_back({"/to", to ? "wrong_type" : "required"});
    }
    if (errors.empty()) return members;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"指定に誤りがあります。", "The request is described wrongly."},
                   std::move(errors)});
}

Response remove_one(const Context& context, const Master& master, const Request& request) {
    const auto version = api::version_seen(request);
    const auto removed =
        remove(context, api::actor_of(request), master, id_of(request), version, members_in(request));
    if (const auto* job = std::get_if<JobId>(&removed))
        return http::accepted(json::Object{{"job", std::to_string(job->value)}});
    return api::with_operation(http::no_content(), std::get<OperationId>(removed));
}

Response put_in_order(const Context& context, const Master& master, const Request& request) {
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    const auto ids = reader.ids("ids");
    reader.finish("master.invalid");
    return api::with_operation(http::no_content(), reorder(context, api::actor_of(request), master, ids));
}

// What acts on the whole of a master.
void add_all(const Context& context, const Master& master, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/" + master.path;
    routes.push_back({Method::get, all, reading(), [&context, &master](const Request& request) {
                          const auto asked = http::page_request(request);
                          auto page =
                              list(context, api::actor_of(request), master, asked.cursor, asked.limit);
                          return http::ok(http::page(std::move(page.items), page.next_cursor));
                      }});
    routes.push_back({Method::post, all, editing(),
                      [&context, &master](const Request& request) {
                          return shown(http::created, create(context, api::actor_of(request), master,
                                                             http::json_body(request)));
                      },
                      http::BodyRule::json()});
    routes.push_back(
        {Method::post, all + "/order", editing(),
         [&context, &master](const Request& request) { return put_in_order(context, master, request); },
         http::BodyRule::json()});
}

void add_one(const Context& context, const history::Context& histories, const Master& master,
             std::vector<http::Route>& routes) {
    const std::string one = "/api/v1/" + master.path + "/{master}";
    routes.push_back({Method::get, one, reading(), [&context, &master](const Request& request) {
                          return shown(http::ok,
                                       {get(context, api::actor_of(request), master, id_of(request)), {}});
                      }});
    routes.push_back({Method::patch, one, editing(),
                      [&context, &master](const Request& request) {
                          const auto version = api::version_seen(request);
                          return shown(http::ok, change(context, api::actor_of(request), master,
                                                        id_of(request), version, http::json_body(request)));
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::delete_, one, editing(), [&context, &master](const Request& request) {
                          return remove_one(context, master, request);
                      }});
    routes.push_back({Method::get, one + "/history", Right::named("history.read"),
                      [&histories, &master](const Request& request) {
                          const auto asked = http::page_request(request);
                          auto page =
                              history::list_row_history(histories, api::actor_of(request), master.table,
                                                        id_of(request), asked.cursor, asked.limit);
                          return http::ok(http::page(std::move(page.items), page.next_cursor));
                      }});
}

}  // namespace

std::vector<http::Route> routes(const Context& context, const history::Context& histories) {
    std::vector<http::Route> routes;
    routes.push_back({Method::get, "/api/v1/masters", reading(), [&context](const Request& request) {
                          return http::ok(http::page(declarations(context, api::actor_of(request)), ""));
                      }});
    for (const auto& master : masters()) {
        std::vector<http::Route> own;
        add_all(context, master, own);
        add_one(context, histories, master, own);
        if (!master.feature.empty()) own = api::only_with(context.journal, master.feature, std::move(own));
        std::ranges::move(own, std::back_inserter(routes));
    }
    routes.push_back({Method::post, "/api/v1/groups/{master}/default", editing(),
                      [&context](const Request& request) {
                          json::ObjectReader(http::optional_json_body(request)).finish();
                          return shown(http::ok,
                                       make_default(context, api::actor_of(request), id_of(request)));
                      },
                      http::BodyRule::json()});
    return routes;
}

}  // namespace otokui::master
