#pragma once

#include <string_view>

#include "base/ids.hpp"
#include "base/json.hpp"
#include "core/actor.hpp"
#include "core/catalogue.hpp"
#include "core/jobs.hpp"
#include "core/journal.hpp"

// Who belongs to a customer group (FEATURES 129): many at once, by ids or by a condition.
namespace otokui::group {

struct Context {
    core::Journal& journal;
    const core::Catalogue& catalogue;
    core::Jobs& jobs;
};

inline constexpr std::size_t kMostAtOnce = 1'000;

struct Changed {
    std::int64_t added = 0, removed = 0;  // customers who really changed
    std::int64_t members = 0;             // living members of the group afterwards
    OperationId operation = {};
};

/// Takes customers into the group and out of it, all in one operation. `body`: {add?: [ids], remove?: [ids]},
/// together at most kMostAtOnce. Refused invalid group_members.invalid with every id that is no living
/// customer (not_found, deleted), stands there twice (duplicate) or is one too many; master.not_found. Right:
/// master.edit.
Changed change_members(const Context& context, const core::Actor& actor, std::int64_t group,
                       const json::Value& body);

/// True when `body` is {add: {condition, text?}} or {remove: {…}}: then start_change() does it.
bool asks_by_condition(const json::Value& body);

/// A job that takes everybody whom the condition finds into the group, or out of it. Refused
/// group_members.invalid, condition.invalid, field.forbidden, master.not_found. Right: master.edit.
JobId start_change(const Context& context, const core::Actor& actor, std::int64_t group,
                   const json::Value& body);

/// `context` must outlive the jobs.
void register_job_kinds(core::Jobs& jobs, const Context& context);

}  // namespace otokui::group
