#include "memo/routes.hpp"

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "base/text/shadow.hpp"
#include "base/text/utf8.hpp"
#include "http/paging.hpp"
#include "memo/service.hpp"

namespace otokui::memo {
namespace {

using http::Method;
using http::Reads;
using http::Request;
using http::Response;
using http::Right;

CustomerId customer_of(const Request& request) { return {http::path_id(request, "customer")}; }
MemoId memo_of(const Request& request) { return {http::path_id(request, "memo")}; }

json::Array items_of(const Page& page) {
    json::Array items;
    for (const auto& memo : page.items) items.push_back(to_json(memo));
    return items;
}

Response written(Response (*answer)(const json::Value&), const Written& done) {
    auto json = to_json(done.memo);
    json["adjusted"] = done.adjusted;
    return api::with_operation(http::with_version(answer(json), done.memo.version), done.operation);
}

Response made(const Written& done) {
    auto response = written(http::created, done);
    response.headers.set("Location", "/api/v1/customers/" + std::to_string(done.memo.customer.value) +
                                         "/memos/" + std::to_string(done.memo.id.value));
    return response;
}

// Texts are sent in a body: what is looked for may be a name, and addresses are kept in logs and histories.
Response search(const Context& context, const Request& request) {
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    Filter filter;
    filter.text = reader.find_text("text").value_or("");
    if (text::code_point_count(filter.text) > kMaxSearched)
        reader.add_error("text", "too_long");
    else if (!filter.text.empty() && text::shadow(text::ShadowKind::text, filter.text).empty())
        reader.add_error("text", "nothing_to_search");
    if (const auto author = reader.find_id("author")) filter.author = StaffId{*author};
    filter.alert = reader.find_boolean("alert");
    filter.pinned = reader.find_boolean("pinned");
    const auto limit = reader.find_integer("limit").value_or(http::PageRequest{}.limit);
    if (limit < 1 || limit > http::kMaxPageSize) reader.add_error("limit", "out_of_range");
    const auto cursor = reader.find_text("cursor").value_or("");
    reader.finish("memo.invalid");
    const auto page = list_all(context, api::actor_of(request), filter, cursor, static_cast<int>(limit));
    http::Shown shown;
    for (const auto& memo : page.items) shown.customers.push_back(memo.customer.value);
    std::ranges::sort(shown.customers);
    const auto repeated = std::ranges::unique(shown.customers);
    shown.customers.erase(repeated.begin(), repeated.end());
    shown.count = std::ssize(shown.customers);
    shown.contact = false;
    if (!filter.text.empty()) shown.asked["text"] = filter.text;
    return http::with_shown(http::ok(http::page(items_of(page), page.next_cursor)), std::move(shown));
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const std::string all = "/api/v1/customers/{customer}/memos", one = all + "/{memo}";
    const auto read = Right::named("customer.read"), edit = Right::named("memo.edit");
    std::vector<http::Route> routes;
    routes.push_back(showing(Reads::customer("memo"),
                             {Method::get, all, read, [&context](const Request& request) {
                                  const auto alert = api::flag_asked(request, "alert");
                                  const auto asked = http::page_request(request);
                                  const auto page =
                                      list_of(context, api::actor_of(request), customer_of(request), alert,
                                              asked.cursor, asked.limit);
                                  return http::ok(http::page(items_of(page), page.next_cursor));
                              }}));
    routes.push_back(showing(Reads::customer("memo"), {Method::post, all, edit,
                                                       [&context](const Request& request) {
                                                           return made(create(context, api::actor_of(request),
                                                                              customer_of(request),
                                                                              http::json_body(request)));
                                                       },
                                                       http::BodyRule::json()}));
    routes.push_back(showing(Reads::customer("memo"),
                             {Method::get, one, read, [&context](const Request& request) {
                                  const auto memo = get(context, api::actor_of(request), customer_of(request),
                                                        memo_of(request));
                                  return http::with_version(http::ok(to_json(memo)), memo.version);
                              }}));
    routes.push_back(showing(Reads::customer("memo"),
                             {Method::patch, one, edit,
                              [&context](const Request& request) {
                                  const auto version = api::version_seen(request);
                                  return written(http::ok,
                                                 update(context, api::actor_of(request), customer_of(request),
                                                        memo_of(request), version, http::json_body(request)));
                              },
                              http::BodyRule::json()}));
    routes.push_back(
        showing(Reads::customer("memo"), {Method::delete_, one, edit, [&context](const Request& request) {
                                              const auto version = api::version_seen(request);
                                              return api::with_operation(
                                                  http::no_content(),
                                                  remove(context, api::actor_of(request),
                                                         customer_of(request), memo_of(request), version));
                                          }}));
    routes.push_back(showing(
        Reads::told("memo"),
        {Method::post, "/api/v1/memos/search", read,
         [&context](const Request& request) { return search(context, request); }, http::BodyRule::json()}));
    return routes;
}

}  // namespace otokui::memo
