#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace otokui::core {

/// Names of rights, e.g. "customer.read". A role is a set of them; the list with its meaning stands in
/// staff/rights.cpp.
using Rights = std::set<std::string, std::less<>>;

/// Who acts, from where, with which rights. Made once per request from the session or token, and by commands
/// for the shell's owner.
struct Actor {
    StaffId staff = {};       // 0: the shell's owner or the system itself
    std::int64_t token = 0;   // 0: not through an API token
    std::string name;         // shown in histories (実行者); copied, so that it outlives the account
    std::string ip = {};      // empty for commands
    std::string screen = {};  // route pattern, or "cli import"
    std::shared_ptr<const Rights> rights = {};        // null: all rights (commands, system)
    std::optional<std::int64_t> points_ceiling = {};  // most points given or taken in one change; none: any

    bool may(std::string_view right) const { return !rights || rights->contains(right); }
    /// Refused forbidden with the right's name unless the actor has it.
    void require(std::string_view right) const;
};

/// Whoever runs a command is the shell's owner and may do everything; it is logged as such.
Actor shell_actor(std::string command);
/// Work nobody asked for by hand: schedules, expiry.
Actor system_actor(std::string what);

}  // namespace otokui::core
