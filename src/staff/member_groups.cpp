#include "staff/member_groups.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/text/normalise.hpp"
#include "base/text/utf8.hpp"
#include "core/id_set.hpp"
#include "staff/rules.hpp"

namespace otokui::staff {
namespace {

using storage::Row;
using storage::Transaction;

constexpr std::string_view kTable = "member_group";
constexpr std::string_view kColumns =
    "SELECT id, name, description, members, created_at, updated_at, version FROM member_group";

[[noreturn]] void refuse_fields(std::vector<FieldError> errors) {
    throw Refused({ProblemKind::invalid,
                   "member_group.invalid",
                   {"印のついた項目を確認してください。", "Check the marked fields."},
                   std::move(errors)});
}

MemberGroup read_group(const Row& row) {
    MemberGroup group{.id = {row.integer(0)},
                      .name = std::string(row.text(1)),
                      .description = std::string(row.text(2)),
                      .members = {},
                      .member_names = {},
                      .created_at = {row.integer(4)},
                      .updated_at = {row.integer(5)},
                      .version = row.integer(6)};
    for (const auto id : core::parse_set(row.text(3))) group.members.push_back({id});
    return group;
}

std::string placeholders(std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += i == 0 ? "?" : ", ?";
    return list;
}

std::map<std::int64_t, std::string> names_of_people(Transaction& tx, const std::set<std::int64_t>& ids) {
    std::map<std::int64_t, std::string> names;
    if (ids.empty()) return names;
    tx.query(
        "SELECT id, name FROM staff WHERE deleted_at IS NULL AND id IN (" + placeholders(ids.size()) + ")",
        storage::Values(ids.begin(), ids.end()),
        [&](const Row& row) { names.emplace(row.integer(0), row.text(1)); });
    return names;
}

// Whoever has gone since is no member any more.
void fill_member_names(Transaction& tx, std::vector<MemberGroup>& groups) {
    std::set<std::int64_t> ids;
    for (const auto& group : groups)
        for (const auto member : group.members) ids.insert(member.value);
    const auto names = names_of_people(tx, ids);
    for (auto& group : groups) {
        std::erase_if(group.members, [&](StaffId member) { return !names.contains(member.value); });
        for (const auto member : group.members) group.member_names.push_back(names.at(member.value));
    }
}

MemberGroup get(Transaction& tx, MemberGroupId id) {
    std::vector<MemberGroup> found;
    tx.query(std::string(kColumns) + " WHERE id = ?", {id.value},
             [&](const Row& row) { found.push_back(read_group(row)); });
    if (found.empty())
        throw Refused({ProblemKind::not_found,
                       "member_group.not_found",
                       {"メンバーグループが見つかりません。", "There is no such member group."}});
    fill_member_names(tx, found);
    return std::move(found.front());
}

std::string format_members(const std::vector<StaffId>& members) {
    std::vector<std::int64_t> ids;
    for (const auto member : members) ids.push_back(member.value);
    return core::format_set(std::move(ids));
}

void require_people(Transaction& tx, const std::vector<StaffId>& members) {
    std::set<std::int64_t> ids;
    for (const auto member : members) ids.insert(member.value);
    const auto names = names_of_people(tx, ids);
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < members.size(); ++i)
        if (!names.contains(members[i].value))
            errors.push_back({"/members/" + std::to_string(i), "not_found"});
    if (!errors.empty()) refuse_fields(std::move(errors));
}

template <class Work>
auto with_name_clash(Work work) {
    try {
        return work();
    } catch (const storage::UniqueViolation& clash) {
        if (!clash.on(kTable, "name")) throw;
        throw Refused(
            {ProblemKind::conflict,
             "member_group.name_taken",
             {"この名前のメンバーグループはすでにあります。", "There is a member group of this name."},
             {{"/name", "taken"}}});
    }
}

void require_version(const MemberGroup& now, std::optional<std::int64_t> version, json::Object sent) {
    if (!version || *version == now.version) return;
    Problem problem{ProblemKind::stale,
                    "member_group.stale",
                    {"ほかの人が先に変更しました。最新の内容を確認してください。",
                     "Somebody else changed this first. Look at what it is now."}};
    problem.extra["current"] = to_json(now);
    problem.extra["sent"] = std::move(sent);
    throw Refused(std::move(problem));
}

json::Array ids_json(const std::vector<StaffId>& ids) {
    json::Array array;
    for (const auto id : ids) array.emplace_back(std::to_string(id.value));
    return array;
}

json::Object to_json(const MemberGroupChange& change) {
    json::Object object;
    if (change.name) object["name"] = *change.name;
    if (change.description) object["description"] = *change.description;
    if (change.members) object["members"] = ids_json(*change.members);
    return object;
}

std::vector<FieldError> check_description(std::string_view description) {
    if (text::code_point_count(description) > kMaxGroupDescription) return {{"/description", "too_long"}};
    return {};
}

std::vector<FieldError> check_members(std::vector<StaffId> members) {
    if (members.size() > kMaxGroupMembers) return {{"/members", "too_many"}};
    std::ranges::sort(members);
    if (std::ranges::adjacent_find(members) != members.end()) return {{"/members", "duplicate"}};
    return {};
}

void index_members(core::Writer& writer, const std::vector<core::RowChange>& changes) {
    static constexpr std::array<std::string_view, 2> kIndexColumns{"staff_id", "group_id"};
    const auto at = writer.registry().get(kTable).column("members");
    const auto text = [at](const core::Record* record) {
        return record ? std::get<std::string>(record->values[at]) : std::string();
    };
    std::vector<storage::Values> added;
    for (const auto& change : changes) {
        if (text(change.before) == text(change.after)) continue;
        writer.index_execute("DELETE FROM member_group_member WHERE group_id = ?", {change.id});
        for (const auto member : core::parse_set(text(change.after))) added.push_back({member, change.id});
    }
    if (!added.empty()) writer.index_insert_many("member_group_member", kIndexColumns, added);
}

std::vector<std::string> verify_members(Transaction& tx) {
    std::set<std::pair<std::int64_t, std::int64_t>> expected, found;
    tx.query("SELECT id, members FROM member_group", {}, [&](const Row& row) {
        for (const auto member : core::parse_set(row.text(1))) expected.emplace(member, row.integer(0));
    });
    tx.query("SELECT staff_id, group_id FROM member_group_member", {},
             [&](const Row& row) { found.emplace(row.integer(0), row.integer(1)); });
    if (expected == found) return {};
    return {"member_group_member differs from the members of the groups"};
}

}  // namespace

void register_member_group_tables(core::Registry& registry) {
    using core::ColumnType;
    using core::Privacy;
    using core::Source;
    registry.add({.name = std::string(kTable),
                  .label = {"メンバーグループ", "Member group"},
                  .columns = {{"name", ColumnType::text},
                              {"description", ColumnType::text},
                              {"members", ColumnType::text},
                              {"created_at", ColumnType::integer},
                              {"updated_at", ColumnType::integer},
                              {"version", ColumnType::integer}},
                  .version_column = "version",
                  .updated_column = "updated_at"},
                 {.after = index_members});
    registry.add({.name = "member_group_member",
                  .label = {"グループのメンバー", "Members of groups"},
                  .columns = {{"staff_id", ColumnType::integer, Privacy::internal, Source::derived},
                              {"group_id", ColumnType::integer, Privacy::internal, Source::derived}},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = "derived from the group's own column"});
    registry.add_verification({"グループのメンバー", verify_members});
    registry.add_kind(
        {"member_group.create", {"メンバーグループの登録", "Member group added"}, "staff.edit"});
    registry.add_kind(
        {"member_group.update", {"メンバーグループの変更", "Member group changed"}, "staff.edit"});
    registry.add_kind(
        {"member_group.delete", {"メンバーグループの削除", "Member group deleted"}, "staff.edit"});
}

std::vector<FieldError> check(const NewMemberGroup& input) {
    auto errors = check_name(text::trimmed(input.name), "/name");
    for (auto& error : check_description(input.description)) errors.push_back(std::move(error));
    for (auto& error : check_members(input.members)) errors.push_back(std::move(error));
    return errors;
}

std::vector<FieldError> check(const MemberGroupChange& change) {
    return check(NewMemberGroup{change.name.value_or("-"), change.description.value_or(""),
                                change.members.value_or(std::vector<StaffId>())});
}

std::vector<MemberGroup> list_member_groups(core::Journal& journal, std::int64_t below, int limit) {
    return journal.database().read([&](Transaction& tx) {
        std::vector<MemberGroup> groups;
        tx.query(std::string(kColumns) + " WHERE (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?",
                 {below, below, std::int64_t{limit}},
                 [&](const Row& row) { groups.push_back(read_group(row)); });
        fill_member_names(tx, groups);
        return groups;
    });
}

MemberGroup get_member_group(core::Journal& journal, MemberGroupId id) {
    return journal.database().read([&](Transaction& tx) { return get(tx, id); });
}

WrittenMemberGroup add_member_group(core::Journal& journal, const core::Actor& actor,
                                    const NewMemberGroup& input) {
    actor.require("staff.edit");
    if (auto errors = check(input); !errors.empty()) refuse_fields(std::move(errors));
    return with_name_clash([&] {
        return journal.write({.actor = actor, .kind = "member_group.create"}, [&](core::Writer& writer) {
            require_people(writer.tx(), input.members);
            const MemberGroupId id{writer.insert(writer.registry().get(kTable),
                                                 {{"name", text::trimmed(input.name)},
                                                  {"description", text::trimmed(input.description)},
                                                  {"members", format_members(input.members)},
                                                  {"created_at", writer.now().milliseconds}})};
            return WrittenMemberGroup{get(writer.tx(), id), writer.operation()};
        });
    });
}

WrittenMemberGroup change_member_group(core::Journal& journal, const core::Actor& actor, MemberGroupId id,
                                       std::optional<std::int64_t> version, const MemberGroupChange& change) {
    actor.require("staff.edit");
    if (auto errors = check(change); !errors.empty()) refuse_fields(std::move(errors));
    return with_name_clash([&] {
        return journal.write({.actor = actor, .kind = "member_group.update"}, [&](core::Writer& writer) {
            const auto& table = writer.registry().get(kTable);
            writer.find(table, id.value);  // locks the row before it is compared
            require_version(get(writer.tx(), id), version, to_json(change));
            core::Assignments values;
            if (change.name) values.emplace_back("name", text::trimmed(*change.name));
            if (change.description) values.emplace_back("description", text::trimmed(*change.description));
            if (change.members) {
                require_people(writer.tx(), *change.members);
                values.emplace_back("members", format_members(*change.members));
            }
            writer.update(table, id.value, values);
            return WrittenMemberGroup{get(writer.tx(), id), writer.operation()};
        });
    });
}

OperationId remove_member_group(core::Journal& journal, const core::Actor& actor, MemberGroupId id,
                                std::optional<std::int64_t> version, const GroupBelongings& belongings) {
    actor.require("staff.edit");
    return journal.write({.actor = actor, .kind = "member_group.delete"}, [&](core::Writer& writer) {
        const auto& table = writer.registry().get(kTable);
        writer.find(table, id.value);
        require_version(get(writer.tx(), id), version, {});
        belongings.remove(writer, id);
        writer.remove(table, id.value);
        return writer.operation();
    });
}

std::vector<GroupName> groups_of(Transaction& tx, StaffId staff) {
    return groups_of(tx, std::vector{staff})[staff];
}

std::map<StaffId, std::vector<GroupName>> groups_of(Transaction& tx, std::vector<StaffId> people) {
    std::map<StaffId, std::vector<GroupName>> groups;
    if (people.empty()) return groups;
    storage::Values ids;
    for (const auto person : people) ids.emplace_back(person.value);
    tx.query(
        "SELECT m.staff_id, g.id, g.name FROM member_group_member m JOIN member_group g ON g.id = m.group_id"
        " WHERE m.staff_id IN (" +
            placeholders(ids.size()) + ") ORDER BY g.name, g.id",
        ids, [&](const Row& row) {
            groups[{row.integer(0)}].push_back({{row.integer(1)}, std::string(row.text(2))});
        });
    return groups;
}

bool is_in_group(Transaction& tx, StaffId staff, MemberGroupId group) {
    return tx
        .find_integer("SELECT 1 FROM member_group_member WHERE staff_id = ? AND group_id = ?",
                      {staff.value, group.value})
        .has_value();
}

json::Object to_json(const MemberGroup& group) {
    json::Array names;
    for (const auto& name : group.member_names) names.emplace_back(name);
    return {{"id", std::to_string(group.id.value)},
            {"name", group.name},
            {"description", group.description},
            {"members", ids_json(group.members)},
            {"members_names", std::move(names)},
            {"created_at", format_moment(group.created_at)},
            {"updated_at", format_moment(group.updated_at)},
            {"version", group.version}};
}

json::Array to_json(const std::vector<GroupName>& groups) {
    json::Array array;
    for (const auto& group : groups)
        array.push_back(json::Object{{"id", std::to_string(group.id.value)}, {"name", group.name}});
    return array;
}

}  // namespace otokui::staff
