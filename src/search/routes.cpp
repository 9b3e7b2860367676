#include "search/routes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "api/caller.hpp"
#include "list/service.hpp"
#include "search/count_elsewhere.hpp"
#include "search/count_turns.hpp"
#include "search/service.hpp"
#include "search/stored.hpp"

namespace otokui::search {
namespace {

using http::Method;

constexpr const char* kRight = "customer.read";

json::Value cursor_or_null(const std::string& cursor) {
    return cursor.empty() ? json::Value() : json::Value(boost::json::string(cursor));
}

// For the log of readings: whom the page shows and what was asked for. Who asks for a number alone sees
// nobody.
http::Shown shown_of(const Request& request, const json::Value& body, const Page& page) {
    http::Shown shown;
    if (request.limit == 0) return shown;
    for (const auto& item : page.items)
        shown.customers.push_back(std::stoll(std::string(item.at("id").as_string())));
    shown.contact =
        std::ranges::any_of(request.columns, [](const auto* field) { return field->is_contact(); });
    for (const auto* key : {"condition", "text", "columns"})
        if (const auto* value = body.as_object().if_contains(key)) shown.asked[key] = *value;
    shown.asked["total"] = page.total;
    return shown;
}

http::Response answer(Page page) {
    return http::ok(json::Object{{"items", std::move(page.items)},
                                 {"total", page.total},
                                 {"first_row", page.first_row},
                                 {"next_cursor", cursor_or_null(page.next_cursor)},
                                 {"previous_cursor", cursor_or_null(page.previous_cursor)}});
}

}  // namespace

std::vector<http::Route> routes(core::Journal& journal, const core::Catalogue& catalogue) {
    const auto search = [&](const http::Request& request) {
        const Context context{journal.database(), catalogue, journal.clock()};
        const auto body = http::json_body(request);
        const auto asked = parse_request(catalogue, body);
        const auto actor = api::actor_of(request);
        list::use(journal, actor, asked.condition);
        auto page = find(context, asked, actor);
        auto shown = shown_of(asked, body, page);
        return http::with_shown(answer(std::move(page)), std::move(shown));
    };
    const auto count = [&, turns = std::make_shared<CountTurns>()](const http::Request& request) {
        const Context context{journal.database(), catalogue, journal.clock()};
        const auto conditions = parse_counts(catalogue, http::json_body(request));
        const auto actor = api::actor_of(request);
        for (const auto& condition : conditions) list::use(journal, actor, condition);
        const auto session = request.caller->rate_key();
        const auto turn = turns->take(session);
        CountElsewhere elsewhere(journal.database(), session, turn.source());
        boost::json::array numbers;
        for (const auto number : counts(context, conditions, actor, {.stop = turn.stop()},
                                        [&](storage::Transaction& tx) { elsewhere.begin(tx); }))
            numbers.emplace_back(number);
        return http::ok(json::Object{{"counts", std::move(numbers)}});
    };
    const auto store_search = [&](const http::Request& request) {
        const auto id = store(journal, catalogue, api::actor_of(request), http::json_body(request));
        return http::created(json::Object{{"search", id}});
    };
    const auto get_search = [&](const http::Request& request) {
        return http::ok(get_stored(journal, api::actor_of(request), request.path_parameters.get("search")));
    };
    using http::Reads;
    using http::showing;
    return {
        showing(Reads::told("search"), {Method::post, "/api/v1/customers/search", http::Right::named(kRight),
                                        search, http::BodyRule::json(), http::RateClass::search}),
        {Method::post, "/api/v1/customers/count", http::Right::named(kRight), count, http::BodyRule::json(),
         http::RateClass::search},
        {Method::post, "/api/v1/searches", http::Right::named(kRight), store_search, http::BodyRule::json()},
        showing(Reads::own_input(),
                {Method::get, "/api/v1/searches/{search}", http::Right::named(kRight), get_search})};
}

}  // namespace otokui::search
