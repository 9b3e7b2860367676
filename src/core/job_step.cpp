#include <boost/json/serialize.hpp>
#include <limits>

#include "core/jobs.hpp"
#include "core/undo.hpp"

namespace otokui::core {

JobStep::JobStep(Journal& journal, FileStore& files, Job job, std::string operation_kind, std::int64_t fence,
                 std::chrono::seconds lease, std::function<bool()> shutting_down,
                 std::function<void(const Job&)> on_progress)
    : journal_(journal),
      files_(files),
      job_(std::move(job)),
      operation_kind_(std::move(operation_kind)),
      fence_(fence),
      lease_(lease),
      shutting_down_(std::move(shutting_down)),
      on_progress_(std::move(on_progress)),
      written_operation_(job_.operation) {}

Operation JobStep::operation() const {
    return {.actor = job_.actor, .kind = operation_kind_, .job = job_.id};
}

void JobStep::save(Writer& writer, Progressed progressed) {
    const auto& table = writer.registry().get("job");
    const auto& counts = job_.counts;
    const auto operation =
        written_operation_.value == 0 ? storage::Value() : storage::Value(written_operation_.value);
    const auto lease_until = job_.status == JobStatus::running
                                 ? (writer.now() + std::chrono::milliseconds(lease_)).milliseconds
                                 : 0;
    const auto saved = writer.execute_unjournaled(
        table,
        "UPDATE job SET status = ?, state = ?, summary = ?, problem = ?, stopping = ?, done = ?, total = ?, "
        "ok = ?, ng = "
        "?, skipped = ?,"
        " operation_id = ?, lease_until = ?, attempts = attempts * ? WHERE id = ? AND fence = ? AND status = "
        "'running'",
        {std::string(name_of(job_.status)), boost::json::serialize(job_.state),
         boost::json::serialize(job_.summary), boost::json::serialize(job_.problem), job_.stopping,
         counts.done, counts.total, counts.ok, counts.ng, counts.skipped, operation, lease_until,
         static_cast<std::int64_t>(progressed), job_.id.value, fence_});
    if (saved == 0) throw LeaseLost();
    cancel_seen_ =
        writer.tx()
            .find_integer("SELECT 1 FROM job WHERE id = ? AND cancel_requested = 1", {job_.id.value})
            .has_value();
}

StepResult JobStep::revert_stretch(std::int64_t most) {
    if (!job_.operation) return StepResult::done;
    const auto number = [&](const char* key, std::int64_t otherwise) {
        const auto* value = job_.state.if_contains(key);
        return value ? value->as_int64() : otherwise;
    };
    const auto below = number("revert_below", std::numeric_limits<std::int64_t>::max());
    if (below == 0) return StepResult::done;
    const Operation undoing{
        .actor = job_.actor, .kind = "operation.undo", .job = job_.id, .undoes = job_.operation};
    const OperationId begun{number("revert_operation", 0)};
    run(undoing, begun, [&](Writer& writer) {
        std::vector<UndoConflict> conflicts;
        job_.state["revert_below"] = undo_stretch(writer, job_.operation, below, most, conflicts);
        job_.state["revert_operation"] = writer.operation().value;
        auto& not_reverted = job_.summary["not_reverted"];
        not_reverted = (not_reverted.is_int64() ? not_reverted.as_int64() : 0) +
                       static_cast<std::int64_t>(conflicts.size());
    });
    return job_.state["revert_below"].as_int64() == 0 ? StepResult::done : StepResult::more;
}

}  // namespace otokui::core
