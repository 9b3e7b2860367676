#include "form/routes.hpp"

#include "api/caller.hpp"

namespace otokui::form {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Right;

constexpr const char* kEdit = "master.edit";
constexpr const char* kInvalid = "form_field.invalid";

FieldId field_of(const Request& request) { return {http::path_id(request, "field")}; }

Text labels_of(const json::Value& value, const std::string& pointer, std::vector<FieldError>& errors) {
    json::ObjectReader reader(value, pointer);
    Text label{reader.text("ja"), reader.find_text("en").value_or("")};
    for (auto& error : reader.errors()) errors.push_back(std::move(error));
    return label;
}

std::optional<Text> find_labels(json::ObjectReader& reader) {
    if (!reader.has("labels")) return std::nullopt;
    std::vector<FieldError> errors;
    auto label = labels_of(*reader.find("labels"), reader.pointer_to("labels"), errors);
    reader.add_errors(std::move(errors));
    return label;
}

std::optional<std::vector<Option>> find_options(json::ObjectReader& reader) {
    const auto* list = reader.find_array("options");
    if (list == nullptr) return std::nullopt;
    std::vector<Option> options;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto pointer = reader.pointer_to("options") + "/" + std::to_string(i);
        json::ObjectReader one((*list)[i], pointer);
        Option option{.code = one.find_text("code").value_or(""),
                      .label = {},
                      .removed = one.find_boolean("removed").value_or(false)};
        if (const auto* label = one.find("labels"))
            option.label = labels_of(*label, pointer + "/labels", errors);
        else
            one.add_error("labels", "required");
        for (auto& error : one.errors()) errors.push_back(std::move(error));
        options.push_back(std::move(option));
    }
    reader.add_errors(std::move(errors));
    return options;
}

// Absent: as it is; null: no limit.
std::optional<std::optional<std::int64_t>> find_limit(json::ObjectReader& reader, std::string_view key) {
    if (!reader.has(key)) return std::nullopt;
    return reader.find_integer(key);
}

// What only a look at a field shows may come back with it.
void pass_over_shown(json::ObjectReader& reader) {
    for (const auto* key : {"id", "field", "position", "answered", "created_at", "updated_at", "version"})
        reader.find(key);
}

FormField new_field_of(const json::Value& body) {
    json::ObjectReader reader(body);
    FormField field;
    field.key = reader.text("key");
    field.label = find_labels(reader).value_or(Text{});
    if (!reader.has("labels")) reader.add_error("labels", "required");
    const auto type = reader.text("type");
    if (const auto known = find_type(type))
        field.type = *known;
    else if (!type.empty())
        reader.add_error("type", "not_a_choice");
    field.required = reader.find_boolean("required").value_or(false);
    field.max_length = reader.find_integer("max_length");
    field.minimum = reader.find_integer("minimum");
    field.maximum = reader.find_integer("maximum");
    field.options = find_options(reader).value_or(std::vector<Option>());
    field.on_list = reader.find_boolean("on_list").value_or(false);
    field.on_csv = reader.find_boolean("on_csv").value_or(true);
    reader.finish(kInvalid);
    return field;
}

Change change_of(const FormField& now, const json::Value& body) {
    json::ObjectReader reader(body);
    Change change;
    for (const auto& [key, fixed] :
         {std::pair("key", std::string_view(now.key)), std::pair("type", name_of(now.type))})
        if (const auto given = reader.find_text(key); given && *given != fixed)
            reader.add_error(key, "read_only");
    change.label = find_labels(reader);
    change.required = reader.find_boolean("required");
    change.max_length = find_limit(reader, "max_length");
    change.minimum = find_limit(reader, "minimum");
    change.maximum = find_limit(reader, "maximum");
    change.options = find_options(reader);
    change.on_list = reader.find_boolean("on_list");
    change.on_csv = reader.find_boolean("on_csv");
    change.retired = reader.find_boolean("retired");
    pass_over_shown(reader);
    reader.finish(kInvalid);
    change.sent = body.as_object();
    return change;
}

Response shown(Response (*answer)(const json::Value&), const Context& context, const Written& written) {
    const auto json = to_json(written.field, is_answered(context, written.field));
    return api::with_operation(http::with_version(answer(json), written.field.version), written.operation);
}

void add_one(const Context& context, std::vector<http::Route>& routes) {
    const std::string one = "/api/v1/form-fields/{field}";
    routes.push_back({Method::get, one, Right::named("customer.read"), [&context](const Request& request) {
                          return shown(http::ok, context,
                                       {get(context, api::actor_of(request), field_of(request)), {}});
                      }});
    routes.push_back({Method::patch, one, Right::named(kEdit),
                      [&context](const Request& request) {
                          const auto actor = api::actor_of(request);
                          const auto version = api::version_seen(request);
                          const auto now = get(context, actor, field_of(request));
                          const auto wanted = change_of(now, http::json_body(request));
                          return shown(http::ok, context, change(context, actor, now.id, version, wanted));
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::delete_, one, Right::named(kEdit), [&context](const Request& request) {
                          const auto operation = remove(context, api::actor_of(request), field_of(request),
                                                        api::version_seen(request));
                          return api::with_operation(http::no_content(), operation);
                      }});
}

}  // namespace

std::vector<http::Route> routes(const Context& context) {
    const std::string all = "/api/v1/form-fields";
    std::vector<http::Route> routes;
    routes.push_back({Method::get, all, Right::named("customer.read"), [&context](const Request& request) {
                          json::Array items;
                          for (const auto& field : list(context, api::actor_of(request)))
                              items.push_back(to_json(field, is_answered(context, field)));
                          return http::ok(
                              json::Object{{"items", std::move(items)}, {"next_cursor", nullptr}});
                      }});
    routes.push_back({Method::post, all, Right::named(kEdit),
                      [&context](const Request& request) {
                          const auto written =
                              create(context, api::actor_of(request), new_field_of(http::json_body(request)));
                          auto response = shown(http::created, context, written);
                          response.headers.set(
                              "Location", "/api/v1/form-fields/" + std::to_string(written.field.id.value));
                          return response;
                      },
                      http::BodyRule::json()});
    routes.push_back({Method::put, all + "/order", Right::named(kEdit),
                      [&context](const Request& request) {
                          const auto body = http::json_body(request);
                          json::ObjectReader reader(body);
                          std::vector<FieldId> ids;
                          for (const auto id : reader.ids("ids")) ids.push_back({id});
                          reader.finish(kInvalid);
                          return api::with_operation(http::no_content(),
                                                     reorder(context, api::actor_of(request), ids));
                      },
                      http::BodyRule::json()});
    add_one(context, routes);
    return routes;
}

}  // namespace otokui::form
