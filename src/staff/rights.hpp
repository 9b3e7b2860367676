#pragma once

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

struct Right {
    std::string_view name;  // "customer.read": stable, also the scopes of API tokens
    Text label;
    Role least;  // this role and those above it have the right
};

/// Every right there is. Routes name theirs; one that stands not here cannot be held by anybody.
std::span<const Right> all_rights();
bool is_right(std::string_view name);

/// Shared and immutable: made once per role.
std::shared_ptr<const core::Rights> rights_of(Role role);
/// What is left of `rights` when only `scopes` are granted (API tokens); an absent list narrows nothing.
std::shared_ptr<const core::Rights> narrowed(std::shared_ptr<const core::Rights> rights,
                                             const std::optional<core::Rights>& scopes);

}  // namespace otokui::staff
