#include "staff/account_json.hpp"

#include "base/text_json.hpp"
#include "staff/rules.hpp"

namespace otokui::staff {
namespace {

json::Value moment_or_null(std::optional<Moment> moment) {
    if (!moment) return nullptr;
    return boost::json::string(format_moment(*moment));
}

json::Value text_or_null(const std::string& text) {
    if (text.empty()) return nullptr;
    return boost::json::string(text);
}

json::Value language_or_null(std::optional<Language> language) {
    if (!language) return nullptr;
    return boost::json::string(name_of(*language));
}

json::Value integer_or_null(std::optional<std::int64_t> number) {
    if (!number) return nullptr;
    return *number;
}

json::Array names_of(const core::Rights& rights) {
    json::Array names;
    for (const auto& right : rights) names.emplace_back(right);
    return names;
}

}  // namespace

json::Object to_json(const RoleDraft& role) {
    return {{"name", role.name},
            {"rights", names_of(role.rights)},
            {"points_ceiling", integer_or_null(role.points_ceiling)}};
}

json::Object to_json(const RoleEntry& role) {
    return {{"id", role.id},
            {"name", json::labels(role.label)},
            {"rights", names_of(*role.grant.rights)},
            {"points_ceiling", integer_or_null(role.grant.points_ceiling)},
            {"built_in", role.is_built_in},
            {"members", role.members},
            {"version", role.version}};
}

json::Object to_json(const Account& account) {
    return {{"id", std::to_string(account.id.value)},
            {"login", account.login},
            {"name", account.name},
            {"kana", text_or_null(account.kana)},
            {"email", text_or_null(account.email)},
            {"mail_language", language_or_null(account.mail_language)},
            {"role", account.role},
            {"role_name", json::labels(account.role_label)},
            {"disabled", account.is_disabled},
            {"has_password", account.has_password},
            {"totp", account.has_totp},
            {"created_at", format_moment(account.created_at)},
            {"last_login_at", moment_or_null(account.last_login_at)},
            {"version", account.version}};
}

std::string read_mail_language(json::ObjectReader& reader) {
    const auto given = reader.find_text("mail_language");
    if (given && given->empty()) reader.add_error("mail_language", "not_a_choice");
    return given.value_or("");
}

json::Object to_json(const Session& session, bool is_current) {
    return {{"id", std::to_string(session.id.value)},
            {"current", is_current},
            {"created_at", format_moment(session.created_at)},
            {"last_used_at", format_moment(session.last_used_at)},
            {"idle_ends_at", format_moment(idle_ends_at(session))},
            {"ends_at", format_moment(ends_at(session))},
            {"fresh_until", format_moment(session.fresh_at + kFreshTime)},
            {"ip", session.ip},
            {"user_agent", session.user_agent}};
}

json::Object to_json(const ApiToken& token) {
    json::Value scopes = nullptr;
    if (token.scopes) {
        json::Array names;
        for (const auto& scope : *token.scopes) names.emplace_back(scope);
        scopes = std::move(names);
    }
    return {{"id", std::to_string(token.id.value)},
            {"name", token.name},
            {"staff", std::to_string(token.staff.value)},
            {"staff_name", token.staff_name},
            {"scopes", std::move(scopes)},
            {"created_at", format_moment(token.created_at)},
            {"expires_at", moment_or_null(token.expires_at)},
            {"last_used_at", moment_or_null(token.last_used_at)}};
}

}  // namespace otokui::staff
