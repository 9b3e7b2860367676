#include "http/problem.hpp"

#include "http/problem_texts.hpp"

namespace otokui::http {
namespace {

Response document(int status, std::string_view code, const std::string& detail, json::Object members,
                  Language language, std::string_view request_id) {
    // The problem's own members first, so that none of them can replace a member of the standard.
    json::Object document = std::move(members);
    document["type"] = "urn:otokui:problem:" + std::string(code);
    document["title"] = status_title(status).in(language);
    document["status"] = status;
    document["code"] = code;
    if (!detail.empty()) document["detail"] = detail;
    document["request_id"] = request_id;
    Response response{.status = status, .headers = {}, .body = json::to_text(document)};
    response.headers.add("Content-Type", "application/problem+json");
    response.headers.add("Content-Language", language == Language::ja ? "ja" : "en");
    return response;
}

json::Array field_errors(const std::vector<FieldError>& fields, Language language) {
    json::Array errors;
    for (const auto& field : fields) {
        const Text* generic = find_field_text(field.code);
        std::string detail = field.message.in(language);
        if (detail.empty() && generic != nullptr) detail = generic->in(language);
        errors.push_back(
            json::Object{{"pointer", field.pointer}, {"code", field.code}, {"detail", std::move(detail)}});
    }
    return errors;
}

}  // namespace

int status_of(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::malformed:
            return 400;
        case ProblemKind::unauthenticated:
            return 401;
        case ProblemKind::forbidden:
            return 403;
        case ProblemKind::not_found:
            return 404;
        case ProblemKind::conflict:
            return 409;
        case ProblemKind::stale:
            return 412;
        case ProblemKind::too_large:
            return 413;
        case ProblemKind::unsupported_media:
            return 415;
        case ProblemKind::invalid:
            return 422;
        case ProblemKind::locked:
            return 423;
        case ProblemKind::precondition_required:
            return 428;
        case ProblemKind::too_many:
            return 429;
        case ProblemKind::unavailable:
            return 503;
        case ProblemKind::no_room:
            return 507;
    }
    return 500;
}

Response problem(const Problem& problem, Language language, std::string_view request_id) {
    json::Object members = problem.extra;
    if (!problem.fields.empty()) members["errors"] = field_errors(problem.fields, language);
    const int status = status_of(problem.kind);
    Response response =
        document(status, problem.code, problem.detail.in(language), std::move(members), language, request_id);
    if (problem.retry_after_seconds > 0)
        response.headers.add("Retry-After", std::to_string(problem.retry_after_seconds));
    if (problem.kind == ProblemKind::unauthenticated) response.headers.add("WWW-Authenticate", "Bearer");
    return response;
}

Response problem_of_status(int status, std::string_view code, Language language,
                           std::string_view request_id) {
    return document(status, code, status_title(status).in(language), {}, language, request_id);
}

}  // namespace otokui::http
