#include "transfer/import_job.hpp"

#include "base/problem.hpp"
#include "transfer/import_apply.hpp"
#include "transfer/import_check.hpp"
#include "transfer/import_state.hpp"

namespace otokui::transfer {
namespace {

using core::JobStep;
using core::StepResult;

constexpr std::int64_t kRevertStretch = 200;  // changes taken back in one transaction

[[noreturn]] void refuse_rows(std::int64_t errors) {
    throw Refused({ProblemKind::invalid,
                   "import.rows_refused",
                   {"登録できない行が" + std::to_string(errors) + "件あるため、何も登録しませんでした。",
                    std::to_string(errors) + " rows cannot be taken, so nothing was imported."}});
}

// The check is over: offer the refused rows, then wait, give up or begin to apply. Which of them is stored
// first, so that a server that dies here does not go on otherwise.
StepResult after_check(const Context& context, JobStep& step) {
    const auto options = options_of(step.job().parameters);
    make_rejects(context, step, options);
    const bool is_refused =
        number_at(step.summary(), "error") > 0 && options.on_error == OnError::all_or_nothing;
    step.write([&](core::Writer&) {
        step.state()["phase"] = options.dry_run ? "planned" : is_refused ? "refused" : "applying";
        step.state()["line"] = 0;
        auto& counts = step.counts();
        counts.ok = 0;
        counts.skipped = number_at(step.summary(), "unchanged");
        counts.done = options.dry_run ? counts.total : counts.skipped + counts.ng;
    });
    return StepResult::more;
}

// A plan made by a dry run begins where that ended.
void begin_plan(const Context& context, JobStep& step) {
    const auto planned = context.jobs.get(plan_of(step.job()));
    step.write([&](core::Writer&) {
        step.state()["phase"] = "applying";
        step.summary() = planned.summary;
        step.summary().erase("applied_by");
        step.counts() = planned.counts;
        step.counts().done = planned.counts.skipped + planned.counts.ng;
    });
}

StepResult import_step(const Context& context, JobStep& step) {
    if (step.job().parameters.contains("plan") && !step.state().contains("phase")) begin_plan(context, step);
    const auto phase = text_at(step.state(), "phase", "checking");
    if (phase == "checking") return check_file(context, step);
    if (phase == "rejects") return after_check(context, step);
    if (phase == "refused") refuse_rows(number_at(step.summary(), "error"));
    if (phase == "applying") return apply_rows(context, step);
    return StepResult::done;
}

}  // namespace

std::string import_kind_name(Kind kind) {
    return std::string(kImportPrefix) + std::string(name_of(kind)) + ".v1";
}

JobId plan_of(const core::Job& job) {
    const auto* plan = job.parameters.if_contains("plan");
    return plan ? JobId{plan->as_int64()} : job.id;
}

void register_import_kinds(core::Jobs& jobs, const Context& context) {
    const auto add = [&](Kind kind, Text label, std::string operation) {
        jobs.add_kind({.name = import_kind_name(kind),
                       .label = std::move(label),
                       .operation_kind = std::move(operation),
                       .step = [&context](JobStep& step) { return import_step(context, step); },
                       .revert = [](JobStep& step) { return step.revert_stretch(kRevertStretch); }});
    };
    add(Kind::customers, {"顧客CSV登録", "Import of customers"}, "customer.import");
    add(Kind::addresses, {"お届け先CSV登録", "Import of delivery addresses"}, "address.import");
    add(Kind::orders, {"受注CSV登録", "Import of orders"}, "order.import");
    add(Kind::points, {"ポイントCSV登録", "Import of points"}, "points.import");
}

}  // namespace otokui::transfer
