#include "staff/roles.hpp"

#include <algorithm>

#include "staff/account_json.hpp"
#include "staff/rules.hpp"
#include "staff/store.hpp"

namespace otokui::staff {
namespace {

constexpr std::size_t kMaxRoleName = 50;
constexpr int kNamesShown = 20;

[[noreturn]] void refuse_built_in() {
    throw Refused({ProblemKind::conflict,
                   "role.built_in",
                   {"標準のロールは変更できません。新しいロールを作成してください。",
                    "A role as shipped stays as it is. Make a role of your own."}});
}

RoleEntry entry_of(const OwnRole& role, std::int64_t members) {
    return {.id = std::to_string(role.id.value),
            .label = {role.draft.name, role.draft.name},
            .grant = grant_of(role.draft),
            .is_built_in = false,
            .members = members,
            .version = role.version};
}

RoleEntry entry_of(Role role, std::int64_t members) {
    return {.id = std::string(name_of(role)),
            .label = label_of(role),
            .grant = grant_of(role),
            .is_built_in = true,
            .members = members,
            .version = 1};
}

std::int64_t members_in(const std::map<std::string, std::int64_t, std::less<>>& counts,
                        std::string_view role) {
    const auto found = counts.find(role);
    return found == counts.end() ? 0 : found->second;
}

RoleEntry read_entry(storage::Transaction& tx, const std::string& id) {
    const auto members = members_in(store::count_by_role(tx), id);
    if (const auto shipped = find_role(id)) return entry_of(*shipped, members);
    if (const auto own = store::find_role(tx, id)) return entry_of(*own, members);
    refuse_unknown_role();
}

// The row locked against a second change and against somebody getting the role meanwhile.
OwnRole lock_role(core::Writer& writer, const std::string& id, std::optional<std::int64_t> version,
                  const RoleDraft* wanted) {
    if (find_role(id)) refuse_built_in();
    const auto seen = store::find_role(writer.tx(), id);
    if (!seen || !writer.find(writer.registry().get("staff_role"), seen->id.value)) refuse_unknown_role();
    const auto role = store::find_role(writer.tx(), id);
    if (!role) refuse_unknown_role();
    if (!version || *version == role->version) return *role;
    Problem problem{ProblemKind::stale,
                    "role.stale",
                    {"ほかの人が先に変更しました。最新の内容を確認してください。",
                     "Somebody else changed this first. Look at what it is now."}};
    problem.extra["current"] = to_json(read_entry(writer.tx(), id));
    if (wanted) problem.extra["sent"] = to_json(*wanted);
    throw Refused(std::move(problem));
}

void require_free_name(const RoleDraft& input) {
    for (const Role role : {Role::viewer, Role::operator_, Role::admin, Role::owner})
        if (input.name == name_of(role) || input.name == label_of(role).ja || input.name == label_of(role).en)
            throw Refused({ProblemKind::conflict,
                           "role.name_taken",
                           {"この名前のロールはすでにあります。", "There is a role of this name."},
                           {{"/name", "taken"}}});
}

template <class Work>
auto with_name_clash(const RoleDraft& input, Work work) {
    if (auto errors = check(input); !errors.empty())
        throw Refused({ProblemKind::invalid,
                       "role.invalid",
                       {"印のついた項目を確認してください。", "Check the marked fields."},
                       std::move(errors)});
    require_free_name(input);
    try {
        return work();
    } catch (const storage::UniqueViolation& clash) {
        if (!clash.on("staff_role", "name")) throw;
        throw Refused({ProblemKind::conflict,
                       "role.name_taken",
                       {"この名前のロールはすでにあります。", "There is a role of this name."},
                       {{"/name", "taken"}}});
    }
}

}  // namespace

void refuse_unknown_role() {
    throw Refused(
        {ProblemKind::not_found, "role.not_found", {"ロールが見つかりません。", "There is no such role."}});
}

std::vector<FieldError> check(const RoleDraft& input) {
    auto errors = check_name(input.name, "/name");
    if (errors.empty() && input.name.size() > kMaxRoleName * 4) errors.push_back({"/name", "too_long"});
    if (input.rights.empty()) errors.push_back({"/rights", "required"});
    const auto is_choice = [](const std::string& right) { return is_right(right) && right != kOwnerRight; };
    if (!std::ranges::all_of(input.rights, is_choice)) errors.push_back({"/rights", "not_a_choice"});
    if (input.points_ceiling && *input.points_ceiling < 0)
        errors.push_back({"/points_ceiling", "out_of_range"});
    return errors;
}

void require_covers(const core::Actor& actor, const Grant& grant) {
    if (actor.may(kOwnerRight)) return;
    const bool has_all =
        std::ranges::all_of(*grant.rights, [&](const auto& right) { return actor.may(right); });
    const bool reaches_ceiling = !actor.points_ceiling || !grant.rights->contains("points.edit") ||
                                 (grant.points_ceiling && *grant.points_ceiling <= *actor.points_ceiling);
    if (has_all && reaches_ceiling) return;
    throw Refused({ProblemKind::forbidden,
                   "staff.more_rights",
                   {"自分の権限を超えるロールやメンバーは扱えません。",
                    "You cannot give rights that you do not have, nor act on somebody who has them."}});
}

void require_may_manage(storage::Transaction& tx, const core::Actor& actor, const Account& account) {
    if (account.role == name_of(Role::owner)) require_owner(actor);
    require_covers(actor, store::grant_of(tx, account.role));
}

std::vector<RoleEntry> list_roles(core::Journal& journal) {
    return journal.database().read([](storage::Transaction& tx) {
        const auto counts = store::count_by_role(tx);
        std::vector<RoleEntry> roles;
        for (const Role role : {Role::viewer, Role::operator_, Role::admin, Role::owner})
            roles.push_back(entry_of(role, members_in(counts, name_of(role))));
        for (const auto& own : store::list_roles(tx))
            roles.push_back(entry_of(own, members_in(counts, std::to_string(own.id.value))));
        return roles;
    });
}

RoleEntry get_role(core::Journal& journal, const std::string& id) {
    return journal.database().read([&](storage::Transaction& tx) { return read_entry(tx, id); });
}

ChangedRole add_role(core::Journal& journal, const core::Actor& actor, const RoleDraft& input) {
    actor.require("staff.edit");
    return with_name_clash(input, [&] {
        return journal.write({.actor = actor, .kind = "role.create"}, [&](core::Writer& writer) {
            const auto id = store::insert_role(writer, input);
            return ChangedRole{read_entry(writer.tx(), std::to_string(id)), writer.operation()};
        });
    });
}

ChangedRole change_role(core::Journal& journal, const core::Actor& actor, const std::string& id,
                        std::optional<std::int64_t> version, const RoleDraft& input) {
    actor.require("staff.edit");
    return with_name_clash(input, [&] {
        return journal.write({.actor = actor, .kind = "role.update"}, [&](core::Writer& writer) {
            const auto role = lock_role(writer, id, version, &input);
            store::update_role(writer, role.id, input);
            return ChangedRole{read_entry(writer.tx(), id), writer.operation()};
        });
    });
}

OperationId delete_role(core::Journal& journal, const core::Actor& actor, const std::string& id,
                        std::optional<std::int64_t> version) {
    actor.require("staff.edit");
    return journal.write({.actor = actor, .kind = "role.delete"}, [&](core::Writer& writer) {
        const auto role = lock_role(writer, id, version, nullptr);
        writer.remove(writer.registry().get("staff_role"), role.id.value);
        return writer.operation();
    });
}

void require_unused(storage::Transaction& tx, RoleId id) {
    const auto names = store::names_in_role(tx, id, kNamesShown + 1);
    if (names.empty()) return;
    std::string shown;
    for (std::size_t i = 0; i < names.size() && i < kNamesShown; ++i)
        shown += (i == 0 ? "" : "、") + names.at(i);
    const bool is_cut = names.size() > kNamesShown;
    Problem problem{ProblemKind::conflict,
                    "role.in_use",
                    {"このロールは使われているため、削除できません: " + shown + (is_cut ? " ほか" : ""),
                     "This role is in use: " + shown + (is_cut ? " and others" : "")}};
    json::Array listed;
    for (std::size_t i = 0; i < names.size() && i < kNamesShown; ++i) listed.emplace_back(names.at(i));
    problem.extra["staff"] = std::move(listed);
    throw Refused(std::move(problem));
}

}  // namespace otokui::staff
