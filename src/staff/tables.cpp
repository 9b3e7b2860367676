#include "staff/tables.hpp"

#include "base/problem.hpp"
#include "core/columns.hpp"
#include "core/journal.hpp"
#include "staff/member_groups.hpp"
#include "staff/rights.hpp"
#include "staff/roles.hpp"
#include "staff/rules.hpp"
#include "staff/shop.hpp"
#include "staff/store.hpp"

namespace otokui::staff {
namespace {

using core::Column;
using core::ColumnType;
using core::Keep;
using core::Privacy;
using core::Source;
using core::Table;
using core::columns::bytes;
using core::columns::number;
using core::columns::optional_bytes;
using core::columns::optional_number;
using core::columns::optional_text;
using core::columns::text;

struct Side {
    bool is_owner = false, is_active_owner = false;
    std::string role;
    bool is_disabled = false;
};

Side side_of(const Table& table, const core::Record* record) {
    Side side;
    if (record == nullptr) return side;
    side.role = std::get<std::string>(record->values[table.column("role")]);
    side.is_disabled = std::get<std::int64_t>(record->values[table.column("disabled")]) != 0;
    side.is_owner = side.role == name_of(Role::owner);
    side.is_active_owner = side.is_owner && !side.is_disabled;
    return side;
}

// A role of the shop's own is locked, so that it is not deleted while somebody gets it.
void require_role(core::Writer& writer, const std::string& role) {
    if (find_role(role)) return;
    const auto own = store::find_role(writer.tx(), role);
    if (own && writer.find(writer.registry().get("staff_role"), own->id.value)) return;
    throw Refused({ProblemKind::invalid,
                   "staff.invalid",
                   {"印のついた項目を確認してください。", "Check the marked fields."},
                   {{"/role", "not_a_choice"}}});
}

void require_may_change(core::Writer& writer, const Side& side) {
    if (side.role.empty()) return;
    if (side.is_owner) require_owner(writer.actor());
    require_covers(writer.actor(), store::grant_of(writer.tx(), side.role));
}

void hold_rules(core::Writer& writer, const core::RowChange& change) {
    const Table& table = writer.registry().get("staff");
    const Side before = side_of(table, change.before);
    const Side after = side_of(table, change.after);
    const bool is_new_role = change.after && (!change.before || before.role != after.role);
    if (is_new_role) require_role(writer, after.role);
    if (writer.actor().staff.value != change.id || is_new_role) {
        require_may_change(writer, before);
        require_may_change(writer, after);
    }
    if (before.is_active_owner && !after.is_active_owner && store::lock_active_owners(writer.tx()) == 0)
        throw Refused({ProblemKind::conflict,
                       "staff.last_owner",
                       {"最後のオーナーのため、変更できません。先に別のオーナーを登録してください。",
                        "This is the last owner. Make somebody else an owner first."}});
    if (change.before && (before.role != after.role || before.is_disabled != after.is_disabled)) {
        store::delete_sessions(writer, {change.id}, {});
        if (after.is_disabled) store::delete_links(writer, {change.id});
    }
}

RoleDraft draft_of(const Table& table, const core::Record& record) {
    const auto& ceiling = record.values[table.column("points_ceiling")];
    RoleDraft draft{
        .name = std::get<std::string>(record.values[table.column("name")]),
        .rights = store::split_names(std::get<std::string>(record.values[table.column("rights")]))};
    if (!storage::is_null(ceiling)) draft.points_ceiling = std::get<std::int64_t>(ceiling);
    return draft;
}

void hold_role_rules(core::Writer& writer, const core::RowChange& change) {
    const Table& table = writer.registry().get("staff_role");
    std::optional<RoleDraft> before, after;
    if (change.before) before = draft_of(table, *change.before);
    if (change.after) after = draft_of(table, *change.after);
    for (const auto* side : {&before, &after})
        if (*side) require_covers(writer.actor(), grant_of(**side));
    if (!after) require_unused(writer.tx(), {change.id});
    if (before && after &&
        (before->rights != after->rights || before->points_ceiling != after->points_ceiling))
        store::delete_sessions_in_role(writer, {change.id});
}

Table secret_table(std::string name, Text label, std::vector<Column> columns) {
    return {.name = std::move(name),
            .label = std::move(label),
            .columns = std::move(columns),
            .keep = Keep::no_journal,
            .why_not_journaled = "secrets and what ends with them; what was done stands in staff_event"};
}

void register_kinds(core::Registry& registry) {
    const auto add = [&](std::string name, Text label, std::string right, bool undoable) {
        registry.add_kind({std::move(name), std::move(label), std::move(right), undoable});
    };
    add("shop.set_up", {"ショップの開設", "Shop set up"}, "settings.edit", false);
    add("staff.create", {"メンバーの登録", "Member of staff added"}, "staff.edit", false);
    add("staff.update", {"メンバーの変更", "Member of staff changed"}, "staff.edit", true);
    add("staff.delete", {"メンバーの削除", "Member of staff deleted"}, "staff.edit", false);
    add("staff.factor", {"二段階認証の変更", "Two-step sign-in changed"}, "staff.edit", false);
    add("role.create", {"ロールの作成", "Role made"}, "staff.edit", true);
    add("role.update", {"ロールの変更", "Role changed"}, "staff.edit", true);
    add("role.delete", {"ロールの削除", "Role deleted"}, "staff.edit", true);
    add("session.confirm", {"本人確認", "Factor shown again"}, "staff.edit", false);
    add("staff.link", {"パスワード設定リンクの発行", "Link to set a password made"}, "staff.edit", false);
    add("staff.password", {"パスワードの変更", "Password changed"}, "staff.edit", false);
    add("session.sign_in", {"ログイン", "Signed in"}, "staff.edit", false);
    add("session.refused", {"ログインの失敗", "Sign-in refused"}, "staff.edit", false);
    add("session.end", {"セッションの終了", "Session ended"}, "staff.edit", false);
    add("token.create", {"APIトークンの発行", "API token made"}, "token.edit", false);
    add("token.revoke", {"APIトークンの失効", "API token revoked"}, "token.edit", false);
}

}  // namespace

void register_tables(core::Registry& registry, std::function<void(core::Writer&)> mail_rule_changed) {
    registry.add({.name = "staff",
                  .label = {"メンバー", "Staff"},
                  .columns = {text("login", Privacy::personal),
                              text("name", Privacy::personal),
                              text("kana", Privacy::personal),
                              text("email", Privacy::contact),
                              text("mail_language"),
                              text("role"),
                              number("disabled"),
                              optional_number("password_set_at"),
                              optional_number("totp_set_at"),
                              optional_number("deleted_at"),
                              number("created_at"),
                              number("updated_at"),
                              {.name = "last_login_at",
                               .type = ColumnType::integer,
                               .source = Source::derived,
                               .nullable = true},
                              number("version")},
                  .version_column = "version",
                  .updated_column = "updated_at"},
                 {.after = [](core::Writer& writer, const std::vector<core::RowChange>& changes) {
                     for (const auto& change : changes) hold_rules(writer, change);
                 }});
    registry.add({.name = "staff_role",
                  .label = {"ロール", "Role"},
                  .columns = {text("name"), text("rights"), optional_number("points_ceiling"),
                              number("created_at"), number("updated_at"), number("version")},
                  .version_column = "version",
                  .updated_column = "updated_at"},
                 {.after = [](core::Writer& writer, const std::vector<core::RowChange>& changes) {
                     for (const auto& change : changes) hold_role_rules(writer, change);
                 }});
    registry.add(secret_table("staff_totp", {"二段階認証", "Two-step sign-in"},
                              {optional_bytes("seed", Privacy::secret),
                               optional_bytes("pending_seed", Privacy::secret), number("last_step")}));
    registry.add(secret_table("staff_recovery_code", {"リカバリーコード", "Recovery code"},
                              {number("staff_id"), bytes("code_digest", Privacy::secret)}));
    registry.add(secret_table("staff_place", {"ログイン元", "Place of sign-in"},
                              {number("staff_id"), text("ip", Privacy::personal), number("last_at")}));
    registry.add(secret_table("staff_password", {"パスワード", "Password"}, {text("hash", Privacy::secret)}));
    registry.add(secret_table("staff_session", {"セッション", "Session"},
                              {bytes("secret_digest", Privacy::secret), number("staff_id"),
                               number("created_at"), number("last_used_at"), number("fresh_at"),
                               text("ip", Privacy::personal), text("user_agent", Privacy::personal)}));
    registry.add(secret_table(
        "staff_link", {"ワンタイムリンク", "One-time link"},
        {bytes("secret_digest", Privacy::secret), optional_number("staff_id"), number("expires_at")}));
    registry.add(
        secret_table("staff_failure", {"ログインの失敗", "Failed sign-in"},
                     {bytes("account", Privacy::secret), text("ip", Privacy::personal), number("at")}));
    registry.add({.name = "staff_preference",
                  .label = {"画面の設定", "Preferences"},
                  .columns = {text("content")},
                  .keep = Keep::no_journal,
                  .why_not_journaled = "how a person likes the screens: widths change with every drag"});
    registry.add(
        {.name = "staff_event",
         .label = {"メンバーの記録", "Staff event"},
         .columns = {optional_number("staff_id"), text("event"), text("user_agent", Privacy::personal)}});
    registry.add({.name = "api_token",
                  .label = {"APIトークン", "API token"},
                  .columns = {number("staff_id"),
                              text("name"),
                              optional_text("scopes"),
                              number("created_at"),
                              optional_number("expires_at"),
                              {.name = "last_used_at",
                               .type = ColumnType::integer,
                               .source = Source::derived,
                               .nullable = true}}});
    registry.add(secret_table("api_token_secret", {"APIトークンの鍵", "Secret of an API token"},
                              {bytes("secret_digest", Privacy::secret)}));
    register_member_group_tables(registry);
    register_shop_tables(registry, std::move(mail_rule_changed));
    register_kinds(registry);
}

}  // namespace otokui::staff
