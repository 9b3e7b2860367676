#include "list/routes.hpp"

#include "api/caller.hpp"
#include "base/problem.hpp"
#include "http/paging.hpp"
#include "list/upload.hpp"

namespace otokui::list {
namespace {

using http::Method;
using http::Request;
using http::Right;

std::string name_in(const Request& request) { return request.path_parameters.get("list"); }

boost::json::object to_json(const List& list) {
    const auto& figures = list.figures;
    return {{"list", list.list},
            {"name", list.name.empty() ? boost::json::value() : boost::json::value(list.name)},
            {"kind", name_of(list.kind)},
            {"found", figures.found},
            {"not_found", figures.not_found},
            {"duplicates", figures.duplicates},
            {"deleted", figures.deleted},
            {"merged", figures.merged},
            {"created_at", format_moment(list.created_at)},
            {"used_at", format_moment(list.used_at)},
            {"version", list.version}};
}

http::Response answer(http::Response response, const List& list) {
    return http::with_version(std::move(response), list.version);
}

http::Response made(const List& list) {
    auto response = answer(http::created(to_json(list)), list);
    response.headers.set("Location", "/api/v1/lists/" + list.list);
    return response;
}

class ListUpload : public http::Upload {
public:
    ListUpload(const Context& context, const core::Actor& actor, Kind kind, std::string name)
        : list_(context, actor, kind, std::move(name)) {}
    void write(std::string_view piece) override { list_.write(piece); }
    http::Response finish() override { return made(list_.finish()); }

private:
    NewList list_;
};

std::unique_ptr<http::Upload> upload(const Context& context, const Request& request) {
    std::vector<FieldError> errors;
    const auto* typed = request.query.find("kind");
    const auto kind = typed ? find_kind(*typed) : std::nullopt;
    if (!kind || *kind == Kind::combined) errors.push_back({"/kind", typed ? "not_a_choice" : "required"});
    const boost::json::value given(request.query.get("name"));
    auto name = read_name(&given, errors);
    if (!errors.empty())
        throw Refused({ProblemKind::invalid,
                       "list.invalid",
                       {"リストの指定に誤りがあります。", "The list is described wrongly."},
                       std::move(errors)});
    return std::make_unique<ListUpload>(context, api::actor_of(request), *kind, std::move(name));
}

http::Response lines_response(const Context& context, const Request& request, Lines lines) {
    constexpr std::string_view kType = "text/plain; charset=utf-8";
    const auto file_name = std::string(name_of(lines)) + ".txt";
    const auto file = find_lines(context, api::actor_of(request), name_in(request), lines);
    if (!file) return http::as_attachment(http::text("", kType), file_name);
    http::Download download;
    download.length = static_cast<std::uint64_t>(file->size);
    download.next = [&context, file = *file, position = std::int64_t{0}](std::string& piece) mutable {
        auto chunk = context.files.read_chunk(file, position++);
        if (!chunk) return false;
        piece = *std::move(chunk);
        return true;
    };
    return http::download(std::move(download), kType, file_name);
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const auto right = Right::named("customer.read");
    const std::string all = "/api/v1/lists";
    const auto one = all + "/{list}";
    std::vector<http::Route> routes;
    routes.push_back({Method::post, all, right, http::UploadHandler([&context](const Request& request) {
                          return upload(context, request);
                      }),
                      http::BodyRule::text(), http::RateClass::transfer});
    routes.push_back({Method::get, all, right, [&context](const Request& request) {
                          const auto asked = http::page_request(request);
                          const auto page =
                              list_lists(context, api::actor_of(request), asked.cursor, asked.limit);
                          boost::json::array items;
                          for (const auto& list : page.items) items.push_back(to_json(list));
                          return http::ok(http::page(std::move(items), page.next_cursor));
                      }});
    routes.push_back({Method::post, all + "/combine", right,
                      [&context](const Request& request) {
                          const auto body = http::json_body(request);
                          return made(combine(context, api::actor_of(request), body));
                      },
                      http::BodyRule::json(), http::RateClass::transfer, http::Runs::streaming});
    routes.push_back({Method::get, one, right, [&context](const Request& request) {
                          const auto list = get_list(context, api::actor_of(request), name_in(request));
                          return answer(http::ok(to_json(list)), list);
                      }});
    routes.push_back({Method::patch, one, right,
                      [&context](const Request& request) {
                          const auto version = api::version_seen(request);
                          const auto list = rename(context, api::actor_of(request), name_in(request), version,
                                                   http::json_body(request));
                          return answer(http::ok(to_json(list)), list);
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::delete_, one, right, [&context](const Request& request) {
                          remove(context, api::actor_of(request), name_in(request),
                                 api::version_seen(request));
                          return http::no_content();
                      }});
    for (const auto lines : kAllLines)
        routes.push_back(http::showing(
            http::Reads::own_input(),
            {Method::get, one + "/" + std::string(name_of(lines)), right,
             [&context, lines](const Request& request) { return lines_response(context, request, lines); }}));
    return routes;
}

}  // namespace otokui::list
