#include "http/static_files.hpp"

#include <map>

#include "base/crypto.hpp"
#include "http/policy_report.hpp"
#include "http/problem.hpp"

namespace otokui::http {
namespace {

constexpr std::string_view kMarker = "{{nonce}}";
constexpr std::string_view kDocumentation = "api/docs";  // a page of its own: it describes the API
constexpr std::string_view kImmutable = "public, max-age=31536000, immutable";

/// Whether the client takes the coding: listed by name or "*" and not with a weight of zero.
bool accepts(std::string_view accept_encoding, std::string_view coding) {
    bool is_accepted = false;
    while (!accept_encoding.empty()) {
        const auto comma = accept_encoding.find(',');
        std::string_view item = accept_encoding.substr(0, comma);
        accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size() : comma + 1);
        while (item.starts_with(' ')) item.remove_prefix(1);
        const std::string_view name = item.substr(0, item.find_first_of("; "));
        if (name != coding && name != "*") continue;
        const auto weight = item.find("q=");
        const bool is_zero = weight != std::string_view::npos &&
                             item.substr(weight + 2).find_first_of("123456789") == std::string_view::npos;
        if (name == coding) return !is_zero;
        is_accepted = !is_zero;
    }
    return is_accepted;
}

bool has_tag(std::string_view if_none_match, std::string_view tag) {
    return !tag.empty() && (if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos);
}

Response send_file(const Request& request, const embedded::File& file) {
    Response response;
    const std::string tag = '"' + std::string(file.etag) + '"';
    response.headers.add("ETag", tag);
    response.headers.add("Vary", "Accept-Encoding");
    response.headers.add("Cache-Control",
                         std::string(file.path.starts_with("assets/") ? kImmutable : "no-cache"));
    if (has_tag(request.headers.get("if-none-match"), tag)) {
        response.status = 304;
        return response;
    }
    response.headers.add("Content-Type", std::string(content_type_of(file.path)));
    const std::string& accepted = request.headers.get("accept-encoding");
    std::string_view bytes = file.bytes;
    if (!file.brotli.empty() && accepts(accepted, "br")) {
        bytes = file.brotli;
        response.headers.add("Content-Encoding", "br");
    } else if (!file.gzip.empty() && accepts(accepted, "gzip")) {
        bytes = file.gzip;
        response.headers.add("Content-Encoding", "gzip");
    }
    response.body = SharedBytes{bytes};
    return response;
}

Response send_page(const Request& request, const embedded::File& index,
                   std::span<const PagePolicy> additions) {
    const std::string nonce = crypto::random_text(16);
    std::string page;
    std::string_view rest = index.bytes;
    for (auto marker = rest.find(kMarker); marker != std::string_view::npos; marker = rest.find(kMarker)) {
        page.append(rest.substr(0, marker)).append(nonce);
        rest.remove_prefix(marker + kMarker.size());
    }
    page += rest;
    Response response = text(std::move(page), "text/html; charset=utf-8");
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("Content-Security-Policy", page_policy(nonce, request.path, additions));
    response.headers.add("Reporting-Endpoints", "policy=\"" + std::string(kPolicyReportPath) + '"');
    return response;
}

}  // namespace

std::string page_policy(std::string_view nonce, std::string_view path,
                        std::span<const PagePolicy> additions) {
    std::map<std::string, std::string> directives{{"default-src", "'none'"},
                                                  {"script-src", "'self'"},
                                                  {"style-src", "'self' 'nonce-" + std::string(nonce) + "'"},
                                                  {"img-src", "'self' data:"},
                                                  {"font-src", "'self'"},
                                                  {"connect-src", "'self'"},
                                                  {"form-action", "'self'"},
                                                  {"base-uri", "'none'"},
                                                  {"object-src", "'none'"},
                                                  {"frame-ancestors", "'none'"}};
    for (const auto& addition : additions) {
        if (!path.starts_with(addition.path_prefix)) continue;
        std::string& sources = directives[addition.directive];
        sources += (sources.empty() ? "" : " ") + addition.source;
    }
    std::string policy;
    directives["report-to"] = "policy";
    for (const auto& [directive, sources] : directives) {
        if (!policy.empty()) policy += "; ";
        policy.append(directive).append(" ").append(sources);
    }
    return policy;
}

Route static_files(std::span<const embedded::File> files, std::vector<PagePolicy> additions) {
    auto serve = [files, additions = std::move(additions)](const Request& request) {
        const std::string_view path = std::string_view(request.path).substr(1);
        const embedded::File* file = path.ends_with(".html") ? nullptr : embedded::find(files, path);
        if (file != nullptr) return send_file(request, *file);
        const std::string_view name = path.substr(path.rfind('/') + 1);
        const bool is_page =
            !path.starts_with("api/") && path != "api" && name.find('.') == std::string_view::npos;
        const embedded::File* page = nullptr;
        if (path == kDocumentation)
            page = embedded::find(files, "docs.html");
        else if (is_page || path == "index.html")
            page = embedded::find(files, "index.html");
        if (page != nullptr) return send_page(request, *page, additions);
        return problem_of_status(404, "not_found", request.language, request.request_id);
    };
    return {.method = Method::get,
            .pattern = "/{path*}",
            .right = Right::open(),
            .action = Handler(std::move(serve)),
            .runs = Runs::event_loop};
}

std::string_view content_type_of(std::string_view file_name) {
    static const std::map<std::string_view, std::string_view> types{
        {"css", "text/css; charset=utf-8"},
        {"html", "text/html; charset=utf-8"},
        {"ico", "image/x-icon"},
        {"js", "text/javascript; charset=utf-8"},
        {"json", "application/json"},
        {"map", "application/json"},
        {"mjs", "text/javascript; charset=utf-8"},
        {"png", "image/png"},
        {"svg", "image/svg+xml"},
        {"txt", "text/plain; charset=utf-8"},
        {"webmanifest", "application/manifest+json"},
        {"webp", "image/webp"},
        {"woff2", "font/woff2"},
    };
    const auto dot = file_name.rfind('.');
    const auto found = dot == std::string_view::npos ? types.end() : types.find(file_name.substr(dot + 1));
    return found == types.end() ? "application/octet-stream" : found->second;
}

}  // namespace otokui::http
