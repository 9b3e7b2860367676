#include "staff/shop.hpp"

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>

#include "base/problem.hpp"
#include "core/settings.hpp"
#include "staff/field_errors.hpp"
#include "staff/rules.hpp"

namespace otokui::staff {
namespace {

using core::Column;
using core::ColumnType;

const std::string kName = "general";
constexpr std::array<std::string_view, 3> kMailRules{"login", "status", "off"};
constexpr std::int64_t kLeastDays = 365, kMostDays = 3'650;  // of the log of readings
constexpr std::size_t kMaxEmailLength = 254;
constexpr std::size_t kMaxUrlLength = 300;

std::string text_of(const json::Object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : "";
}

json::Object content_of(const Shop& shop) {
    json::Object content{{"shop_name", shop.name}, {"public_url", nullptr}, {"sender", nullptr}};
    if (!shop.public_url.empty()) content["public_url"] = shop.public_url;
    if (shop.sender)
        content["sender"] = json::Object{{"name", shop.sender->name}, {"email", shop.sender->email}};
    content["language"] = std::string(name_of(shop.language.value_or(Language::ja)));
    content["mail_unique"] = shop.mail_unique;
    content["access_log_days"] = std::max(shop.access_log_days, kLeastDays);
    return content;
}

// One @ with something on both sides and nothing that could break out of a mail header.
bool is_email(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() <= kMaxEmailLength &&
           text.find('@', at + 1) == std::string_view::npos && std::ranges::all_of(text, [](char c) {
               return c > 0x20 && c < 0x7f && c != '<' && c != '>' && c != ',';
           });
}

// The origin alone: links, cookies and the allowed Origin are made from it.
bool is_public_url(std::string_view text) {
    if (text.size() > kMaxUrlLength) return false;
    const auto url = boost::urls::parse_absolute_uri(text);
    return url && (url->scheme() == "https" || url->scheme() == "http") && !url->host().empty() &&
           !url->has_userinfo() && !url->has_query() && (url->path().empty() || url->path() == "/");
}

std::string mail_rule_in(const json::Object& content) {
    auto rule = text_of(content, "mail_unique");
    return rule.empty() ? Shop{}.mail_unique : rule;
}

// Whoever changes the rule of mail addresses, an undo included, makes the customers' keys anew or is refused.
core::Hooks hooks_of(std::function<void(core::Writer&)> mail_rule_changed) {
    return {.after = [mail_rule_changed = std::move(mail_rule_changed)](
                         core::Writer& writer, const std::vector<core::RowChange>& changes) {
        const auto& table = writer.registry().get("setting");
        for (const auto& change : changes) {
            if (!mail_rule_changed || core::settings::name_of(table, change) != kName) continue;
            if (mail_rule_in(core::settings::content_of(table, change.before)) !=
                mail_rule_in(core::settings::content_of(table, change.after)))
                mail_rule_changed(writer);
        }
        core::settings::tell_documents(writer, changes);
    }};
}

}  // namespace

void register_shop_tables(core::Registry& registry, std::function<void(core::Writer&)> mail_rule_changed) {
    registry.add(
        {.name = "setting",
         .label = {"設定", "Settings"},
         .columns = {{.name = "name"}, {.name = "content"}, {.name = "version", .type = ColumnType::integer}},
         .version_column = "version"},
        hooks_of(std::move(mail_rule_changed)));
    registry.add_kind({"settings.update", {"設定の変更", "Settings changed"}, "settings.edit"});
    registry.add_kind(
        {"settings.general", {"全般の設定の変更", "General settings changed"}, "settings.edit"});
    // Who may come in from where is changed by whoever looks at it: an undo could lock everybody out.
    registry.add_kind({"settings.security",
                       {"セキュリティ設定の変更", "Security settings changed"},
                       "settings.edit",
                       /*undoable=*/false});
}

Shop read_shop(storage::Transaction& tx) {
    const auto row = core::settings::find(tx, kName);
    if (!row) return {};
    const auto& content = row->content;
    Shop shop{.name = text_of(content, "shop_name"),
              .public_url = text_of(content, "public_url"),
              .sender = {},
              .language = find_language(text_of(content, "language")).value_or(Language::ja),
              .mail_unique = text_of(content, "mail_unique"),
              .access_log_days = kLeastDays,
              // 1 is what nobody has saved yet: the first to save must be noticed by the second.
              .version = row->version + 1};
    if (const auto* days = content.if_contains("access_log_days")) shop.access_log_days = days->as_int64();
    if (const auto* sender = content.at("sender").if_object())
        shop.sender = Sender{text_of(*sender, "name"), text_of(*sender, "email")};
    return shop;
}

json::Object to_json(const Shop& shop) {
    auto object = content_of(shop);
    object["version"] = std::max<std::int64_t>(shop.version, 1);
    return object;
}

std::optional<Sender> find_sender(json::ObjectReader& reader) {
    const auto* object = reader.find_object("sender");
    if (object == nullptr) return std::nullopt;
    const json::Value value = *object;
    json::ObjectReader part(value, reader.pointer_to("sender"));
    Sender sender{part.text("name"), part.text("email")};
    add_rule_errors(part, check_name(sender.name, part.pointer_to("name")));
    if (!is_email(sender.email)) add_rule_errors(part, {{part.pointer_to("email"), "not_an_email"}});
    reader.add_errors(part.errors());
    return sender;
}

Shop shop_of(const json::Value& body) {
    json::ObjectReader reader(body);
    Shop shop;
    shop.name = reader.text("shop_name");
    shop.public_url = reader.find_text("public_url").value_or("");
    shop.sender = find_sender(reader);
    const auto language = reader.find_text("language");
    if (language) shop.language = find_language(*language);
    shop.mail_unique = reader.text("mail_unique");
    shop.access_log_days = reader.find_integer("access_log_days").value_or(0);
    // What a GET showed may come back as it was.
    reader.find("version");
    std::vector<FieldError> errors = check_name(shop.name, "/shop_name");
    if (!shop.public_url.empty() && !is_public_url(shop.public_url))
        errors.push_back({"/public_url", "not_a_url"});
    if (reader.has("access_log_days") && !reader.is_null("access_log_days") &&
        (shop.access_log_days < kLeastDays || shop.access_log_days > kMostDays))
        errors.push_back({"/access_log_days", "out_of_range"});
    if (language && !shop.language) errors.push_back({"/language", "not_a_choice"});
    if (std::ranges::find(kMailRules, shop.mail_unique) == kMailRules.end())
        errors.push_back({"/mail_unique", "not_a_choice"});
    add_rule_errors(reader, std::move(errors));
    reader.finish("settings.invalid");
    return shop;
}

void put_shop(core::Writer& writer, const Shop& shop) {
    core::settings::put(writer, kName, content_of(shop));
}

ChangedShop change_shop(core::Journal& journal, const core::Actor& actor, std::optional<std::int64_t> version,
                        const Shop& shop) {
    actor.require("settings.edit");
    return journal.write({.actor = actor, .kind = "settings.general"}, [&](core::Writer& writer) {
        core::settings::lock(writer, kName);
        const Shop before = read_shop(writer.tx());
        core::settings::require_version(version, std::max<std::int64_t>(before.version, 1), to_json(before),
                                        content_of(shop));
        auto after = shop;
        if (after.access_log_days == 0) after.access_log_days = before.access_log_days;
        if (!after.language) after.language = before.language;
        put_shop(writer, after);
        return ChangedShop{read_shop(writer.tx()), writer.operation()};
    });
}

}  // namespace otokui::staff
