#include "level/judge_job.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "base/problem.hpp"
#include "level/rules.hpp"
#include "level/store.hpp"

// Two phases: the members are gone through in the order of their ids and whoever would move is written down;
// then, unless it was a dry run, what is written down is done. Each stretch is a short transaction that also
// moves the resume point.
namespace otokui::level {
namespace {

using core::JobStep;
using core::StepResult;
using storage::Value;

constexpr std::int64_t kMembersAtOnce = 2'000;  // looked at; only those who move are written
constexpr std::int64_t kMovesAtOnce = 100;      // of a stretch of writing

Value or_null(std::optional<std::int64_t> id) { return id ? Value(*id) : Value(); }

std::int64_t number_in(const boost::json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value && value->is_int64() ? value->as_int64() : 0;
}

Day day_of(const JobStep& step) { return parse_day(step.job().parameters.at("date").as_string()).value(); }

std::string_view phase_of(JobStep& step) {
    const auto* phase = step.state().if_contains("phase");
    if (phase) return phase->as_string();
    return plan_of(step.job()) == step.job().id ? "checking" : "applying";
}

// A judging by half the old and half the new conditions would be neither.
void require_same_levels(JobStep& step, const std::vector<Level>& levels) {
    const auto* seen = step.state().if_contains("levels");
    if (!seen || *seen == boost::json::value(describe(levels))) return;
    throw Refused({ProblemKind::conflict,
                   "level.rules_changed",
                   {"判定の途中で会員レベルの条件が変更されました。もう一度判定してください。",
                    "The levels changed while members were judged. Judge again."}});
}

std::vector<core::Record> moves_of(JobId job, const std::vector<Level>& levels, Downgrade downgrade,
                                   const std::vector<store::Member>& members) {
    std::vector<core::Record> moves;
    for (const auto& member : members) {
        const auto reached = judge(levels, member.figures, member.held, downgrade);
        const auto to = reached ? std::optional(levels[*reached].id) : std::nullopt;
        if (to == member.held) continue;
        // Who falls out of all levels is told by what he has for the lowest.
        const auto figures = member.figures[reached.value_or(0)];
        moves.push_back({0,
                         {job.value, member.id, or_null(member.held), or_null(to), figures.total,
                          figures.count, std::string("move")}});
    }
    return moves;
}

boost::json::array transitions_of(storage::Transaction& tx, JobId job) {
    boost::json::array transitions;
    tx.query(
        "SELECT from_level, to_level, count(*) FROM level_move WHERE job_id = ? GROUP BY from_level, "
        "to_level "
        "ORDER BY COALESCE(from_level, 0), COALESCE(to_level, 0)",
        {job.value}, [&](const storage::Row& row) {
            const auto id = [&](int column) {
                return row.is_null(column) ? boost::json::value() : boost::json::value(row.integer(column));
            };
            transitions.push_back(
                boost::json::object{{"from", id(0)}, {"to", id(1)}, {"count", row.integer(2)}});
        });
    return transitions;
}

StepResult check_members(const Context& context, JobStep& step) {
    const auto above = number_in(step.state(), "above");
    auto [levels, rules, members, total] = context.journal.database().read([&](storage::Transaction& tx) {
        auto all = store::read_levels(tx);
        auto stretch = store::read_members(tx, all, day_of(step), above, kMembersAtOnce);
        const auto count = above == 0 ? store::count_members(tx) : 0;
        return std::tuple(std::move(all), store::read_rules(tx, context.journal.registry()),
                          std::move(stretch), count);
    });
    require_same_levels(step, levels);
    const auto moves = moves_of(step.job().id, levels, rules.downgrade, members);
    boost::json::array transitions;
    if (members.empty())
        transitions = context.journal.database().read(
            [&](storage::Transaction& tx) { return transitions_of(tx, step.job().id); });
    step.write([&](core::Writer& writer) {
        auto rows = moves;
        if (!rows.empty()) writer.insert_many(writer.registry().get(kMoves), rows);
        auto& counts = step.counts();
        if (above == 0) {
            counts.total = total;
            step.state()["levels"] = describe(levels);
        }
        counts.done += static_cast<std::int64_t>(members.size());
        step.summary()["judged"] = number_in(step.summary(), "judged") + std::ssize(members);
        step.summary()["moved"] = number_in(step.summary(), "moved") + std::ssize(moves);
        if (!members.empty()) {
            step.state()["above"] = members.back().id;
            return;
        }
        step.summary()["transitions"] = transitions;
        const bool is_dry = step.job().parameters.at("dry_run").as_bool();
        step.state()["phase"] = is_dry ? "done" : "applying";
        counts.total = is_dry ? counts.done : number_in(step.summary(), "moved");
        counts.ok = is_dry ? counts.done : 0;
        if (!is_dry) counts.done = 0;
    });
    return phase_of(step) == "done" ? StepResult::done : StepResult::more;
}

// Exactly what was planned: a member who is no longer what the plan saw is left alone.
bool move(core::Writer& writer, const core::Table& customers, const store::Move& planned) {
    const auto record = writer.find(customers, planned.customer);
    if (!record) return false;
    const auto is = [&](std::string_view column, const Value& value) {
        return record->values[customers.column(column)] == value;
    };
    if (!is("status", std::string("member")) || !is("deleted_at", {}) ||
        !is("level_fixed", std::int64_t{0}) || !is("level_id", or_null(planned.from)))
        return false;
    writer.update(customers, planned.customer, {{"level_id", or_null(planned.to)}});
    return true;
}

StepResult apply_moves(const Context& context, JobStep& step) {
    const auto plan = plan_of(step.job());
    const auto above = number_in(step.state(), "applied");
    const auto moves = context.journal.database().read(
        [&](storage::Transaction& tx) { return store::read_moves(tx, plan, above, kMovesAtOnce); });
    step.write([&](core::Writer& writer) {
        if (moves.empty()) {
            step.state()["phase"] = "done";
            return;
        }
        const auto& customers = writer.registry().get("customer");
        auto& counts = step.counts();
        for (const auto& one : moves) {
            ++counts.done;
            if (move(writer, customers, one)) {
                ++counts.ok;
                continue;
            }
            ++counts.skipped;
            writer.execute_unjournaled(writer.registry().get(kMoves),
                                       "UPDATE level_move SET outcome = 'changed' WHERE id = ?", {one.id});
        }
        step.state()["applied"] = moves.back().customer;
    });
    return moves.empty() ? StepResult::done : StepResult::more;
}

}  // namespace

JobId plan_of(const core::Job& job) {
    const auto* plan = job.parameters.if_contains("plan");
    return plan ? JobId{plan->as_int64()} : job.id;
}

boost::json::array describe(const std::vector<Level>& levels) {
    const auto number = [](const std::optional<std::int64_t>& value) {
        return value ? boost::json::value(*value) : boost::json::value();
    };
    boost::json::array described;
    for (const auto& level : levels)
        described.push_back(boost::json::object{{"id", level.id},
                                                {"position", level.position},
                                                {"total", number(level.minimum_total)},
                                                {"count", number(level.minimum_count)},
                                                {"any", level.any},
                                                {"months", number(level.look_back_months)}});
    return described;
}

StepResult judge_step(const Context& context, JobStep& step) {
    while (!step.should_pause()) {
        const auto phase = phase_of(step);
        if (phase == "done") return StepResult::done;
        const auto result = phase == "checking" ? check_members(context, step) : apply_moves(context, step);
        if (result == StepResult::done) return result;
    }
    return StepResult::more;
}

}  // namespace otokui::level
