#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/jobs.hpp"

namespace otokui::core {

struct RunnerOptions {
    int threads = 1;
    std::chrono::milliseconds poll{1000};  // how often jobs of other processes are looked for
    std::chrono::seconds lease{30};  // after this long without a sign of life another server takes a job over
    int most_attempts = 6;           // of a step that fails for an unknown reason; then the job has failed
    /// What a finished or moved job is told to, e.g. the event stream. Called from the runner's threads,
    /// after the commit.
    std::function<void(const Job&)> on_progress = {};
    std::function<void(const std::string& message)> log = {};
    /// Called before a claimed job goes on, outside of any transaction: what it stands on is brought up to
    /// date.
    std::function<void()> before_job = {};
};

/// Runs jobs of the database on threads of its own. Several servers may run over one database: each job has
/// one lease.
class JobRunner {
public:
    JobRunner(Jobs& jobs, RunnerOptions options);
    ~JobRunner();  // stop()

    void start();
    /// Ends after the running transaction of each step and frees the leases: the jobs go on at the next
    /// start.
    void stop();

    /// Runs this one job here and now until it ends; for commands. Refused conflict job.running when another
    /// process has it.
    Job run_to_end(JobId id);
    /// Frees the jobs of processes of this machine that are gone, so that they go on at once instead of after
    /// their lease; answers which. Only where every process that runs jobs is on this machine (SQLite).
    std::vector<JobId> take_over_left_behind();

private:
    struct Claim {
        JobId id;
        std::int64_t fence;
    };
    std::optional<Claim> claim(JobId wanted = {});
    void run(const Claim& claim);
    void finish(JobStep& step, JobStatus status, const boost::json::object& problem);
    void begin_stopping(JobStep& step, std::string_view how, const boost::json::object& problem);
    void retry_later(const Claim& claim, std::string_view what);
    void release(const Claim& claim);
    void loop();

    Jobs& jobs_;
    RunnerOptions options_;
    const std::string owner_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::condition_variable wake_;
    bool woken_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace otokui::core
