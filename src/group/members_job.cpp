#include "group/members_job.hpp"

#include <span>

#include "base/problem.hpp"
#include "core/condition.hpp"
#include "group/membership.hpp"
#include "group/service.hpp"
#include "search/service.hpp"

// Whom the condition finds is read once, in one snapshot, as ids (8 bytes a customer), then dealt with in
// short writes of one operation. A step that is taken up again asks anew and leaves alone whom it finds done.
namespace otokui::group {
namespace {

using core::JobStep;
using core::StepResult;

constexpr std::size_t kCustomers = 50;  // in one transaction: about 20 ms
constexpr std::int64_t kChanges = 50;

std::vector<CustomerId> find(const Context& context, const JobStep& step) {
    const auto& target = step.job().parameters.at("target").as_object();
    std::vector<FieldError> errors;
    const auto condition = search::parse_target(context.catalogue, target.if_contains("condition"),
                                                target.if_contains("text"), errors);
    if (!errors.empty()) core::refuse_condition(std::move(errors));
    return search::ids({context.journal.database(), context.catalogue, context.journal.clock()}, condition,
                       {}, step.job().actor, {.time = std::chrono::minutes(10), .stop = {}});
}

void change_some(JobStep& step, std::span<const CustomerId> customers, std::int64_t group, Change way) {
    step.write([&](core::Writer& writer) {
        if (way == Change::add) require_group(writer.tx(), group);
        auto& counts = step.counts();
        for (const auto customer : customers) {
            const auto outcome = change_one(writer, customer.value, group, way);
            ++(outcome == Outcome::changed ? counts.ok : counts.skipped);
            ++counts.done;
        }
    });
}

StepResult run(const Context& context, JobStep& step) {
    const auto& parameters = step.job().parameters;
    const auto group = parameters.at("group").as_int64();
    const auto way = parameters.at("act") == "add" ? Change::add : Change::remove;
    const auto found = find(context, step);
    auto& state = step.state();
    const auto* above = state.if_contains("above");
    std::int64_t last = above ? above->as_int64() : 0;
    std::vector<CustomerId> left;
    for (const auto id : found)
        if (id.value > last) left.push_back(id);
    std::ranges::sort(left, {}, &CustomerId::value);
    step.write([&](core::Writer&) { step.counts().total = step.counts().done + std::ssize(left); });
    for (std::span<const CustomerId> rest(left); !rest.empty();) {
        const auto some = rest.first(std::min(kCustomers, rest.size()));
        state["above"] = some.back().value;
        change_some(step, some, group, way);
        rest = rest.subspan(some.size());
        if (!rest.empty() && step.should_pause()) return StepResult::more;
    }
    return StepResult::done;
}

}  // namespace

void register_job_kinds(core::Jobs& jobs, const Context& context) {
    jobs.add_kind({.name = std::string(kMembersJob),
                   .label = {"グループの所属の変更", "Members of a group changed"},
                   .operation_kind = "group.members",
                   .step = [&context](JobStep& step) { return run(context, step); },
                   .revert = [](JobStep& step) { return step.revert_stretch(kChanges); }});
}

}  // namespace otokui::group
