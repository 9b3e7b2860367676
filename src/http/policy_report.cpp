#include "http/policy_report.hpp"

namespace otokui::http {
namespace {

constexpr std::size_t kMaxReports = 20;
constexpr std::size_t kMaxTextLength = 200;

/// The member of either spelling (reports+json, csp-report) when it is a text, cut to a sane length.
std::string text_of(const json::Object& body, std::string_view name, std::string_view old_name) {
    const json::Value* value = body.if_contains(name);
    if (value == nullptr) value = body.if_contains(old_name);
    if (value == nullptr || !value->is_string()) return {};
    return std::string(value->get_string().subview(0, kMaxTextLength));
}

/// "https://host" of a URL; what is no URL ("inline", "data") stays.
std::string origin_of(const std::string& blocked) {
    const auto scheme = blocked.find("://");
    if (scheme == std::string::npos) return blocked.substr(0, blocked.find(':'));
    return blocked.substr(0, blocked.find_first_of("/?#", scheme + 3));
}

}  // namespace

Route policy_report_route(std::function<void(const std::string&, const std::string&)> report) {
    auto take = [report = std::move(report)](const Request& request) {
        json::Value value = json_body(request);
        json::Array reports = value.is_array() ? std::move(value.get_array()) : json::Array{std::move(value)};
        if (reports.size() > kMaxReports) reports.resize(kMaxReports);
        for (const json::Value& one : reports) {
            const json::Object* outer = one.if_object();
            const json::Value* body = outer == nullptr ? nullptr : outer->if_contains("body");
            if (outer != nullptr && body == nullptr) body = outer->if_contains("csp-report");
            if (body == nullptr || !body->is_object()) continue;
            report(text_of(body->get_object(), "effectiveDirective", "effective-directive"),
                   origin_of(text_of(body->get_object(), "blockedURL", "blocked-uri")));
        }
        return no_content();
    };
    return {.method = Method::post,
            .pattern = std::string(kPolicyReportPath),
            .right = Right::open(),
            .action = Handler(std::move(take)),
            .body = {.kind = BodyRule::Kind::report, .limit = 64 * 1024},
            .csrf = Csrf::exempt};
}

}  // namespace otokui::http
