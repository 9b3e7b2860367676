#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/text_pair.hpp"
#include "core/actor.hpp"

namespace otokui::staff {

/// The four roles as shipped. The order is that of the screens, from the least to the most.
enum class Role { viewer, operator_, admin, owner };

std::string_view name_of(Role role);  // "viewer", "operator", "admin", "owner"
std::optional<Role> find_role(std::string_view name);

/// What a right is about: how screens group them.
enum class Area { customers, orders, marketing, transfer, records, administration };
std::string_view name_of(Area area);
const Text& label_of(Area area);

struct Right {
    std::string_view name;  // "customer.read": stable, also the scopes of API tokens
    Text label;
    std::optional<Role> least;  // this role and those above it have the right; none: only roles of the shop
    Area area;
};

/// The one right that own roles cannot have: whoever changes owners is an owner.
inline constexpr std::string_view kOwnerRight = "owner.edit";
/// Points an operator may give or take in one change; admins and owners have no ceiling.
inline constexpr std::int64_t kOperatorPointsCeiling = 1'000;

/// Every right there is. Routes name theirs; one that stands not here cannot be held by anybody. Some guard
/// what comes later: a role made today keeps its meaning then.
std::span<const Right> all_rights();
bool is_right(std::string_view name);
/// Whether a change under this right is grave enough to ask a browser's session for a fresh factor (SECURITY
/// S8, S11): users and roles, API keys, settings. Every such route declares http::Factor::fresh.
bool asks_for_factor(std::string_view right);

/// Shared and immutable: made once per role.
std::shared_ptr<const core::Rights> rights_of(Role role);
/// As screens call the role.
const Text& label_of(Role role);
/// What is left of `rights` when only `scopes` are granted (API tokens); an absent list narrows nothing.
std::shared_ptr<const core::Rights> narrowed(std::shared_ptr<const core::Rights> rights,
                                             const std::optional<core::Rights>& scopes);

}  // namespace otokui::staff
