#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "staff/member_groups.hpp"

// 検索条件の呼び出し: searches kept under a name, for oneself or for a member group.
namespace otokui::saved_search {

using SavedSearchId = Id<struct SavedSearchTag>;

inline constexpr std::size_t kMaxNameLength = 100;  // characters
inline constexpr std::int64_t kMaxPerScope = 200;

/// Whose a saved search is: one person's (個人用), or a member group's.
struct Scope {
    StaffId staff;               // the person; 0 for a group's
    staff::MemberGroupId group;  // 0 for a person's
    bool is_personal() const { return group.value == 0; }
    bool operator==(const Scope&) const = default;
};

struct SavedSearch {
    SavedSearchId id;
    Scope scope;
    std::string scope_name;  // of the group; empty for personal ones
    std::string screen, name;
    json::Object content;  // {condition?, text?, sort?, columns?, density?, widths?} as it was saved
    std::int64_t position = 0;
    StaffId created_by, updated_by;  // 0: not a person
    std::string created_by_name, updated_by_name;
    Moment created_at, updated_at;
    std::int64_t version = 1;
};

/// What a part of a saved search cannot do any more; the pointer leads into the saved search
/// ("/content/condition/all/0/value/1").
struct Warning {
    std::string pointer;
    std::string code;  // master_deleted, or what parsing says: unknown_field, unknown_list …
};

}  // namespace otokui::saved_search
