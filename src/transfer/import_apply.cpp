#include "transfer/import_apply.hpp"

#include <time.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <chrono>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include "base/problem.hpp"
#include "transfer/customers_ahead.hpp"
#include "transfer/import_job.hpp"
#include "transfer/import_state.hpp"
#include "transfer/lookup.hpp"
#include "transfer/pipe.hpp"

namespace otokui::transfer {
namespace {

using core::JobStep;
using core::StepResult;
using Rows = std::vector<StagedRow>;

constexpr std::int64_t kReadAtOnce = 500;
constexpr std::size_t kMostWaiting = 4;  // such stretches between reading and applying

Apply apply_of(Kind kind) {
    switch (kind) {
        case Kind::customers:
            return apply_customers;
        case Kind::addresses:
            return apply_addresses;
        case Kind::orders:
            return apply_orders;
        case Kind::points:
            return apply_points;
    }
    return nullptr;
}

[[noreturn]] void refuse_changed(const Rows& rows) {
    Problem problem{ProblemKind::conflict,
                    "job.plan_outdated",
                    {"確認のあとに変更された行があるため、登録を取りやめました。",
                     "Rows have changed since the check; nothing is imported."}};
    boost::json::array conflicts;
    for (const auto& row : rows)
        if (row.outcome == Outcome::error)
            conflicts.push_back(boost::json::object{{"line", row.line},
                                                    {"record", std::to_string(row.record)},
                                                    {"code", row.errors.back().code}});
    problem.extra["conflicts"] = std::move(conflicts);
    throw Refused(std::move(problem));
}

void note(core::Writer& writer, JobId plan, const Rows& rows, bool all_done) {
    std::int64_t first_line = 0, last_line = 0, first = 0;
    bool in_order = all_done;
    std::vector<const StagedRow*> made;
    for (const auto& row : rows) {
        if (row.outcome == Outcome::error) {
            note_error(writer, plan, row);
            continue;
        }
        if (row.outcome != Outcome::create) continue;
        if (made.empty()) {
            first_line = row.line;
            first = row.record - row.sequence;
        }
        in_order = in_order && row.record - row.sequence == first;
        last_line = row.line;
        made.push_back(&row);
    }
    if (in_order && !made.empty()) return note_records(writer, plan, first_line, last_line, first);
    for (const auto* row : made) note_record(writer, plan, row->line, row->record);
}

std::chrono::nanoseconds processor_time() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// How many rows go into one transaction follows from what the last one took. SQLite has one writer: whoever
// waits for it waits some 40 ms with the commit. Counted there is processor time, since a machine that is
// busy otherwise is not made faster by small transactions, each of which costs a sync of the disk. PostgreSQL
// lets others write meanwhile; they wait for the end of the journal's chain alone, which is taken last.
class Pace {
public:
    explicit Pace(storage::Engine engine)
        : is_only_writer_(engine == storage::Engine::sqlite), wanted_(is_only_writer_ ? 30 : 200) {}

    std::size_t rows() const { return static_cast<std::size_t>(rows_); }

    template <class Work>
    void time(Work work) {
        const auto began = now();
        work();
        const std::chrono::duration<double, std::milli> took = now() - began;
        rows_ = std::clamp(rows_ * std::clamp(wanted_ / took.count(), 0.5, 1.5), kFewest, kMost);
    }

private:
    static constexpr double kFewest = 50, kMost = 2'000;  // rows

    std::chrono::nanoseconds now() const {
        return is_only_writer_ ? processor_time() : std::chrono::steady_clock::now().time_since_epoch();
    }
    const bool is_only_writer_;
    const double wanted_;  // milliseconds
    double rows_ = 200;
};

// The work may run twice: what it has noted in the rows is taken out of them again.
void put_back(Rows& rows, const std::vector<std::pair<Outcome, std::int64_t>>& planned) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::tie(rows[i].outcome, rows[i].record) = planned[i];
        rows[i].errors.clear();
    }
}

void apply_stretch(const Context& context, JobStep& step, const ImportOptions& options, Rows& rows,
                   Look look) {
    const auto plan = plan_of(step.job());
    std::vector<std::pair<Outcome, std::int64_t>> planned;
    planned.reserve(rows.size());
    for (const auto& row : rows) planned.emplace_back(row.outcome, row.record);
    step.write([&](core::Writer& writer) {
        put_back(rows, planned);
        keep_to_indexes(writer.tx());
        apply_of(options.kind)(writer, context.catalogue, rows, look);
        std::int64_t failed = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].outcome != Outcome::error) continue;
            ++failed;
            add(step.summary(), name_of(planned[i].first), -1);
        }
        if (failed > 0 && is_exact(step, options)) refuse_changed(rows);
        note(writer, plan, rows, failed == 0);
        add(step.summary(), "error", failed);
        auto& counts = step.counts();
        counts.ng += failed;
        counts.done += static_cast<std::int64_t>(rows.size());
        counts.ok += static_cast<std::int64_t>(rows.size()) - failed;
        step.state()["line"] = rows.back().line;
    });
}

// The rows that are to be applied, read and made ready ahead on another thread.
class Planned {
public:
    Planned(const Context& context, JobId plan, std::int64_t above, CustomersAhead* customers)
        : stretches_(kMostWaiting, [&context, plan, above, customers](Pipe<Rows>& pipe) mutable {
              for (;;) {
                  auto rows = context.journal.database().read(
                      [&](storage::Transaction& tx) { return read_effective(tx, plan, above, kReadAtOnce); });
                  if (rows.empty()) return;
                  above = rows.back().line;
                  if (customers) customers->make(rows);
                  if (!pipe.give(std::move(rows))) return;
              }
          }) {}

    /// The next rows, `most` of them if there are so many; empty at the end.
    Rows next(std::size_t most) {
        while (ready_.size() < most) {
            auto more = stretches_.take();
            if (!more) break;
            ready_.insert(ready_.end(), std::make_move_iterator(more->begin()),
                          std::make_move_iterator(more->end()));
        }
        const auto end = ready_.begin() + static_cast<std::ptrdiff_t>(std::min(most, ready_.size()));
        Rows rows(std::make_move_iterator(ready_.begin()), std::make_move_iterator(end));
        ready_.erase(ready_.begin(), end);
        return rows;
    }

private:
    Making<Rows> stretches_;
    Rows ready_;
};

void apply_or_try_again(const Context& context, JobStep& step, const ImportOptions& options, Rows& rows) {
    constexpr int kMostRaces = 5;
    for (int races = 0;; ++races) {
        try {
            return apply_stretch(context, step, options, rows, races == 0 ? Look::no : Look::first);
        } catch (const storage::UniqueViolation&) {
            // Somebody took a mail address or number since the check, or between our look and our write: the
            // next look sees it.
            if (races == kMostRaces) throw;
        }
    }
}

}  // namespace

StepResult apply_rows(const Context& context, JobStep& step) {
    const auto options = options_of(step.job().parameters);
    std::optional<CustomersAhead> customers;
    if (options.kind == Kind::customers)
        customers.emplace(context, number_at(step.summary(), "create") - step.counts().ok);
    Planned planned(context, plan_of(step.job()), number_at(step.state(), "line"),
                    customers ? &*customers : nullptr);
    Pace pace(context.journal.database().engine());
    while (!step.should_pause()) {
        auto rows = planned.next(pace.rows());
        if (rows.empty()) {
            const bool has_new_errors = number_at(step.summary(), "error") > 0 && !is_exact(step, options);
            if (has_new_errors) make_rejects(context, step, options);
            step.write([&](core::Writer&) {
                step.state()["phase"] = "done";
                step.counts().done = step.counts().total;
            });
            return StepResult::done;
        }
        pace.time([&] { apply_or_try_again(context, step, options, rows); });
    }
    return StepResult::more;
}

}  // namespace otokui::transfer
