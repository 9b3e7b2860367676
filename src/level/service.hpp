#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "core/actor.hpp"
#include "level/types.hpp"

namespace otokui::level {

enum class Mode { apply, dry_run };

/// Judges all members as of a day by a job: with Mode::dry_run it only says who would move, and apply_plan()
/// does exactly that. Right level.edit. Refused conflict level.none when there is no level.
JobId judge(const Context& context, const core::Actor& actor, Day day, Mode mode);

/// Applies what a dry run found. Refused not_found level.no_judgement; conflict job.not_a_dry_run,
/// job.already_applied, job.not_finished, level.rules_changed (the levels are no longer what they were),
/// job.plan_outdated (extra.conflicts: [{customer, number}] of up to 100 members who have changed since).
JobId apply_plan(const Context& context, const core::Actor& actor, JobId plan);

/// `{job, date, status, dry_run, applied_by, judged, moved, skipped, transitions:[{from, from_name, to,
/// to_name, count}]}`. Refused not_found level.no_judgement.
boost::json::object get_judgement(const Context& context, const core::Actor& actor, JobId job);

struct Page {
    boost::json::array items = {};
    std::string next_cursor = {};
};
/// Who moves: `{customer, number, name, from, from_name, to, to_name, total, count, outcome}` in the order of
/// the customers.
Page list_moves(const Context& context, const core::Actor& actor, JobId job, const std::string& cursor,
                int limit);

/// Why a customer has his level: what he holds, whether it is fixed, what each level asks and what he has of
/// it, what a judging of `day` (nothing: today) would give, what the level above still asks for, which orders
/// count, who set it, when the next judging is. Right customer.read; the orders with order.read alone.
/// Refused not_found customer.not_found.
boost::json::object why(const Context& context, const core::Actor& actor, CustomerId customer,
                        std::optional<Day> day = {});

/// Starts the judging of the last 判定日 until today if nobody has: once, however many servers ask, as of
/// that day. One that went by while no server was up is made up for, unless levels were never judged by
/// themselves before, the rules have been set since, or somebody has judged by hand since.
void run_due(const Context& context);

/// Deletes plans of jobs that ended a week ago.
void remove_old_plans(const Context& context);

void register_job_kinds(core::Jobs& jobs, const Context& context);

}  // namespace otokui::level
