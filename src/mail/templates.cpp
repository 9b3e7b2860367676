#include <algorithm>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text_json.hpp"
#include "mail/outbox.hpp"
#include "mail/service.hpp"

// The system's templates as people edit them.
namespace otokui::mail {
namespace {

const ShippedTemplate& require_shipped(std::int64_t id) {
    if (const auto* shipped = find_shipped(id)) return *shipped;
    throw Refused({ProblemKind::not_found,
                   "template.not_found",
                   {"テンプレートが見つかりません。", "No such template."}});
}

std::string_view name_of(VariableKind kind) {
    switch (kind) {
        case VariableKind::text:
            return "text";
        case VariableKind::contact:
            return "contact";
        case VariableKind::secret:
            return "secret";
        case VariableKind::list:
            return "list";
    }
    return "";
}

json::Array to_json(const std::vector<Variable>& variables) {
    json::Array array;
    for (const auto& variable : variables) {
        json::Object object{{"name", variable.name},
                            {"label", json::labels(variable.label)},
                            {"kind", std::string(name_of(variable.kind))}};
        if (variable.kind == VariableKind::list) object["columns"] = to_json(variable.columns);
        array.push_back(std::move(object));
    }
    return array;
}

json::Value html_of(const Contents& contents) {
    return contents.body_html ? json::Value(boost::json::string(*contents.body_html)) : json::Value();
}

json::Object to_json(const Contents& contents) {
    return {
        {"subject", contents.subject}, {"body_text", contents.body_text}, {"body_html", html_of(contents)}};
}

json::Object to_json(const ShippedTemplate& shipped, const CurrentTemplate& current) {
    auto json = to_json(current.contents);
    json["id"] = std::to_string(shipped.id);
    json["name"] = shipped.name;
    json["language"] = shipped.language == Language::ja ? "ja" : "en";
    json["label"] = json::labels(shipped.label);
    json["variables"] = to_json(shipped.variables);
    json["edited"] = current.edited;
    json["shipped"] = to_json(shipped.contents);
    json["updated_at"] = current.stored ? json::Value(format_moment({current.updated_at})) : json::Value();
    json["version"] = current.version;
    return json;
}

/// What a body makes of a template: absent members stay, null is as shipped.
Contents changed_by(const json::Value& body, const ShippedTemplate& shipped, const Contents& current) {
    json::ObjectReader reader(body);
    auto contents = current;
    const auto take = [&](std::string_view key, std::string& text, const std::string& otherwise) {
        if (reader.has(key)) text = reader.is_null(key) ? otherwise : reader.find_text(key).value_or("");
    };
    take("subject", contents.subject, shipped.contents.subject);
    take("body_text", contents.body_text, shipped.contents.body_text);
    if (reader.has("body_html")) contents.body_html = reader.find_text("body_html");
    contents.subject = text::trimmed(contents.subject);
    const auto errors = reader.errors();
    const auto check = [&](std::string_view text, Place place, std::string_view key) {
        const auto pointer = reader.pointer_to(key);
        const auto known =
            std::ranges::any_of(errors, [&](const auto& error) { return error.pointer == pointer; });
        if (!known) reader.add_errors(check_template(text, place, shipped.variables, pointer));
    };
    check(contents.subject, Place::subject, "subject");
    check(contents.body_text, Place::body_text, "body_text");
    if (contents.body_html) check(*contents.body_html, Place::body_html, "body_html");
    reader.finish("template.invalid");
    return contents;
}

[[noreturn]] void refuse_stale(const ShippedTemplate& shipped, const CurrentTemplate& current,
                               const Contents& sent) {
    Problem problem{ProblemKind::stale,
                    "template.stale",
                    {"ほかの人が先に変更しました。最新の内容を確認してください。",
                     "Somebody else changed this first. Look at what it is now."}};
    problem.extra["current"] = to_json(shipped, current);
    problem.extra["sent"] = to_json(sent);
    throw Refused(std::move(problem));
}

void store(core::Writer& writer, const ShippedTemplate& shipped, const CurrentTemplate& current,
           const Contents& contents) {
    const auto& table = writer.registry().get("mail_template");
    const auto unless_shipped = [](const std::string& text, const std::string& as_shipped) {
        return storage::Value(text == as_shipped ? std::string() : text);
    };
    const auto html = contents.body_html ? storage::Value(*contents.body_html) : storage::Value();
    core::Assignments values{{"subject", unless_shipped(contents.subject, shipped.contents.subject)},
                             {"body_text", unless_shipped(contents.body_text, shipped.contents.body_text)},
                             {"body_html", html}};
    if (current.stored) {
        writer.update(table, shipped.id, values);
        return;
    }
    if (contents == shipped.contents) return;
    values.emplace_back("id", shipped.id);
    values.emplace_back("version", std::int64_t{2});  // 1 is the shipped one
    writer.insert(table, values);
}

}  // namespace

json::Array list_templates(const Context& context, const core::Actor& actor) {
    actor.require("settings.read");
    return context.journal.database().read([&](storage::Transaction& tx) {
        json::Array all;
        for (const auto& shipped : shipped_templates())
            all.push_back(to_json(shipped, current_template(tx, shipped)));
        return all;
    });
}

json::Object get_template(const Context& context, const core::Actor& actor, std::int64_t id) {
    actor.require("settings.read");
    const auto& shipped = require_shipped(id);
    return context.journal.database().read(
        [&](storage::Transaction& tx) { return to_json(shipped, current_template(tx, shipped)); });
}

ChangedTemplate patch_template(const Context& context, const core::Actor& actor, std::int64_t id,
                               std::optional<std::int64_t> version, const json::Value& body) {
    actor.require("settings.edit");
    const auto& shipped = require_shipped(id);
    return context.journal.write({.actor = actor, .kind = "mail_template.update"}, [&](core::Writer& writer) {
        writer.find(writer.registry().get("mail_template"), id);  // locks it before it is compared
        const auto current = current_template(writer.tx(), shipped);
        const auto contents = changed_by(body, shipped, current.contents);
        if (version && *version != current.version) refuse_stale(shipped, current, contents);
        store(writer, shipped, current, contents);
        return ChangedTemplate{to_json(shipped, current_template(writer.tx(), shipped)), writer.operation()};
    });
}

json::Object preview_template(const Context& context, const core::Actor& actor, std::int64_t id,
                              const json::Value& body) {
    actor.require("settings.read");
    const auto& shipped = require_shipped(id);
    auto samples = samples_of(shipped.variables);
    const auto current = context.journal.database().read([&](storage::Transaction& tx) {
        const auto shop = context.shop(tx).name;
        if (!shop.empty()) samples.texts["shop_name"] = shop;
        return current_template(tx, shipped).contents;
    });
    auto shown = render(changed_by(body, shipped, current), shipped.variables, samples);
    shown.body_text = with_secrets(std::move(shown.body_text), samples, Place::body_text);
    if (shown.body_html)
        shown.body_html = with_secrets(std::move(*shown.body_html), samples, Place::body_html);
    return to_json(shown);
}

}  // namespace otokui::mail
