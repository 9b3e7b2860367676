#include "saved_search/routes.hpp"

#include <charconv>

#include "api/caller.hpp"
#include "http/paging.hpp"

namespace otokui::saved_search {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Right;

constexpr const char* kRight = "customer.read";

SavedSearchId saved_of(const Request& request) { return {http::path_id(request, "saved")}; }

// "personal" or the id of a member group.
std::optional<Scope> find_scope(std::string_view text, const core::Actor& actor) {
    if (text == "personal") return Scope{actor.staff, {}};
    std::int64_t group = 0;
    const auto* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, group);
    if (parsed.ec != std::errc() || parsed.ptr != end || group <= 0) return std::nullopt;
    return Scope{{}, {group}};
}

std::optional<Scope> scope_asked(const Request& request, const core::Actor& actor) {
    const auto* asked = request.query.find("scope");
    if (asked == nullptr) return std::nullopt;
    if (auto scope = find_scope(*asked, actor)) return scope;
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"共有範囲が正しくありません。", "The scope is wrong."},
                   {{"/scope", "not_a_choice"}}});
}

Scope scope_of(json::ObjectReader& reader, const core::Actor& actor) {
    const auto text = reader.text("scope");
    const auto scope = find_scope(text, actor);
    if (!scope && !text.empty()) reader.add_error("scope", "not_a_choice");
    return scope.value_or(Scope{actor.staff, {}});
}

json::Object content_of(json::ObjectReader& reader) {
    if (!reader.has("content") || reader.is_null("content")) {
        reader.add_error("content", "required");
        return {};
    }
    const auto* content = reader.find_object("content");
    return content ? *content : json::Object();
}

// A field that could not be read is not told twice.
void add_rule_errors(json::ObjectReader& reader, std::vector<FieldError> errors) {
    const auto told = reader.errors();
    std::erase_if(errors, [&](const FieldError& error) {
        return std::ranges::any_of(told,
                                   [&](const FieldError& other) { return other.pointer == error.pointer; });
    });
    reader.add_errors(std::move(errors));
}

NewSavedSearch new_search_of(const Context& context, const core::Actor& actor, const json::Value& body) {
    json::ObjectReader reader(body);
    NewSavedSearch input;
    input.scope = scope_of(reader, actor);
    input.name = reader.text("name");
    input.content = content_of(reader);
    if (const auto screen = reader.find_text("screen"); screen && *screen != input.screen)
        reader.add_error("screen", "not_a_choice");
    add_rule_errors(reader, check(context, actor, input));
    reader.finish("saved_search.invalid");
    return input;
}

SavedSearchChange change_of(const json::Value& body) {
    json::ObjectReader reader(body);
    SavedSearchChange change;
    // Null is no value of any of these; what is wrong with a name comes after whose search it is.
    if (reader.is_null("name")) reader.add_error("name", "required");
    if (reader.has("name")) change.name = reader.find_text("name").value_or("");
    if (reader.has("content")) change.content = content_of(reader);
    reader.finish("saved_search.invalid");
    return change;
}

Response shown(Response (*answer)(const json::Value&), const Context& context, const core::Actor& actor,
               const Written& written) {
    return api::with_operation(
        http::with_version(answer(to_json(context, actor, written.saved)), written.saved.version),
        written.operation);
}

Response reorder_scope(const Context& context, const Request& request) {
    const auto actor = api::actor_of(request);
    const auto body = http::json_body(request);
    json::ObjectReader reader(body);
    const auto scope = scope_of(reader, actor);
    std::vector<SavedSearchId> ids;
    for (const auto id : reader.ids("ids")) ids.push_back({id});
    reader.finish("saved_search.invalid");
    return api::with_operation(http::no_content(), reorder(context, actor, scope, ids));
}

void add_one(const Context& context, const history::Context& histories, std::vector<http::Route>& routes) {
    const std::string one = "/api/v1/saved-searches/{saved}";
    routes.push_back({Method::get, one, Right::named(kRight), [&context](const Request& request) {
                          const auto actor = api::actor_of(request);
                          return shown(http::ok, context, actor,
                                       {get(context, actor, saved_of(request)), {}});
                      }});
    routes.push_back({Method::patch, one, Right::named(kRight),
                      [&context](const Request& request) {
                          const auto actor = api::actor_of(request);
                          const auto version = api::version_seen(request);
                          const auto wanted = change_of(http::json_body(request));
                          return shown(http::ok, context, actor,
                                       change(context, actor, saved_of(request), version, wanted));
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::delete_, one, Right::named(kRight), [&context](const Request& request) {
                          const auto version = api::version_seen(request);
                          return api::with_operation(
                              http::no_content(),
                              remove(context, api::actor_of(request), saved_of(request), version));
                      }});
    routes.push_back({Method::post, one + "/run", Right::named(kRight),
                      [&context](const Request& request) {
                          const auto body = http::optional_json_body(request);
                          json::ObjectReader(body).finish();
                          const auto search = run(context, api::actor_of(request), saved_of(request));
                          return http::created(json::Object{{"search", search}});
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::get, one + "/history", Right::named("history.read"),
                      [&context, &histories](const Request& request) {
                          const auto actor = api::actor_of(request);
                          const auto asked = http::page_request(request);
                          const auto saved = get(context, actor, saved_of(request));
                          auto page = history::list_row_history(histories, actor, "saved_search",
                                                                saved.id.value, asked.cursor, asked.limit);
                          return http::ok(http::page(std::move(page.items), page.next_cursor));
                      }});
}

}  // namespace

std::vector<http::Route> routes(const Context& context, const history::Context& histories) {
    const std::string all = "/api/v1/saved-searches";
    std::vector<http::Route> routes;
    routes.push_back(
        {Method::get, all, Right::named(kRight), [&context](const Request& request) {
             const auto actor = api::actor_of(request);
             const auto asked = http::page_request(request);
             auto page = list(context, actor, scope_asked(request, actor), asked.cursor, asked.limit);
             return http::ok(http::page(to_json(context, actor, std::move(page.items)), page.next_cursor));
         }});
    routes.push_back({Method::post, all, Right::named(kRight),
                      [&context](const Request& request) {
                          const auto actor = api::actor_of(request);
                          const auto input = new_search_of(context, actor, http::json_body(request));
                          return shown(http::created, context, actor, create(context, actor, input));
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::put, all + "/order", Right::named(kRight),
                      [&context](const Request& request) { return reorder_scope(context, request); },
                      http::BodyRule::json()});
    add_one(context, histories, routes);
    return routes;
}

}  // namespace otokui::saved_search
