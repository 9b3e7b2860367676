#include <set>

#include "core/settings.hpp"
#include "points/account.hpp"
#include "points/service.hpp"

// 失効: once a day, a row of the ledger for each lot that has passed its last day; and what follows a change
// of the rules.
namespace otokui::points {
namespace {

constexpr std::string_view kExpireJob = "points.expire.v1", kAlignJob = "points.align.v1";
constexpr std::int64_t kCustomersAtOnce = 25;  // some 20 ms of the writer

std::vector<std::int64_t> due_customers(storage::Transaction& tx, Moment before) {
    std::vector<std::int64_t> customers;
    tx.query(
        "SELECT customer_id FROM point_lot WHERE remaining > 0 AND expires_at IS NOT NULL AND expires_at < ? "
        "ORDER BY "
        "expires_at, customer_id LIMIT ?",
        {before.milliseconds, kCustomersAtOnce}, [&](const storage::Row& row) {
            if (std::ranges::find(customers, row.integer(0)) == customers.end())
                customers.push_back(row.integer(0));
        });
    return customers;
}

std::int64_t figure(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value ? value->as_int64() : 0;
}

core::StepResult expire_step(const Context& context, core::JobStep& step) {
    const auto before = start_of(parse_day(step.job().parameters.at("day").as_string()).value());
    const auto customers =
        context.journal.database().read([&](storage::Transaction& tx) { return due_customers(tx, before); });
    if (customers.empty()) {
        step.save_progress();
        return core::StepResult::done;
    }
    step.write([&](core::Writer& writer) {
        const auto rules = read_rules(writer.tx(), writer.registry());
        for (const auto customer : customers) {
            const auto [lots, points] = Account(writer, {customer}, rules).expire_before(before);
            auto& summary = step.summary();
            summary["customers"] = figure(summary, "customers") + (lots > 0 ? 1 : 0);
            summary["entries"] = figure(summary, "entries") + lots;
            summary["points"] = figure(summary, "points") + points;
            ++step.counts().done;
            ++step.counts().ok;
        }
    });
    return core::StepResult::more;
}

std::vector<std::int64_t> unaligned_customers(storage::Transaction& tx, std::int64_t above) {
    std::vector<std::int64_t> customers;
    tx.query(
        "SELECT customer_id FROM point_lot WHERE remaining <> 0 AND remaining > 0 AND customer_id > ? GROUP "
        "BY "
        "customer_id HAVING count(DISTINCT COALESCE(expires_at, 0)) > 1 ORDER BY customer_id LIMIT ?",
        {above, kCustomersAtOnce}, [&](const storage::Row& row) { customers.push_back(row.integer(0)); });
    return customers;
}

core::StepResult align_step(const Context& context, core::JobStep& step) {
    const auto above = figure(step.state(), "above");
    const auto customers = context.journal.database().read(
        [&](storage::Transaction& tx) { return unaligned_customers(tx, above); });
    const auto rules = context.journal.database().read(
        [&](storage::Transaction& tx) { return read_rules(tx, context.journal.registry()); });
    if (customers.empty() || rules.mode != ExpiryMode::balance) {
        step.save_progress();
        return core::StepResult::done;
    }
    step.write([&](core::Writer& writer) {
        for (const auto customer : customers) {
            const Account aligned(writer, {customer}, read_rules(writer.tx(), writer.registry()));
            ++step.counts().done;
            ++step.counts().ok;
        }
        step.state()["above"] = customers.back();
    });
    return core::StepResult::more;
}

bool take_turn(core::Writer& writer, const std::string& name) {
    return writer.execute_unjournaled(
               writer.registry().get(kRuns),
               "INSERT INTO point_run (name, at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
               {name, writer.now().milliseconds}) == 1;
}

bool has_run(storage::Transaction& tx, const std::string& name) {
    return tx.find_integer("SELECT 1 FROM point_run WHERE name = ?", {name}).has_value();
}

core::NewJob expire_job(Day day) {
    return {.kind = std::string(kExpireJob), .parameters = {{"day", format_day(day)}}};
}

}  // namespace

JobId expire(const Context& context, const core::Actor& actor, Day day) {
    actor.require("points.edit");
    return context.jobs.submit(actor, expire_job(day));
}

void run_due(const Context& context) {
    const auto today = shop_day(context.journal.now());
    const auto name = "expire " + format_day(today);
    const auto [is_on, expires, aligns] = context.journal.database().read([&](storage::Transaction& tx) {
        return std::tuple(core::settings::is_on(tx, context.journal.registry(), kFeature), !has_run(tx, name),
                          has_run(tx, "align"));
    });
    if (!is_on || (!expires && !aligns)) return;
    const core::Operation operation{core::system_actor("points"), "points.expire"};
    context.journal.write(operation, [&](core::Writer& writer) {
        const auto& runs = writer.registry().get(kRuns);
        if (writer.execute_unjournaled(runs, "DELETE FROM point_run WHERE name = 'align'", {}) == 1)
            context.jobs.submit(writer, {.kind = std::string(kAlignJob), .parameters = {}});
        if (!take_turn(writer, name)) return;
        constexpr std::chrono::days kKept{30};
        writer.execute_unjournaled(runs, "DELETE FROM point_run WHERE name <> 'align' AND at < ?",
                                   {(writer.now() + -kKept).milliseconds});
        context.jobs.submit(writer, expire_job(today));
    });
}

void register_job_kinds(core::Jobs& jobs, const Context& context) {
    jobs.add_kind({.name = std::string(kExpireJob),
                   .label = {"ポイントの失効", "Expiry of points"},
                   .operation_kind = "points.expire",
                   .step = [&context](core::JobStep& step) { return expire_step(context, step); }});
    jobs.add_kind({.name = std::string(kAlignJob),
                   .label = {"ポイント有効期限の統一", "Dates of points made one"},
                   .operation_kind = "points.align",
                   .step = [&context](core::JobStep& step) { return align_step(context, step); }});
}

}  // namespace otokui::points
