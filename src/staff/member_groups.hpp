#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "core/journal.hpp"
#include "staff/types.hpp"

// メンバーグループ: staff who share their saved searches; that is all a group is for. A person may be in
// several.
namespace otokui::staff {

using MemberGroupId = Id<struct MemberGroupTag>;

inline constexpr std::size_t kMaxGroupMembers = 1000;
inline constexpr std::size_t kMaxGroupDescription = 1000;  // characters

struct MemberGroup {
    MemberGroupId id;
    std::string name, description;
    std::vector<StaffId> members;           // ascending
    std::vector<std::string> member_names;  // of `members`, in their order
    Moment created_at, updated_at;
    std::int64_t version = 1;
};

struct NewMemberGroup {
    std::string name, description;
    std::vector<StaffId> members;
};

/// What shall change; absent members stay.
struct MemberGroupChange {
    std::optional<std::string> name = {}, description = {};
    std::optional<std::vector<StaffId>> members = {};
};

/// What a group holds for features that stand above this one: it goes with the group, and the person who
/// deletes the group is told so before.
struct GroupBelongings {
    std::function<std::vector<std::string>(storage::Transaction&, MemberGroupId)> names =
        [](storage::Transaction&, MemberGroupId) { return std::vector<std::string>(); };
    std::function<void(core::Writer&, MemberGroupId)> remove = [](core::Writer&, MemberGroupId) {};
};

void register_member_group_tables(core::Registry& registry);

/// Every error of a group that needs no database. Texts are as typed.
std::vector<FieldError> check(const NewMemberGroup& input);
std::vector<FieldError> check(const MemberGroupChange& change);

/// Newest first, below the id (0: from the top).
std::vector<MemberGroup> list_member_groups(core::Journal& journal, std::int64_t below, int limit);
/// Refused member_group.not_found.
MemberGroup get_member_group(core::Journal& journal, MemberGroupId id);

struct WrittenMemberGroup {
    MemberGroup group;
    OperationId operation;  // 0: nothing really changed
};
/// Refused member_group.invalid (unknown members too), member_group.name_taken. Needs staff.edit.
WrittenMemberGroup add_member_group(core::Journal& journal, const core::Actor& actor,
                                    const NewMemberGroup& input);
/// `version`: the one seen; nothing: any. Refused also member_group.not_found, member_group.stale. What ends
/// for a person with the membership ends with this transaction.
WrittenMemberGroup change_member_group(core::Journal& journal, const core::Actor& actor, MemberGroupId id,
                                       std::optional<std::int64_t> version, const MemberGroupChange& change);
/// Removes the group with its belongings in one operation. Refused as above.
OperationId remove_member_group(core::Journal& journal, const core::Actor& actor, MemberGroupId id,
                                std::optional<std::int64_t> version, const GroupBelongings& belongings);

struct GroupName {
    MemberGroupId id;
    std::string name;
};
/// The groups of a person by name.
std::vector<GroupName> groups_of(storage::Transaction& tx, StaffId staff);
/// The same of many people at once.
std::map<StaffId, std::vector<GroupName>> groups_of(storage::Transaction& tx, std::vector<StaffId> people);
bool is_in_group(storage::Transaction& tx, StaffId staff, MemberGroupId group);

json::Object to_json(const MemberGroup& group);
/// [{"id","name"}]
json::Array to_json(const std::vector<GroupName>& groups);

}  // namespace otokui::staff
