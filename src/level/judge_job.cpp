#include "level/judge_job.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <limits>

#include "base/problem.hpp"
#include "level/rules.hpp"
#include "level/store.hpp"

// Two phases: the members are gone through in the order of their ids and whoever would move is written down
// (checking); then, unless it was a dry run, what is written down is done (applying). A job that applies an
// earlier dry run goes through the members first as well, to see that the rule still says the same of each
// (comparing). Each stretch is a short transaction that also moves the resume point.
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
    return plan_of(step.job()) == step.job().id ? "checking" : "comparing";
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

std::vector<store::Move> moves_of(const std::vector<Level>& levels, Downgrade downgrade,
                                  const std::vector<store::Member>& members) {
    std::vector<store::Move> moves;
    for (const auto& member : members) {
        const auto reached = judge(levels, member.figures, member.held, downgrade);
        const auto to = reached ? std::optional(levels[*reached].id) : std::nullopt;
        if (to == member.held) continue;
        // Who falls out of all levels is told by what he has for the lowest.
        moves.push_back({.customer = member.id,
                         .from = member.held,
                         .to = to,
                         .figures = member.figures[reached.value_or(0)]});
    }
    return moves;
}

std::vector<core::Record> rows_of(JobId job, const std::vector<store::Move>& moves) {
    std::vector<core::Record> rows;
    for (const auto& move : moves)
        rows.push_back({0,
                        {job.value, move.customer, or_null(move.from), or_null(move.to), move.figures.total,
                         move.figures.count, move.outcome}});
    return rows;
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
    const auto moves = rows_of(step.job().id, moves_of(levels, rules.downgrade, members));
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
            step.state()["rules"] = describe_rules(levels, rules.downgrade);
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

constexpr std::size_t kMostNamed = 100;  // members of whom the rule says otherwise by now

// The customers whom `planned` and `found` do not move alike, both in the order of the customers.
std::vector<std::int64_t> differing(const std::vector<store::Move>& planned,
                                    const std::vector<store::Move>& found) {
    std::vector<std::int64_t> customers;
    auto one = planned.begin(), other = found.begin();
    while (one != planned.end() || other != found.end()) {
        const bool is_planned =
            one != planned.end() && (other == found.end() || one->customer <= other->customer);
        const bool is_found = other != found.end() && (!is_planned || other->customer == one->customer);
        const auto customer = is_planned ? one->customer : other->customer;
        if (!is_planned || !is_found || one->from != other->from || one->to != other->to)
            customers.push_back(customer);
        if (is_planned) ++one;
        if (is_found) ++other;
    }
    return customers;
}

[[noreturn]] void refuse_outdated(const Context& context, const boost::json::array& customers) {
    constexpr std::size_t kMostTold = 5;
    Problem problem{ProblemKind::conflict, "job.plan_outdated", {}};
    std::string numbers;
    boost::json::array conflicts;
    context.journal.database().read([&](storage::Transaction& tx) {
        for (const auto& customer : customers) {
            const auto number =
                tx.find_text("SELECT number FROM customer WHERE id = ?", {customer.as_int64()});
            if (conflicts.size() < kMostTold) numbers += " " + number.value_or("-");
            conflicts.push_back(boost::json::object{{"customer", std::to_string(customer.as_int64())},
                                                    {"number", number.value_or("")}});
        }
    });
    if (conflicts.size() > kMostTold) numbers += " …";
    problem.detail = {
        "確認のあとに購入や会員の情報が変わり、判定の結果が変わった会員がいます。もう一度確認し"
        "てください:" +
            numbers,
        "Orders or members have changed since the check, and levels would come out otherwise. "
        "Check again:" +
            numbers};
    problem.extra["conflicts"] = std::move(conflicts);
    throw Refused(std::move(problem));
}

// A plan is done exactly or not at all: what was captured or taken back since may move somebody otherwise.
StepResult compare_members(const Context& context, JobStep& step) {
    const auto plan = context.jobs.get(plan_of(step.job()));
    const auto above = number_in(step.state(), "compared");
    if (!step.state().contains("levels")) step.state()["levels"] = plan.state.at("levels");
    std::int64_t reached = std::numeric_limits<std::int64_t>::max();
    boost::json::object rules;
    auto customers = context.journal.database().read([&](storage::Transaction& tx) {
        const auto levels = store::read_levels(tx);
        require_same_levels(step, levels);
        const auto downgrade = store::read_rules(tx, context.journal.registry()).downgrade;
        rules = describe_rules(levels, downgrade);
        const auto members = store::read_members(tx, levels, day_of(step), above, kMembersAtOnce);
        if (std::ssize(members) == kMembersAtOnce) reached = members.back().id;
        return differing(store::moves_between(tx, plan.id, above, reached),
                         moves_of(levels, downgrade, members));
    });
    auto* found = step.state().if_contains("differing");
    auto named = found ? found->as_array() : boost::json::array();
    for (const auto customer : customers)
        if (named.size() < kMostNamed) named.emplace_back(customer);
    const bool is_end = reached == std::numeric_limits<std::int64_t>::max();
    if (named.size() == kMostNamed || (is_end && !named.empty())) refuse_outdated(context, named);
    step.write([&](core::Writer&) {
        step.state()["compared"] = reached;
        step.state()["differing"] = named;
        step.state()["rules"] = rules;
        if (is_end) step.state()["phase"] = "applying";
    });
    return StepResult::more;
}

// What a move stands on, as of the transaction that makes it.
struct Rule {
    std::vector<Level> levels;
    Downgrade downgrade;
    Day day;
};

bool still_reaches(storage::Transaction& tx, const Rule& rule, const store::Move& planned) {
    const auto figures = store::figures_of(tx, rule.levels, rule.day, {planned.customer});
    const auto reached = judge(rule.levels, figures, planned.from, rule.downgrade);
    return planned.to == (reached ? std::optional(rule.levels[*reached].id) : std::nullopt);
}

// Exactly what was planned: a member who is no longer what the plan saw is left alone.
bool move(core::Writer& writer, const core::Table& customers, const Rule& rule, const store::Move& planned) {
    const auto record = writer.find(customers, planned.customer);
    if (!record) return false;
    const auto is = [&](std::string_view column, const Value& value) {
        return record->values[customers.column(column)] == value;
    };
    if (!is("status", std::string("member")) || !is("deleted_at", {}) ||
        !is("level_fixed", std::int64_t{0}) || !is("level_id", or_null(planned.from)) ||
        !still_reaches(writer.tx(), rule, planned))
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
        const Rule rule{store::read_levels(writer.tx()),
                        store::read_rules(writer.tx(), writer.registry()).downgrade, day_of(step)};
        require_same_levels(step, rule.levels);
        auto& counts = step.counts();
        for (const auto& one : moves) {
            ++counts.done;
            if (move(writer, customers, rule, one)) {
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

boost::json::object describe_rules(const std::vector<Level>& levels, Downgrade downgrade) {
    return {{"levels", describe(levels)}, {"downgrade", downgrade == Downgrade::allowed}};
}

StepResult judge_step(const Context& context, JobStep& step) {
    while (!step.should_pause()) {
        const auto phase = phase_of(step);
        if (phase == "done") return StepResult::done;
        const auto result = phase == "checking"    ? check_members(context, step)
                            : phase == "comparing" ? compare_members(context, step)
                                                   : apply_moves(context, step);
        if (result == StepResult::done) return result;
    }
    return StepResult::more;
}

}  // namespace otokui::level
