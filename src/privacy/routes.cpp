#include "privacy/routes.hpp"

#include "api/caller.hpp"
#include "base/problem.hpp"

namespace otokui::privacy {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Right;

Response disclosure(const Context& context, const Request& request) {
    const CustomerId customer{http::path_id(request, "customer")};
    const auto chosen = [&](std::string_view name, std::string_view otherwise) {
        const auto* given = request.query.find(name);
        return given ? *given : std::string(otherwise);
    };
    const auto format = chosen("format", "json"), asked = chosen("language", "ja");
    std::vector<FieldError> errors;
    if (format != "json" && format != "csv" && format != "html")
        errors.push_back({"/format", "not_a_choice"});
    if (asked != "ja" && asked != "en") errors.push_back({"/language", "not_a_choice"});
    if (!errors.empty())
        throw Refused({ProblemKind::invalid,
                       "query.invalid",
                       {"指定に誤りがあります。", "The request is described wrongly."},
                       std::move(errors)});
    const auto language = asked == "en" ? Language::en : Language::ja;
    const auto disclosed = disclose(context, api::actor_of(request), customer, language);
    const auto name = "disclosure-" + std::to_string(customer.value) + "." + format;
    if (format == "csv")
        return http::as_attachment(http::text(disclosure_csv(disclosed, language), "text/csv; charset=utf-8"),
                                   name);
    if (format == "html")
        return http::as_attachment(
            http::text(disclosure_page(disclosed, language), "text/html; charset=utf-8"), name);
    return http::ok(disclosed);
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const std::string one = "/api/v1/customers/{customer}";
    std::vector<http::Route> routes;
    routes.push_back(showing(http::Reads::customer("disclosure"),
                             {Method::get, one + "/disclosure", Right::named("customer.disclose"),
                              [&context](const Request& request) { return disclosure(context, request); }}));
    routes.push_back({Method::post, one + "/erase", Right::named("customer.erase"),
                      [&context](const Request& request) {
                          const auto job =
                              erase(context, api::actor_of(request), {http::path_id(request, "customer")},
                                    http::json_body(request));
                          return http::accepted(boost::json::object{{"job", std::to_string(job.value)}});
                      },
                      http::BodyRule::json()});
    return routes;
}

}  // namespace otokui::privacy
