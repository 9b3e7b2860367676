#include "api/caller.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace otokui::api {
namespace {

constexpr std::size_t kLongestScreen = 60;

bool is_screen(std::string_view name) {
    return !name.empty() && name.size() <= kLongestScreen &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
           });
}

}  // namespace

core::Actor actor_of(const http::Request& request) {
    const auto* caller = dynamic_cast<const ActorCaller*>(request.caller.get());
    if (!caller)
        throw Refused(
            {ProblemKind::unauthenticated, "unauthenticated", {"ログインしてください。", "Sign in first."}});
    auto actor = caller->actor();
    actor.ip = request.remote_address;
    const auto& screen = request.headers.get("Otokui-Screen");
    actor.screen =
        is_screen(screen) ? screen : std::string(http::name_of(request.method)) + " " + request.route;
    return actor;
}

std::optional<std::int64_t> version_seen(const http::Request& request) {
    const auto match = http::require_if_match(request);
    return match.any ? std::nullopt : std::optional(match.version);
}

json::Object object_body(const http::Request& request) {
    auto body = http::json_body(request);
    if (auto* object = body.if_object()) return std::move(*object);
    throw Refused({ProblemKind::invalid,
                   "body.invalid",
                   {"オブジェクトを送ってください。", "The body must be an object."},
                   {{"", "wrong_type"}}});
}

std::optional<bool> flag_asked(const http::Request& request, std::string_view name) {
    const auto* asked = request.query.find(name);
    if (!asked) return std::nullopt;
    if (*asked == "true" || *asked == "false") return *asked == "true";
    throw Refused({ProblemKind::invalid,
                   "query.invalid",
                   {"指定に誤りがあります。", "The request is described wrongly."},
                   {{"/" + std::string(name), "not_a_choice"}}});
}

http::Response with_operation(http::Response response, OperationId operation) {
    if (operation) response.headers.set("Otokui-Operation", std::to_string(operation.value));
    return response;
}

}  // namespace otokui::api
