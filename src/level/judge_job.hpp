#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "core/jobs.hpp"
#include "level/rules.hpp"
#include "level/types.hpp"

namespace otokui::level {

core::StepResult judge_step(const Context& context, core::JobStep& step);

/// The job whose rows in level_move it works with: its own, or those of the dry run it applies.
JobId plan_of(const core::Job& job);

/// What the levels ask for, to see later whether they still ask for the same.
boost::json::array describe(const std::vector<Level>& levels);
/// The same and whether anybody falls: all that a judging goes by besides the orders.
boost::json::object describe_rules(const std::vector<Level>& levels, Downgrade downgrade);

}  // namespace otokui::level
