#include "staff/security.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "core/settings.hpp"
#include "staff/field_errors.hpp"
#include "staff/networks.hpp"
#include "staff/rights.hpp"
#include "staff/store.hpp"

namespace otokui::staff {
namespace {

constexpr std::string_view kName = "security";
constexpr std::size_t kMaxNetworks = 200, kMaxRoles = 500;
constexpr std::int64_t kShortestIdle = 5;  // minutes: less would end a session while somebody reads
const SessionTimes kLongest;

std::int64_t integer_of(const json::Object& object, std::string_view key, std::int64_t otherwise) {
    const auto* value = object.if_contains(key);
    return value && value->is_int64() ? value->as_int64() : otherwise;
}

std::vector<std::string> texts_of(const json::Object& object, std::string_view key) {
    std::vector<std::string> texts;
    if (const auto* value = object.if_contains(key))
        for (const auto& text : value->as_array()) texts.emplace_back(text.as_string());
    return texts;
}

json::Array array_of(const std::vector<std::string>& texts) {
    json::Array array;
    for (const auto& text : texts) array.emplace_back(text);
    return array;
}

json::Object content_of(const Security& security) {
    const auto times = security.times.value_or(kLongest);
    return {{"allowed_networks", array_of(security.allowed_networks)},
            {"totp_roles", array_of(security.totp_roles)},
            {"totp_to_administer", security.totp_to_administer.value_or(false)},
            {"idle_minutes", std::int64_t{times.idle.count()}},
            {"session_hours", std::int64_t{times.whole.count()}}};
}

bool is_role(storage::Transaction& tx, const std::string& role) {
    return find_role(role) || store::find_role(tx, role);
}

void require_known_roles(storage::Transaction& tx, const Security& security) {
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < security.totp_roles.size(); ++i)
        if (!is_role(tx, security.totp_roles[i]))
            errors.push_back({"/totp_roles/" + std::to_string(i), "not_a_choice"});
    if (!errors.empty())
        throw Refused({ProblemKind::invalid,
                       "settings.invalid",
                       {"印のついた項目を確認してください。", "Check the marked fields."},
                       std::move(errors)});
}

// The shell has no address: it cannot lock itself out.
void require_not_locked_out(const Security& security, const core::Actor& actor) {
    if (actor.ip.empty() || is_allowed(security, actor.ip)) return;
    throw Refused({ProblemKind::conflict,
                   "settings.locks_out",
                   {"この設定では、いまの接続元（" + actor.ip +
                        "）からログインできなくなります。一覧に加えてください。",
                    "You could no longer sign in from where you are (" + actor.ip + "). Add this address."},
                   {{"/allowed_networks", "locks_out"}}});
}

}  // namespace

Security read_security(storage::Transaction& tx) {
    const auto row = core::settings::find(tx, kName);
    if (!row) return {.totp_to_administer = false, .times = kLongest};
    const auto* administer = row->content.if_contains("totp_to_administer");
    const std::chrono::minutes idle(integer_of(row->content, "idle_minutes", kLongest.idle.count()));
    const std::chrono::hours whole(integer_of(row->content, "session_hours", kLongest.whole.count()));
    Security security{.allowed_networks = texts_of(row->content, "allowed_networks"),
                      .totp_roles = texts_of(row->content, "totp_roles"),
                      .totp_to_administer = administer && administer->as_bool(),
                      .times = SessionTimes{idle, whole},
                      // 1 is what nobody has saved yet: the first to save must be noticed by the second.
                      .version = row->version + 1};
    // A role may have been deleted since.
    std::erase_if(security.totp_roles, [&](const std::string& role) { return !is_role(tx, role); });
    return security;
}

json::Object to_json(const Security& security) {
    auto object = content_of(security);
    object["version"] = security.version;
    return object;
}

Security security_of(const json::Value& body) {
    json::ObjectReader reader(body);
    Security security{.allowed_networks = reader.texts("allowed_networks"),
                      .totp_roles = reader.texts("totp_roles")};
    security.totp_to_administer = reader.find_boolean("totp_to_administer");
    const auto idle = reader.find_integer("idle_minutes");
    const auto whole = reader.find_integer("session_hours");
    if (idle && (*idle < kShortestIdle || *idle > kLongest.idle.count()))
        reader.add_error("idle_minutes", "out_of_range");
    if (whole && (*whole < 1 || *whole > kLongest.whole.count()))
        reader.add_error("session_hours", "out_of_range");
    if (idle && whole) security.times = SessionTimes{std::chrono::minutes(*idle), std::chrono::hours(*whole)};
    if (idle.has_value() != whole.has_value())
        reader.add_error(idle ? "session_hours" : "idle_minutes", "required");
    reader.find("version");  // what a GET showed may come back as it was
    if (security.allowed_networks.size() > kMaxNetworks) reader.add_error("allowed_networks", "too_many");
    if (security.totp_roles.size() > kMaxRoles) reader.add_error("totp_roles", "too_many");
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < security.allowed_networks.size(); ++i) {
        auto& network = security.allowed_networks[i];
        network = text::trimmed(network);
        if (!parse_network(network))
            errors.push_back({"/allowed_networks/" + std::to_string(i),
                              "not_a_network",
                              {"192.0.2.0/24 や 2001:db8::/32 の形で入力してください。",
                               "Write it like 192.0.2.0/24 or 2001:db8::/32."}});
    }
    add_rule_errors(reader, std::move(errors));
    reader.finish("settings.invalid");
    return security;
}

bool is_allowed(const Security& security, std::string_view ip) {
    if (security.allowed_networks.empty()) return true;
    return std::ranges::any_of(security.allowed_networks, [&](const std::string& text) {
        const auto network = parse_network(text);
        return network && contains(*network, ip);
    });
}

void require_allowed(const Security& security, std::string_view ip) {
    if (!is_allowed(security, ip)) refuse_address();
}

void refuse_address() {
    throw Refused({ProblemKind::forbidden,
                   "session.ip_refused",
                   {"この接続元からはログインできません。管理者に確認してください。",
                    "You cannot sign in from this address. Ask an administrator."}});
}

void require_totp_to_administer(const Security& security, const Account& account) {
    if (account.has_totp || !security.totp_to_administer.value_or(false)) return;
    throw Refused({ProblemKind::forbidden,
                   "session.totp_missing",
                   {"この操作には二段階認証が必要です。「設定」の「セキュリティ」で設定してください。",
                    "This takes two-step sign-in. Set it up under Settings, Security."}});
}

bool requires_totp(const Security& security, const Account& account) {
    return std::ranges::find(security.totp_roles, account.role) != security.totp_roles.end();
}

ChangedSecurity change_security(core::Journal& journal, const core::Actor& actor,
                                std::optional<std::int64_t> version, const Security& security) {
    actor.require("settings.edit");
    return journal.write({.actor = actor, .kind = "settings.security"}, [&](core::Writer& writer) {
        core::settings::lock(writer, kName);
        const auto before = read_security(writer.tx());
        core::settings::require_version(version, before.version, to_json(before), content_of(security));
        require_known_roles(writer.tx(), security);
        require_not_locked_out(security, actor);
        auto after = security;
        if (!after.times) after.times = before.times;
        if (!after.totp_to_administer) after.totp_to_administer = before.totp_to_administer;
        core::settings::put(writer, kName, content_of(after));
        return ChangedSecurity{read_security(writer.tx()), writer.operation()};
    });
}

void allow_everywhere(core::Journal& journal, const core::Actor& actor) {
    actor.require("settings.edit");
    journal.write({.actor = actor, .kind = "settings.security"}, [&](core::Writer& writer) {
        core::settings::lock(writer, kName);
        auto security = read_security(writer.tx());
        security.allowed_networks.clear();
        core::settings::put(writer, kName, content_of(security));
    });
}

}  // namespace otokui::staff
