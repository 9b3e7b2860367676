#include "master/delete_job.hpp"

#include "base/problem.hpp"
#include "core/id_set.hpp"
#include "master/service.hpp"
#include "master/store.hpp"

// Takes a row from the customers who hold it, then the row itself, all in one operation. No resume point:
// whoever has been dealt with holds the row no more.
namespace otokui::master {
namespace {

using core::JobStep;
using core::StepResult;
using storage::Value;

constexpr std::int64_t kCustomers =
    50;  // in one transaction: about 20 ms, each is a row, a change and its indexes
constexpr std::int64_t kChanges = 50;

std::int64_t number(const JobStep& step, std::string_view key) {
    return step.job().parameters.at(key).as_int64();
}

Value without(const Master& master, const Value& held, std::int64_t id, std::int64_t to) {
    if (master.held == Held::reference) return to == 0 ? Value() : Value(to);
    auto ids = core::parse_set(std::get<std::string>(held));
    std::erase(ids, id);
    if (to != 0) ids.push_back(to);
    return core::format_set(std::move(ids));
}

// Locked before it is looked whether somebody has begun to hold it meanwhile (customer/references.cpp).
bool remove_unheld(core::Writer& writer, const Master& master, const core::Table& table, std::int64_t id) {
    if (!writer.find(table, id)) return true;
    if (store::is_held(writer.tx(), master, id)) return false;
    writer.remove(table, id);
    return true;
}

[[noreturn]] void refuse_gone(const Master& master) {
    throw Refused({ProblemKind::conflict,
                   "master.not_found",
                   {"付け替え先の" + master.label.ja + "が削除されたため、取りやめました。",
                    master.label.en + ": where they were to be moved has been deleted. Nothing was done."}});
}

StepResult run(const Master& master, JobStep& step) {
    const auto id = number(step, "id"), to = number(step, "to");
    bool is_gone = false;
    step.write([&](core::Writer& writer) {
        const auto& customers = writer.registry().get("customer");
        const auto& table = writer.registry().get(master.table);
        const auto column = customers.column(master.column);
        if (to != 0 && !store::find(writer.tx(), table, to)) refuse_gone(master);
        const auto holders = store::some_holders(writer.tx(), master, id, kCustomers);
        for (const auto holder : holders) {
            const auto record = writer.find(customers, holder);
            if (record)
                writer.update(customers, holder,
                              {{master.column, without(master, record->values[column], id, to)}});
        }
        const auto count = static_cast<std::int64_t>(holders.size());
        step.counts().done += count;
        step.counts().ok += count;
        step.counts().total = std::max(step.counts().total, step.counts().done);
        is_gone = count < kCustomers && remove_unheld(writer, master, table, id);
    });
    return is_gone ? StepResult::done : StepResult::more;
}

}  // namespace

std::string delete_job_of(const Master& master) { return "master.delete_" + master.code + ".v1"; }

void register_job_kinds(core::Jobs& jobs) {
    for (const auto& master : masters())
        jobs.add_kind({.name = delete_job_of(master),
                       .label = {master.label.ja + "の削除", master.label.en + ": deletion"},
                       .operation_kind = master.code + ".delete",
                       .step = [&master](JobStep& step) { return run(master, step); },
                       .revert = [](JobStep& step) { return step.revert_stretch(kChanges); }});
}

}  // namespace otokui::master
