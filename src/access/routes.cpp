#include "access/routes.hpp"

#include <charconv>

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "http/paging.hpp"

namespace otokui::access {
namespace {

using http::Method;
using http::Request;
using http::Right;

// Reads `?staff=&customer=&kind=&from=&to=` and remembers what is wrong.
class FilterReader {
public:
    explicit FilterReader(const Request& request) : query_(request.query) {}

    std::optional<std::int64_t> id(std::string_view name) {
        const auto* text = query_.find(name);
        if (text == nullptr || text->empty()) return std::nullopt;
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id);
        if (error == std::errc() && end == text->data() + text->size() && id > 0) return id;
        errors_.push_back({"/" + std::string(name), "not_an_id"});
        return std::nullopt;
    }
    std::string kind() {
        const auto& text = query_.get("kind");
        if (!text.empty() && !is_kind(text)) errors_.push_back({"/kind", "not_a_choice"});
        return text;
    }
    // A day of the shop or a moment; as an end a day counts whole.
    std::optional<Moment> moment(std::string_view name, int days_after) {
        const auto* text = query_.find(name);
        if (text == nullptr || text->empty()) return std::nullopt;
        if (const auto day = parse_day(*text)) return start_of(add_days(*day, days_after));
        if (const auto moment = parse_moment(*text)) return *moment;
        errors_.push_back({"/" + std::string(name), "not_a_date"});
        return std::nullopt;
    }
    void finish() {
        if (errors_.empty()) return;
        throw Refused({ProblemKind::invalid,
                       "query.invalid",
                       {"指定が正しくありません。", "What was asked for is not valid."},
                       std::move(errors_)});
    }

private:
    const http::Parameters& query_;
    std::vector<FieldError> errors_;
};

Filter filter_of(const Request& request) {
    FilterReader reader(request);
    Filter filter;
    if (const auto staff = reader.id("staff")) filter.staff = StaffId{*staff};
    if (const auto customer = reader.id("customer")) filter.customer = CustomerId{*customer};
    filter.number = request.query.get("customer_number");
    filter.kind = reader.kind();
    filter.from = reader.moment("from", 0);
    filter.before = reader.moment("to", 1);
    reader.finish();
    return filter;
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const auto right = Right::named("access_log.read");
    const std::string all = "/api/v1/access-log";
    std::vector<http::Route> routes;
    routes.push_back({Method::get, all, right, [&context](const Request& request) {
                          const auto asked = http::page_request(request);
                          auto page = list(context, api::actor_of(request), filter_of(request), asked.cursor,
                                           asked.limit);
                          return http::ok(http::page(std::move(page.items), page.next_cursor));
                      }});
    routes.push_back({Method::get, all + "/summary", right,
                      [&context](const Request& request) {
                          auto filter = filter_of(request);
                          filter.customer = {};  // of one customer there is nothing to add up
                          filter.number.clear();
                          filter.ip = request.query.get("ip");
                          return http::ok(summarise(context, api::actor_of(request), filter));
                      },
                      http::BodyRule::none(), http::RateClass::search});
    // What was searched for may be somebody's name or phone: reading it is a reading like any other.
    routes.push_back(http::showing(http::Reads::told("log"),
                                   {Method::get, all + "/{entry}", right, [&context](const Request& request) {
                                        const auto entry = http::path_id(request, "entry");
                                        auto object = get(context, api::actor_of(request), entry);
                                        http::Shown shown{.count = 1};
                                        shown.asked["entry"] = std::to_string(entry);
                                        return http::with_shown(http::ok(object), std::move(shown));
                                    }}));
    return routes;
}

}  // namespace otokui::access
