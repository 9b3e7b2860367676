#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/files.hpp"
#include "core/journal.hpp"

// The one runner for long work. A job is a row in the database: it survives the process, may run on any
// server, may run a step twice and stop anywhere. One step is one or more short transactions; each also moves
// the resume point, so that a step is done or not done.
namespace otokui::core {

enum class JobStatus { queued, running, done, failed, cancelled };

std::string_view name_of(JobStatus status);

struct JobCounts {
    std::int64_t done = 0, total = 0;  // rows worked on, rows in all (0: not known yet)
    std::int64_t ok = 0, ng = 0, skipped = 0;
};

struct Job {
    JobId id;
    std::string kind;
    JobStatus status = JobStatus::queued;
    JobCounts counts;
    boost::json::object parameters;  // as submitted; never changed
    boost::json::object state;       // resume point of the kind
    boost::json::object summary;     // further figures of the kind: create, update, unchanged, error
    boost::json::object problem;     // why it failed: code and detail {ja, en}; empty otherwise
    Actor actor;
    OperationId operation;  // what its writes belong to; 0 until the first
    Moment created_at;
    std::optional<Moment> started_at, finished_at;
    std::string stopping;  // "cancel" or "fail" while it takes its steps back; else empty
};

/// Another server runs the job now; this one lets go of it.
class LeaseLost : public std::runtime_error {
public:
    LeaseLost() : std::runtime_error("the job's lease was lost") {}
};

enum class StepResult { more, done };

/// What a kind's step works with.
class JobStep {
public:
    JobStep(Journal& journal, FileStore& files, Job job, std::string operation_kind, std::int64_t fence,
            std::chrono::seconds lease, std::function<bool()> shutting_down,
            std::function<void(const Job&)> on_progress);

    const Job& job() const { return job_; }
    // The step changes these; the next write() stores them together with its rows.
    boost::json::object& state() { return job_.state; }
    boost::json::object& summary() { return job_.summary; }
    JobCounts& counts() { return job_.counts; }

    storage::Database& database() { return journal_.database(); }
    Journal& journal() { return journal_; }
    FileStore& files() { return files_; }

    /// One transaction: `work(Writer&)`, then state, summary and counts, and the lease is renewed. The
    /// changes belong to the job's one operation. Throws LeaseLost when another server has taken the job.
    /// Keep it under 50 ms: interactive writes wait for it. `work` may run twice (busy): it changes nothing
    /// but the database and the step's state, summary and counts, which are put back first.
    template <class Work>
    void write(Work work) {
        write_as(operation(), std::move(work));
    }
    /// As write, for kinds whose operation says more than who and what: an undo names what it takes back.
    template <class Work>
    void write_as(const Operation& operation, Work work) {
        run(operation, job_.operation, [&](Writer& writer) {
            work(writer);
            written_operation_ = writer.operation();
        });
        job_.operation = written_operation_;
    }
    Operation operation() const;
    /// Stores state, summary and counts alone.
    void save_progress() {
        write([](Writer&) {});
    }

    /// Takes back up to `most` changes of the job's operation, newest first, as an undo of it. Rows changed
    /// since by others are left and counted in summary "not_reverted". Done when nothing is left.
    StepResult revert_stretch(std::int64_t most);

    /// True when the job should end its step soon: somebody cancelled it, or the server stops.
    bool should_pause() const { return cancel_seen_ || shutting_down_(); }

private:
    friend class JobRunner;
    // Work may run twice: what it does to state, summary and counts starts over.
    template <class Work>
    void run(const Operation& operation, OperationId id, Work work) {
        const auto state = job_.state;
        const auto summary = job_.summary;
        const auto counts = job_.counts;
        journal_.step(operation, id, [&](Writer& writer) {
            job_.state = state;
            job_.summary = summary;
            job_.counts = counts;
            work(writer);
            // Failures count until the job gets further, not until it merely says that it lives.
            save(writer,
                 job_.state != state || job_.counts.done != counts.done ? Progressed::yes : Progressed::no);
        });
        if (on_progress_) on_progress_(job_);
    }
    enum class Progressed : std::int64_t { yes = 0, no = 1 };
    void save(Writer& writer, Progressed progressed);

    Journal& journal_;
    FileStore& files_;
    Job job_;
    std::string operation_kind_;
    std::int64_t fence_;
    std::chrono::seconds lease_;
    std::function<bool()> shutting_down_;
    std::function<void(const Job&)> on_progress_;
    OperationId written_operation_;
    bool cancel_seen_ = false;
};

struct JobKind {
    std::string name;            // "transfer.import_customers.v1"; stored, so it is never changed
    Text label;                  // 「顧客CSV登録」
    std::string operation_kind;  // of the operation its writes belong to
    /// Called again and again until it says done. Refused ends the job as failed; other exceptions are tried
    /// again with growing pauses.
    std::function<StepResult(JobStep&)> step;
    /// Takes back what has been applied, step by step, when the job is cancelled or has failed; absent: there
    /// is nothing to take back.
    std::function<StepResult(JobStep&)> revert = {};
};

struct NewJob {
    std::string kind;
    boost::json::object parameters;
    std::int64_t total = 0;
};

/// Which jobs are asked for: all by default.
struct JobFilter {
    StaffId staff = {};                   // submitted by this person, or a token of his
    std::vector<std::string> kinds = {};  // stored names; empty: any
    std::optional<JobStatus> status = {};
};

/// Submits, reads and steers jobs. Running them is JobRunner's.
class Jobs {
public:
    Jobs(Journal& journal, FileStore& files) : journal_(journal), files_(files) {}

    /// std::logic_error on a second kind of the same name.
    void add_kind(JobKind kind);
    const JobKind& kind(std::string_view name) const;

    JobId submit(const Actor& actor, const NewJob& job);
    /// Submits in a transaction that also does something else.
    JobId submit(Writer& writer, const NewJob& job);
    std::optional<Job> find(JobId id);
    Job get(JobId id);  // Refused not_found
    /// The kinds there are, by their stored names.
    std::vector<std::string> kind_names() const;
    /// Newest first, ids below `before` (0: from the newest).
    std::vector<Job> list(const JobFilter& filter, std::int64_t before, std::int64_t limit);
    /// Asks a queued or running job to stop and take its steps back. Refused conflict job.finished.
    void cancel(JobId id);

    Journal& journal() { return journal_; }
    FileStore& files() { return files_; }

    /// Called after submit, so that a runner in this process starts at once.
    void on_submit(std::function<void()> wake) { wake_ = std::move(wake); }

private:
    Journal& journal_;
    FileStore& files_;
    std::map<std::string, JobKind, std::less<>> kinds_;
    std::function<void()> wake_;
};

/// The tables jobs and files lie in, for the registry.
void register_job_tables(Registry& registry);

}  // namespace otokui::core
