#include "level/service.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/problem.hpp"
#include "core/id_cursor.hpp"
#include "core/record_json.hpp"
#include "core/settings.hpp"
#include "customer/types.hpp"
#include "level/judge_job.hpp"
#include "level/store.hpp"

namespace otokui::level {
namespace {

using boost::json::object;
using boost::json::value;

constexpr std::string_view kRight = "level.edit";
constexpr std::int64_t kRevertAtOnce = 200;
const std::string kMaster = "member_level";

core::NewJob new_job(Day day, Mode mode) {
    return {.kind = std::string(kJudgeJob),
            .parameters = {{"date", format_day(day)}, {"dry_run", mode == Mode::dry_run}}};
}

void require_levels(storage::Transaction& tx) {
    if (tx.find_integer("SELECT 1 FROM member_level LIMIT 1")) return;
    throw Refused({ProblemKind::conflict,
                   "level.none",
                   {"会員レベルが登録されていません。", "There are no member levels."}});
}

core::Job get_job(const Context& context, JobId id) {
    if (auto job = context.jobs.find(id); job && job->kind == kJudgeJob) return *std::move(job);
    throw Refused({ProblemKind::not_found,
                   "level.no_judgement",
                   {"会員レベルの判定が見つかりません。", "There is no such judging of levels."}});
}

[[noreturn]] void refuse_plan(const char* code, Text detail) {
    throw Refused({ProblemKind::conflict, code, std::move(detail)});
}

[[noreturn]] void refuse_applied() {
    refuse_plan("job.already_applied", {"すでに反映されています。", "It has been applied already."});
}

void require_plan(const core::Job& job) {
    if (job.parameters.contains("plan") || !job.parameters.at("dry_run").as_bool())
        refuse_plan("job.not_a_dry_run",
                    {"このジョブは確認だけのものではありません。", "This was no dry run."});
    if (job.summary.contains("applied_by")) refuse_applied();
    if (job.status != core::JobStatus::done)
        refuse_plan("job.not_finished", {"確認がまだ終わっていないか、取り消されています。",
                                         "The check has not ended, or was cancelled."});
}

void require_same_rules(storage::Transaction& tx, const core::Job& plan) {
    if (plan.state.at("levels") == value(describe(store::read_levels(tx)))) return;
    refuse_plan("level.rules_changed",
                {"確認のあとに会員レベルの条件が変更されました。もう一度確認してください。",
                 "The levels have changed since the check. Check again."});
}

void require_same_members(storage::Transaction& tx, JobId plan) {
    constexpr std::int64_t kMostNamed = 100;
    boost::json::array conflicts;
    tx.query(
        "SELECT m.customer_id, c.number FROM level_move m LEFT JOIN customer c ON c.id = m.customer_id WHERE "
        "m.job_id "
        "= ? AND (c.id IS NULL OR c.status <> 'member' OR c.deleted_at IS NOT NULL OR c.level_fixed <> 0 OR "
        "COALESCE(c.level_id, 0) <> COALESCE(m.from_level, 0)) ORDER BY m.customer_id LIMIT ?",
        {plan.value, kMostNamed}, [&](const storage::Row& row) {
            conflicts.push_back(
                object{{"customer", std::to_string(row.integer(0))}, {"number", row.text(1)}});
        });
    if (conflicts.empty()) return;
    Problem problem{ProblemKind::conflict,
                    "job.plan_outdated",
                    {"確認のあとに変更された会員がいます。もう一度確認してください。",
                     "Members have changed since the check. Check again."}};
    problem.extra["conflicts"] = std::move(conflicts);
    throw Refused(std::move(problem));
}

value id_json(const value& id) { return id.is_null() ? value() : value(std::to_string(id.as_int64())); }
value id_json(std::optional<std::int64_t> id) { return id ? value(std::to_string(*id)) : value(); }
value name_json(core::Masters& masters, std::optional<std::int64_t> id) {
    return id ? value(masters.name(kMaster, *id)) : value();
}

std::int64_t number_in(const object& from, std::string_view key) {
    const auto* found = from.if_contains(key);
    return found && found->is_int64() ? found->as_int64() : 0;
}

object move_json(storage::Transaction& tx, core::Masters& masters, const store::Move& move) {
    object json{{"customer", std::to_string(move.customer)},
                {"number", nullptr},
                {"name", nullptr},
                {"from", id_json(move.from)},
                {"from_name", name_json(masters, move.from)},
                {"to", id_json(move.to)},
                {"to_name", name_json(masters, move.to)},
                {"total", move.figures.total},
                {"count", move.figures.count},
                {"outcome", move.outcome}};
    tx.query("SELECT number, family_name, given_name FROM customer WHERE id = ?", {move.customer},
             [&](const storage::Row& row) {
                 std::string name(row.text(1));
                 if (!name.empty() && !row.text(2).empty()) name += ' ';
                 name += row.text(2);
                 json["number"] = row.text(0);
                 if (!name.empty()) json["name"] = name;
             });
    return json;
}

// A row of level_run that was made on a later day than today was made by a clock that ran ahead: it does not
// count, or its day would never be judged.
std::int64_t no_later_than(Day today) { return start_of(add_days(today, 1)).milliseconds - 1; }

// Whether this server is the one that deals with the 判定日.
bool take_turn(core::Writer& writer, Day day, Day today) {
    return writer.execute_unjournaled(writer.registry().get(kRuns),
                                      "INSERT INTO level_run (day, at) VALUES (?, ?) ON CONFLICT (day) DO "
                                      "UPDATE SET at = excluded.at WHERE level_run.at > ?",
                                      {format_day(day), writer.now().milliseconds, no_later_than(today)}) ==
           1;
}

bool is_dealt_with(storage::Transaction& tx, Day day, Day today) {
    return tx
        .find_integer("SELECT 1 FROM level_run WHERE day = ? AND at <= ?",
                      {format_day(day), no_later_than(today)})
        .has_value();
}

// By hand or by itself, as of that day or a later one.
bool is_judged_since(storage::Transaction& tx, Day day) {
    bool found = false;
    tx.query(
        "SELECT parameters FROM job WHERE kind = ? AND created_at >= ? AND status NOT IN ('failed', "
        "'cancelled')",
        {std::string(kJudgeJob), start_of(day).milliseconds}, [&](const storage::Row& row) {
            if (row.text(0).empty()) return;  // an erasure empties what quotes a person
            const auto parameters = boost::json::parse(row.text(0)).as_object();
            found = found || (!parameters.at("dry_run").as_bool() &&
                              parse_day(parameters.at("date").as_string()).value() >= day);
        });
    return found;
}

bool are_rules_older_than(storage::Transaction& tx, Day day) {
    const auto row = core::settings::find(tx, kSettings);
    if (!row) return true;
    const auto changed = tx.find_integer(
        "SELECT o.at FROM change c JOIN operation o ON o.id = c.operation_id WHERE c.table_name = 'setting' "
        "AND c.row_id = ? ORDER BY c.id DESC LIMIT 1",
        {row->id});
    return shop_day({changed.value_or(0)}) <= day;
}

/// What a 判定日 that has come still wants.
struct Due {
    Day day;
    bool is_judged = true;  // or only its row, so that nobody comes back to it
};

// The last 判定日 until today. One that went by is made up for where levels have been judged by themselves
// before, by rules that stood already. While there is nothing to judge, or it has been judged by hand, it is
// crossed off.
std::optional<Due> find_due(storage::Transaction& tx, const core::Registry& registry, Day today) {
    const auto last = last_due(store::read_rules(tx, registry).schedule, today);
    if (!last || is_dealt_with(tx, *last, today)) return std::nullopt;
    const bool can_judge = core::settings::is_on(tx, registry, customer::kLevels) &&
                           tx.find_integer("SELECT 1 FROM member_level LIMIT 1");
    if (*last == today) return can_judge ? std::optional(Due{today}) : std::nullopt;
    if (!tx.find_integer("SELECT 1 FROM level_run LIMIT 1") || !are_rules_older_than(tx, *last))
        return std::nullopt;
    return Due{*last, can_judge && !is_judged_since(tx, *last)};
}

}  // namespace

JobId judge(const Context& context, const core::Actor& actor, Day day, Mode mode) {
    actor.require(kRight);
    context.journal.database().read([](storage::Transaction& tx) { require_levels(tx); });
    return context.jobs.submit(actor, new_job(day, mode));
}

JobId apply_plan(const Context& context, const core::Actor& actor, JobId plan) {
    actor.require(kRight);
    const auto job = get_job(context, plan);
    require_plan(job);
    return context.journal.write({.actor = actor}, [&](core::Writer& writer) {
        require_same_rules(writer.tx(), job);
        require_same_members(writer.tx(), plan);
        auto next = new_job(parse_day(job.parameters.at("date").as_string()).value(), Mode::apply);
        next.parameters["plan"] = plan.value;
        next.total = number_in(job.summary, "moved");
        const auto id = context.jobs.submit(writer, next);
        auto summary = job.summary;
        summary["applied_by"] = id.value;
        const auto taken = writer.execute_unjournaled(
            writer.registry().get("job"),
            "UPDATE job SET summary = ? WHERE id = ? AND summary NOT LIKE '%\"applied_by\":%'",
            {boost::json::serialize(summary), plan.value});
        if (taken == 0) refuse_applied();
        return id;
    });
}

object get_judgement(const Context& context, const core::Actor& actor, JobId id) {
    actor.require(kRight);
    const auto job = get_job(context, id);
    // A job that applies a dry run has found nothing of its own.
    const auto plan = plan_of(job) == id ? job : get_job(context, plan_of(job));
    return context.journal.database().read([&](storage::Transaction& tx) {
        core::Masters masters(tx);
        boost::json::array transitions;
        if (const auto* found = plan.summary.if_contains("transitions"))
            for (const auto& one : found->as_array()) {
                const auto level = [&](const char* key) {
                    const auto& level_id = one.at(key);
                    return level_id.is_null() ? std::nullopt : std::optional(level_id.as_int64());
                };
                transitions.push_back(object{{"from", id_json(one.at("from"))},
                                             {"from_name", name_json(masters, level("from"))},
                                             {"to", id_json(one.at("to"))},
                                             {"to_name", name_json(masters, level("to"))},
                                             {"count", one.at("count")}});
            }
        const auto* applied_by = job.summary.if_contains("applied_by");
        return object{{"job", std::to_string(id.value)},
                      {"date", job.parameters.at("date")},
                      {"status", core::name_of(job.status)},
                      {"dry_run", job.parameters.at("dry_run")},
                      {"applied_by", applied_by ? id_json(*applied_by) : value()},
                      {"judged", number_in(plan.summary, "judged")},
                      {"moved", number_in(plan.summary, "moved")},
                      {"skipped", job.counts.skipped},
                      {"transitions", std::move(transitions)}};
    });
}

Page list_moves(const Context& context, const core::Actor& actor, JobId id, const std::string& cursor,
                int limit) {
    actor.require(kRight);
    const auto plan = plan_of(get_job(context, id));
    const auto above = core::id_above(cursor);
    return context.journal.database().read([&](storage::Transaction& tx) {
        core::Masters masters(tx);
        Page page;
        auto moves = store::read_moves(tx, plan, above, limit + 1);
        if (std::ssize(moves) > limit) {
            moves.pop_back();
            page.next_cursor = std::to_string(moves.back().customer);
        }
        for (const auto& move : moves) page.items.push_back(move_json(tx, masters, move));
        return page;
    });
}

void run_due(const Context& context) {
    const auto today = shop_day(context.journal.now());
    const auto due = context.journal.database().read(
        [&](storage::Transaction& tx) { return find_due(tx, context.journal.registry(), today); });
    if (!due) return;
    context.journal.write({core::system_actor("levels"), "level.judge"}, [&](core::Writer& writer) {
        if (take_turn(writer, due->day, today) && due->is_judged)
            context.jobs.submit(writer, new_job(due->day, Mode::apply));
    });
}

void remove_old_plans(const Context& context) {
    constexpr std::int64_t kStretch = 2'000;
    constexpr std::chrono::days kKept{7};
    for (std::int64_t gone = 1; gone > 0;)
        gone = context.journal.housekeeping(
            [&](core::Writer& writer) {
                return writer.execute_unjournaled(writer.registry().get(kMoves),
                                                  "DELETE FROM level_move WHERE id IN (SELECT m.id FROM "
                                                  "level_move m JOIN job j ON j.id = m.job_id "
                                                  "WHERE j.finished_at < ? LIMIT ?)",
                                                  {(writer.now() + -kKept).milliseconds, kStretch});
            },
            storage::Priority::background);
}

void register_job_kinds(core::Jobs& jobs, const Context& context) {
    jobs.add_kind({.name = std::string(kJudgeJob),
                   .label = {"会員レベルの判定", "Judging of member levels"},
                   .operation_kind = "level.judge",
                   .step = [&context](core::JobStep& step) { return judge_step(context, step); },
                   .revert = [](core::JobStep& step) { return step.revert_stretch(kRevertAtOnce); }});
}

}  // namespace otokui::level
