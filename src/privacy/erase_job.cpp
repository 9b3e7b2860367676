#include "privacy/erase_job.hpp"

#include <boost/json/array.hpp>
#include <chrono>
#include <thread>

#include "base/problem.hpp"
#include "privacy/person.hpp"

// The phases, in their order, and why: what quotes the person is looked for while his own values can still be
// read; then his rows, his history, the files that may hold him; at last what the engine keeps of rows that
// are gone.
namespace otokui::privacy {
namespace {

using core::JobStep;
using core::StepResult;

constexpr std::int64_t kRows = 100;     // emptied in one transaction
constexpr std::int64_t kChanges = 200;  // of the journal
constexpr int kMostTries = 40;          // of cutting the log while readers are in the way
constexpr std::chrono::milliseconds kPause{250};

std::int64_t customer_of(const JobStep& step) { return step.job().parameters.at("customer").as_int64(); }

bool quotes_people(const core::Table& table) {
    return table.customer_column.empty() && table.on_erase != core::OnErase::not_personal;
}

bool holds_a_person(const core::Table& table) {
    return !table.customer_column.empty() && table.on_erase != core::OnErase::not_personal &&
           table.name != "change";  // the journal's own values go in a phase of their own
}

void count(JobStep& step, std::string_view what, std::int64_t rows) {
    auto& value = step.summary()[what];
    value = (value.is_int64() ? value.as_int64() : 0) + rows;
}

void go_to(JobStep& step, std::string_view phase) {
    step.write([&](core::Writer&) { step.state()["phase"] = phase; });
}

// A job that lost what it was asked for would do something else, write all customers into a file for one: it
// must not go on.
void cancel_unfinished(const Context& context, JobId id) {
    const auto job = context.jobs.find(id);
    const bool is_over = !job || job->finished_at;
    if (is_over) return;
    try {
        context.jobs.cancel(id);
    } catch (const Refused&) {
        // It has ended meanwhile.
    }
}

Traces read_traces(const Context& context, const JobStep& step) {
    return context.journal.database().read([&](storage::Transaction& tx) {
        return traces_of(tx, context.journal.registry(), customer_of(step));
    });
}

using FindQuoting = std::vector<std::int64_t> (*)(storage::Transaction&, const Traces&, std::int64_t above,
                                                  std::int64_t most);

using Empty = void (*)(core::Writer&, std::int64_t id);

void empty_change(core::Writer& writer, std::int64_t id) {
    writer.execute_unjournaled(
        writer.registry().get("change"),
        "UPDATE change SET old_values = NULL, new_values = NULL, salt = NULL WHERE id = ?", {id});
}

void empty_reason(core::Writer& writer, std::int64_t id) {
    writer.execute_unjournaled(writer.registry().get("operation"),
                               "UPDATE operation SET reason = '' WHERE id = ?", {id});
}

void erase_in_journal(const Context& context, JobStep& step, const Traces& traces, FindQuoting find,
                      Empty empty, std::string_view counted_as) {
    for (std::int64_t above = 0;;) {
        const auto ids = context.journal.database().read(
            [&](storage::Transaction& tx) { return find(tx, traces, above, kRows); });
        if (ids.empty()) return;
        step.write([&](core::Writer& writer) {
            for (const auto id : ids) empty(writer, id);
            count(step, counted_as, static_cast<std::int64_t>(ids.size()));
        });
        above = ids.back();
    }
}

void erase_quoting_rows(const Context& context, JobStep& step, const Traces& traces,
                        const core::Table& table) {
    for (std::int64_t above = 0;;) {
        const auto ids = context.journal.database().read(
            [&](storage::Transaction& tx) { return quoting_rows(tx, table, traces, above, kRows); });
        if (ids.empty()) return;
        if (table.name == "job")
            for (const auto id : ids)
                if (id != step.job().id.value) cancel_unfinished(context, {id});
        step.write([&](core::Writer& writer) {
            for (const auto id : ids)
                if (table.name != "job" || id != step.job().id.value) writer.erase(table, id);
            count(step, "quotes", static_cast<std::int64_t>(ids.size()));
        });
        above = ids.back();
    }
}

// First of all: whoever is deleted is written to no more, so that nothing comes in behind what is emptied.
void close_record(const Context& context, JobStep& step) {
    const auto& customers = context.journal.registry().get("customer");
    step.write([&](core::Writer& writer) {
        const auto before = writer.find(customers, customer_of(step));
        if (!before) return;
        core::Assignments marks;
        if (storage::is_null(before->values[customers.column("erased_at")]))
            marks.emplace_back("erased_at", writer.now().milliseconds);
        if (storage::is_null(before->values[customers.column("deleted_at")])) {
            marks.emplace_back("deleted_at", writer.now().milliseconds);
            marks.emplace_back("delete_cause", std::string("staff"));
        }
        if (marks.empty()) return;
        writer.update(customers, customer_of(step), marks);
        writer.registry().remove(writer, customer_of(step));  // open grants of coupons end
    });
}

StepResult erase_quotes(const Context& context, JobStep& step) {
    close_record(context, step);
    const auto traces = read_traces(context, step);
    for (const auto& table : context.journal.registry().tables())
        if (quotes_people(table)) erase_quoting_rows(context, step, traces, table);
    const auto sealed = context.forget_sealed([&](std::string_view text) { return traces.stand_in(text); });
    step.write([&](core::Writer&) { count(step, "quotes", sealed); });
    // What was kept of a row that quoted the person, also of one that is long gone; and why something was
    // done with several customers: with his alone it goes with his history.
    erase_in_journal(context, step, traces, quoting_changes, empty_change, "changes");
    erase_in_journal(context, step, traces, quoting_operations, empty_reason, "quotes");
    go_to(step, "rows");
    return StepResult::more;
}

// Rows outside the journal go by their owner alone: not all of them have an id.
void remove_rows_of(JobStep& step, const core::Table& table) {
    step.write([&](core::Writer& writer) {
        count(step, "rows",
              writer.execute_unjournaled(
                  table, "DELETE FROM " + table.name + " WHERE " + table.customer_column + " = ?",
                  {customer_of(step)}));
    });
}

// The customer's own row comes last: until then a killed job can still tell whom it is about.
void erase_rows_of(const Context& context, JobStep& step, const core::Table& table) {
    if (table.keep == core::Keep::no_journal && table.on_erase == core::OnErase::remove)
        return remove_rows_of(step, table);
    for (std::int64_t above = 0;;) {
        const auto ids = context.journal.database().read(
            [&](storage::Transaction& tx) { return owned_rows(tx, table, customer_of(step), above, kRows); });
        if (ids.empty()) return;
        step.write([&](core::Writer& writer) {
            for (const auto id : ids) writer.erase(table, id);
            count(step, "rows", static_cast<std::int64_t>(ids.size()));
        });
        above = ids.back();
    }
}

StepResult erase_rows(const Context& context, JobStep& step) {
    const auto& customers = context.journal.registry().get("customer");
    for (const auto& table : context.journal.registry().tables())
        if (holds_a_person(table) && &table != &customers) erase_rows_of(context, step, table);
    step.write([&](core::Writer& writer) {
        const auto id = customer_of(step);
        if (writer.find(customers, id)) writer.erase(customers, id);
        count(step, "rows", 1);
        step.state()["phase"] = "history";
    });
    return StepResult::more;
}

StepResult erase_history(JobStep& step) {
    bool is_done = false;
    step.write([&](core::Writer& writer) {
        const auto changes = writer.erase_history(customer_of(step), kChanges);
        count(step, "changes", changes);
        is_done = changes == 0;
        if (is_done) step.state()["phase"] = "files";
    });
    return StepResult::more;
}

StepResult erase_files(const Context& context, JobStep& step) {
    const auto removed = context.files.remove_made_before(step.job().created_at);
    step.write([&](core::Writer&) {
        count(step, "files", removed);
        step.state()["phase"] = "index";
    });
    return StepResult::more;
}

StepResult clean_index(const Context& context, JobStep& step) {
    bool has_more = false;
    step.write([&](core::Writer& writer) {
        has_more = context.clean_index(writer);
        if (!has_more) step.state()["phase"] = "storage";
    });
    return StepResult::more;
}

StepResult scrub(const Context& context, JobStep& step) {
    std::vector<std::string> tables{"change",     "operation",   "customer_text_search",
                                    "file_chunk", "stored_file", "access_search"};
    for (const auto& table : context.journal.registry().tables())
        if (holds_a_person(table) || quotes_people(table)) tables.push_back(table.name);
    auto scrubbed = storage::Scrubbed::not_yet;
    for (int tries = 0; scrubbed == storage::Scrubbed::not_yet && tries < kMostTries && !step.should_pause();
         ++tries) {
        scrubbed = context.journal.database().scrub(tables);
        if (scrubbed == storage::Scrubbed::not_yet) std::this_thread::sleep_for(kPause);
    }
    // Somebody reads all the time (the log is cut at the next chance), or a table is too large to be written
    // anew while people work: the summary says so.
    step.write([&](core::Writer&) {
        step.summary()["scrubbed"] = scrubbed == storage::Scrubbed::everywhere;
        step.state()["phase"] = "done";
        step.counts().done = step.counts().total = step.counts().ok = 1;
    });
    return StepResult::done;
}

}  // namespace

StepResult erase_step(const Context& context, JobStep& step) {
    const auto* stored = step.state().if_contains("phase");
    const std::string phase(stored ? std::string_view(stored->as_string()) : "quotes");
    if (phase == "quotes") return erase_quotes(context, step);
    if (phase == "rows") return erase_rows(context, step);
    if (phase == "history") return erase_history(step);
    if (phase == "files") return erase_files(context, step);
    if (phase == "index") return clean_index(context, step);
    if (phase == "storage") return scrub(context, step);
    return StepResult::done;
}

}  // namespace otokui::privacy
