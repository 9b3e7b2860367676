#include "level/verify.hpp"

#include <boost/json/parse.hpp>
#include <optional>

#include "level/judge_job.hpp"
#include "level/rules.hpp"
#include "level/store.hpp"
#include "level/types.hpp"

namespace otokui::level {
namespace {

constexpr std::int64_t kMostFindings = 20;
constexpr std::int64_t kMembersAtOnce = 2'000;
constexpr std::int64_t kSlack = 60'000;  // ms: transactions that were open when a judging began

// The last judging that was done to its end.
struct Judgement {
    Day day;
    std::int64_t operation = 0;
    std::int64_t first_change = 0;  // of the journal, since it began
    boost::json::object state;
};

// An erasure empties jobs that quote the person.
boost::json::object object_of(std::string_view text) {
    return text.empty() ? boost::json::object() : boost::json::parse(text).as_object();
}

std::int64_t first_change_since(storage::Transaction& tx, std::int64_t moment) {
    const auto first = tx.find_integer(
        "SELECT first_change FROM journal_entry WHERE at >= ? ORDER BY at, id LIMIT 1", {moment});
    return first.value_or(0);
}

std::optional<Judgement> last_judgement(storage::Transaction& tx) {
    std::optional<Judgement> last;
    std::int64_t began = 0;
    tx.query(
        "SELECT parameters, state, COALESCE(operation_id, 0), started_at FROM job WHERE kind = ? AND status "
        "= "
        "'done' AND started_at IS NOT NULL ORDER BY id",
        {std::string(kJudgeJob)}, [&](const storage::Row& row) {
            const auto parameters = object_of(row.text(0));
            const auto* dry_run = parameters.if_contains("dry_run");
            if (!dry_run || dry_run->as_bool()) return;
            last = Judgement{.day = parse_day(parameters.at("date").as_string()).value(),
                             .operation = row.integer(2),
                             .state = object_of(row.text(1))};
            began = row.integer(3);
        });
    if (last) last->first_change = first_change_since(tx, began - kSlack);
    return last;
}

// Whoever bought, was edited or moved by hand since stands as somebody wanted it.
bool has_changed_since(storage::Transaction& tx, const Judgement& judgement, std::int64_t customer) {
    return tx
        .find_integer("SELECT 1 FROM change WHERE customer_id = ? AND id >= ? AND operation_id <> ? LIMIT 1",
                      {customer, judgement.first_change, judgement.operation})
        .has_value();
}

std::string named(const std::vector<Level>& levels, std::optional<std::int64_t> id) {
    for (const auto& level : levels)
        if (level.id == id) return level.name;
    return "none";
}

// Members as the last judging left them, judged anew. Where levels or rules have changed since, or the row of
// the job is gone, there is nothing to compare with.
void judge_anew(storage::Transaction& tx, const core::Registry& registry,
                std::vector<std::string>& findings) {
    const auto judgement = last_judgement(tx);
    if (!judgement) return;
    const auto levels = store::read_levels(tx);
    const auto downgrade = store::read_rules(tx, registry).downgrade;
    const auto* same = judgement->state.if_contains("rules");
    if (!same || *same != boost::json::value(describe_rules(levels, downgrade))) return;
    std::int64_t above = 0;
    for (auto members = store::read_members(tx, levels, judgement->day, above, kMembersAtOnce);
         !members.empty(); members = store::read_members(tx, levels, judgement->day, above, kMembersAtOnce)) {
        for (const auto& member : members) {
            const auto reached = judge(levels, member.figures, member.held, downgrade);
            const auto due = reached ? std::optional(levels[*reached].id) : std::nullopt;
            if (due == member.held || has_changed_since(tx, *judgement, member.id)) continue;
            findings.push_back("customer " + std::to_string(member.id) + ": holds level " +
                               named(levels, member.held) + ", the judging of " + format_day(judgement->day) +
                               " gives " + named(levels, due));
            if (std::ssize(findings) >= kMostFindings) return;
        }
        above = members.back().id;
    }
}

}  // namespace

std::vector<std::string> verify_levels(storage::Transaction& tx, const core::Registry& registry) {
    std::vector<std::string> findings;
    const auto find = [&](std::string_view condition, std::string_view what) {
        tx.query(
            "SELECT c.id FROM customer c WHERE c.level_id IS NOT NULL AND " + std::string(condition) +
                " ORDER BY c.id LIMIT ?",
            {kMostFindings}, [&](const storage::Row& row) {
                findings.push_back("customer " + std::to_string(row.integer(0)) + ": " + std::string(what));
            });
    };
    find("NOT EXISTS (SELECT 1 FROM member_level l WHERE l.id = c.level_id)",
         "holds a level that is not there");
    find("c.status <> 'member'", "holds a level and is no member");
    if (findings.empty()) judge_anew(tx, registry, findings);
    return findings;
}

}  // namespace otokui::level
