#include "api/caller.hpp"
#include "staff/field_errors.hpp"
#include "staff/member_groups.hpp"
#include "staff/shared_routes.hpp"

namespace otokui::staff {
namespace {

using http::Factor;
using http::Method;
using http::Request;
using http::Response;

MemberGroupId group_of(const Request& request) { return {http::path_id(request, "group")}; }

std::vector<StaffId> people_of(const std::vector<std::int64_t>& ids) {
    std::vector<StaffId> people;
    for (const auto id : ids) people.push_back({id});
    return people;
}

NewMemberGroup new_group_of(const json::Value& body) {
    json::ObjectReader reader(body);
    NewMemberGroup input;
    input.name = reader.text("name");
    input.description = reader.find_text("description").value_or("");
    input.members = people_of(reader.find_ids("members").value_or(std::vector<std::int64_t>()));
    add_rule_errors(reader, check(input));
    reader.finish("member_group.invalid");
    return input;
}

MemberGroupChange change_of(const json::Value& body) {
    json::ObjectReader reader(body);
    MemberGroupChange change;
    // Null is no value of any of these: what is named must be there.
    if (reader.has("name")) change.name = reader.text("name");
    if (reader.is_null("description")) reader.add_error("description", "required");
    if (reader.has("description")) change.description = reader.find_text("description").value_or("");
    if (reader.has("members")) change.members = people_of(reader.ids("members"));
    add_rule_errors(reader, check(change));
    reader.finish("member_group.invalid");
    return change;
}

// One group is shown with what would go with it.
Response shown(const RoutesContext& context, Response (*answer)(const json::Value&), const MemberGroup& group,
               OperationId operation) {
    auto object = to_json(group);
    json::Array names;
    for (const auto& name : context.journal.database().read(
             [&](storage::Transaction& tx) { return context.group_belongings.names(tx, group.id); }))
        names.emplace_back(name);
    object["saved_searches"] = std::move(names);
    return api::with_operation(http::with_version(answer(object), group.version), operation);
}

}  // namespace

void add_member_group_routes(const RoutesContext& context, std::vector<http::Route>& routes) {
    const std::string all = "/api/v1/member-groups", one = all + "/{group}";
    routes.push_back({Method::get, all, http::Right::named("staff.read"), [&context](const Request& request) {
                          const auto page = http::page_request(request);
                          return page_of(list_member_groups(context.journal, below(page), page.limit + 1),
                                         page, [](const MemberGroup& group) { return to_json(group); });
                      }});
    routes.push_back(asking(Factor::fresh, {Method::post, all, http::Right::named("staff.edit"),
                                            [&context](const Request& request) {
                                                const auto input = new_group_of(http::json_body(request));
                                                const auto [group, operation] = add_member_group(
                                                    context.journal, api::actor_of(request), input);
                                                return shown(context, http::created, group, operation);
                                            },
                                            http::BodyRule::json()}));
    routes.push_back({Method::get, one, http::Right::named("staff.read"), [&context](const Request& request) {
                          const auto group = get_member_group(context.journal, group_of(request));
                          return shown(context, http::ok, group, {});
                      }});
    routes.push_back(asking(Factor::fresh, {Method::patch, one, http::Right::named("staff.edit"),
                                            [&context](const Request& request) {
                                                const auto version = api::version_seen(request);
                                                const auto change = change_of(http::json_body(request));
                                                const auto [group, operation] = change_member_group(
                                                    context.journal, api::actor_of(request),
                                                    group_of(request), version, change);
                                                return shown(context, http::ok, group, operation);
                                            },
                                            http::BodyRule::json()}));
    routes.push_back(
        asking(Factor::fresh,
               {Method::delete_, one, http::Right::named("staff.edit"), [&context](const Request& request) {
                    const auto version = api::version_seen(request);
                    return api::with_operation(
                        http::no_content(),
                        remove_member_group(context.journal, api::actor_of(request), group_of(request),
                                            version, context.group_belongings));
                }}));
}

}  // namespace otokui::staff
