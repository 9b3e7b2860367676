#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/problem.hpp"
#include "core/journal.hpp"
#include "staff/types.hpp"

// Roles: the four as shipped, which stay as they are, and those a shop makes from rights.
namespace otokui::staff {

/// Every error at once. Name: 1 to 50 characters; rights: known ones, without owner.edit; ceiling: 0 or more,
/// only beside points.edit.
std::vector<FieldError> check(const RoleDraft& input);

/// Refused staff.more_rights unless the actor has each of these rights himself and no lower ceiling; an owner
/// may give any. So nobody lifts himself, or acts on somebody above him.
void require_covers(const core::Actor& actor, const Grant& grant);
/// The same for what is done to a member; owners are left to owners (staff.owner_only).
void require_may_manage(storage::Transaction& tx, const core::Actor& actor, const Account& account);

[[noreturn]] void refuse_unknown_role();
/// Refused role.in_use with the names of who has it.
void require_unused(storage::Transaction& tx, RoleId id);

/// The shipped ones first, then the others by name. Never many: a page holds them all.
std::vector<RoleEntry> list_roles(core::Journal& journal);
/// By its id ("operator", "17"). Refused role.not_found.
RoleEntry get_role(core::Journal& journal, const std::string& id);

struct ChangedRole {
    RoleEntry role;
    OperationId operation;
};
/// Refused role.invalid, role.name_taken, staff.more_rights. Needs staff.edit.
ChangedRole add_role(core::Journal& journal, const core::Actor& actor, const RoleDraft& input);
/// Ends the sessions of everybody in the role when its rights change. Refused as add_role, and
/// role.not_found, role.stale, role.built_in.
ChangedRole change_role(core::Journal& journal, const core::Actor& actor, const std::string& id,
                        std::optional<std::int64_t> version, const RoleDraft& input);
/// Refused role.in_use with the names of who has it, role.not_found, role.built_in, staff.more_rights.
OperationId delete_role(core::Journal& journal, const core::Actor& actor, const std::string& id,
                        std::optional<std::int64_t> version);

}  // namespace otokui::staff
