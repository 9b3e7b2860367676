#include "mail/routes.hpp"

#include "api/caller.hpp"
#include "http/paging.hpp"
#include "mail/service.hpp"
#include "mail/settings.hpp"

namespace otokui::mail {
namespace {

using http::Factor;
using http::Method;
using http::Request;
using http::Response;
using http::Right;

Response answer(Page page) { return http::ok(http::page(std::move(page.items), page.next_cursor)); }

Response versioned(const json::Object& thing, OperationId operation = {}) {
    return api::with_operation(http::with_version(http::ok(thing), thing.at("version").as_int64()),
                               operation);
}

void add_settings_routes(const Context& context, std::vector<http::Route>& routes) {
    const std::string one = "/api/v1/settings/mail";
    routes.push_back({Method::get, one, Right::named("settings.read"), [&context](const Request& request) {
                          return versioned(get_settings(context, api::actor_of(request)));
                      }});
    routes.push_back(asking(Factor::fresh, {Method::put, one, Right::named("settings.edit"),
                                            [&context](const Request& request) {
                                                const auto version = api::version_seen(request);
                                                const auto changed =
                                                    put_settings(context, api::actor_of(request), version,
                                                                 http::json_body(request));
                                                return versioned(changed.settings, changed.operation);
                                            },
                                            http::BodyRule::json()}));
    // It waits for the mail server: not on the threads that answer pages.
    routes.push_back(asking(Factor::fresh,
                            {Method::post, std::string(kTestRoute), Right::named("settings.edit"),
                             [&context](const Request& request) {
                                 const auto done = send_test(context, api::actor_of(request),
                                                             http::json_body(request), request.language);
                                 return done.is_queued ? http::accepted(done.answer) : http::ok(done.answer);
                             },
                             http::BodyRule::json(), http::RateClass::transfer, http::Runs::streaming}));
}

void add_template_routes(const Context& context, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/mail-templates", one = all + "/{template}";
    routes.push_back({Method::get, all, Right::named("settings.read"), [&context](const Request& request) {
                          http::page_request(request);
                          return http::ok(http::page(list_templates(context, api::actor_of(request)), ""));
                      }});
    routes.push_back({Method::get, one, Right::named("settings.read"), [&context](const Request& request) {
                          return versioned(get_template(context, api::actor_of(request),
                                                        http::path_id(request, "template")));
                      }});
    routes.push_back(asking(Factor::fresh, {Method::patch, one, Right::named("settings.edit"),
                                            [&context](const Request& request) {
                                                const auto version = api::version_seen(request);
                                                const auto changed =
                                                    patch_template(context, api::actor_of(request),
                                                                   http::path_id(request, "template"),
                                                                   version, http::json_body(request));
                                                return versioned(changed.changed, changed.operation);
                                            },
                                            http::BodyRule::json()}));
    routes.push_back({Method::post, one + "/preview", Right::named("settings.read"),
                      [&context](const Request& request) {
                          return http::ok(preview_template(context, api::actor_of(request),
                                                           http::path_id(request, "template"),
                                                           http::optional_json_body(request)));
                      },
                      http::BodyRule::json()});
}

// The customers whose mails these are, for the log of readings.
http::Shown shown_of(const json::Array& mails) {
    http::Shown shown;
    for (const auto& mail : mails)
        if (const auto* customer = mail.at("customer").if_string())
            shown.customers.push_back(std::stoll(std::string(*customer)));
    return shown;
}

Response told(json::Object mail) {
    auto shown = shown_of({mail});
    return http::with_shown(http::ok(mail), std::move(shown));
}

Response list_all_response(const Context& context, const Request& request) {
    const auto asked = http::page_request(request);
    auto page =
        list_all(context, api::actor_of(request), request.query.get("status"), asked.cursor, asked.limit);
    auto shown = shown_of(page.items);
    return http::with_shown(answer(std::move(page)), std::move(shown));
}

void add_mail_routes(const Context& context, std::vector<http::Route>& routes) {
    routes.push_back(http::showing(http::Reads::customer("mail"),
                                   {Method::get, "/api/v1/customers/{customer}/mails",
                                    Right::named("mail.read"), [&context](const Request& request) {
                                        const auto asked = http::page_request(request);
                                        return answer(list_of_customer(context, api::actor_of(request),
                                                                       {http::path_id(request, "customer")},
                                                                       asked.cursor, asked.limit));
                                    }}));
    routes.push_back(
        http::showing(http::Reads::told("mail"),
                      {Method::get, "/api/v1/mails", Right::named("mail.manage"),
                       [&context](const Request& request) { return list_all_response(context, request); }}));
    routes.push_back(http::showing(
        http::Reads::told("mail"),
        {Method::get, "/api/v1/mails/{mail}", Right::named("mail.read"), [&context](const Request& request) {
             return told(get_mail(context, api::actor_of(request), {http::path_id(request, "mail")}));
         }}));
    routes.push_back(http::showing(http::Reads::told("mail"),
                                   {Method::post, "/api/v1/mails/{mail}/retry", Right::named("mail.manage"),
                                    [&context](const Request& request) {
                                        http::optional_json_body(request);
                                        return told(retry(context, api::actor_of(request),
                                                          {http::path_id(request, "mail")}));
                                    },
                                    http::BodyRule::json()}));
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    std::vector<http::Route> routes;
    add_settings_routes(context, routes);
    add_template_routes(context, routes);
    add_mail_routes(context, routes);
    return routes;
}

}  // namespace otokui::mail
