#include "history/tables.hpp"

#include "core/columns.hpp"
#include "core/journal_chain.hpp"
#include "core/undo.hpp"
#include "history/conflicts.hpp"
#include "history/service.hpp"

namespace otokui::history {
namespace {

using core::Privacy;
using core::columns::bytes;
using core::columns::number;
using core::columns::optional_bytes;
using core::columns::optional_number;
using core::columns::text;

// Changes taken back in one transaction: about 20 ms of the single writer.
constexpr std::int64_t kStretch = 200;

// Rows changed since are left as they are, counted and kept to be shown.
core::StepResult undo_step(core::JobStep& step) {
    auto operation = step.operation();
    operation.undoes = {step.job().parameters.at("operation").as_int64()};
    const auto* resume = step.state().if_contains("below");
    const auto below = resume ? resume->as_int64() : std::numeric_limits<std::int64_t>::max();
    if (below == 0) return core::StepResult::done;
    step.write_as(operation, [&](core::Writer& writer) {
        std::vector<core::UndoConflict> conflicts;
        step.state()["below"] = core::undo_stretch(writer, operation.undoes, below, kStretch, conflicts);
        auto& counts = step.counts();
        counts.done = std::min(counts.done + kStretch, counts.total);
        counts.skipped += keep_conflicts(writer, step.job().id, conflicts);
        counts.ok = counts.done - counts.skipped;
    });
    return step.state().at("below").as_int64() == 0 ? core::StepResult::done : core::StepResult::more;
}

}  // namespace

void register_job_kinds(core::Jobs& jobs) {
    jobs.add_kind({.name = std::string(kUndoJob),
                   .label = {"操作を元に戻す", "Undo of an operation"},
                   .operation_kind = "operation.undo",
                   .step = undo_step,
                   .revert = [](core::JobStep& step) { return step.revert_stretch(kStretch); }});
}

void register_tables(core::Registry& registry) {
    const auto the_journal = "it is the journal";
    registry.add(
        {.name = "operation",
         .label = {"操作", "Operation"},
         .columns = {number("at"), text("kind"), optional_number("staff_id"), optional_number("token_id"),
                     text("actor"), text("ip"), text("screen"), text("reason"), optional_number("job_id"),
                     optional_number("undoes"), number("change_count")},
         .keep = core::Keep::no_journal,
         .why_not_journaled = the_journal});
    registry.add(
        {.name = "change",
         .label = {"変更", "Change"},
         .columns = {number("operation_id"), text("table_name"), number("row_id"),
                     optional_number("customer_id"), text("act"), bytes("digest"), optional_bytes("salt"),
                     text("old_values", Privacy::personal), text("new_values", Privacy::personal)},
         .keep = core::Keep::no_journal,
         .why_not_journaled = the_journal,
         .customer_column = "customer_id",
         .on_erase = core::OnErase::blank_personal,
         .on_merge = core::OnMerge::survivor,
         .in_disclosure = true});
    registry.add({.name = "journal_entry",
                  .label = {"変更の連鎖", "Chain of changes"},
                  .columns = {number("operation_id"), number("at"), number("first_change"),
                              number("last_change"), bytes("hash")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = the_journal});
    registry.add({.name = "journal_head",
                  .label = {"連鎖の終わり", "End of the chain"},
                  .columns = {bytes("hash")},
                  .keep = core::Keep::no_journal,
                  .why_not_journaled = the_journal});
    register_conflicts(registry);
    registry.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
    registry.add_verification({"変更履歴の連鎖", core::verify_chain});
}

}  // namespace otokui::history
