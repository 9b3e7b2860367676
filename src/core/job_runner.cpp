#include "core/job_runner.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>

#include <boost/json/serialize.hpp>

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "base/text_json.hpp"

namespace otokui::core {
namespace {

boost::json::object to_json(const Problem& problem) {
    boost::json::object result{{"code", problem.code}, {"detail", json::labels(problem.detail)}};
    for (const auto& [key, value] : problem.extra) result[key] = value;
    return result;
}

boost::json::object internal_problem() {
    return to_json({ProblemKind::unavailable,
                    "job.failed",
                    {"予期しないエラーのため中止しました。", "Stopped because of an unexpected error."}});
}

// Owners are called "process PID random".
bool is_alive(std::string_view owner) {
    const auto from = owner.find(' ');
    pid_t process = 0;
    if (from != std::string_view::npos)
        std::from_chars(owner.data() + from + 1, owner.data() + owner.size(), process);
    return process > 0 && (process == getpid() || kill(process, 0) == 0 || errno == EPERM);
}

}  // namespace

JobRunner::JobRunner(Jobs& jobs, RunnerOptions options)
    : jobs_(jobs),
      options_(std::move(options)),
      owner_("process " + std::to_string(getpid()) + " " + crypto::random_text(6)) {
    jobs_.on_submit([this] {
        const std::lock_guard lock(mutex_);
        woken_ = true;
        wake_.notify_one();
    });
}

JobRunner::~JobRunner() {
    stop();
    jobs_.on_submit({});
}

void JobRunner::start() {
    for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { loop(); });
}

void JobRunner::stop() {
    stopping_ = true;
    {
        const std::lock_guard lock(mutex_);
        wake_.notify_all();
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void JobRunner::loop() {
    while (!stopping_) {
        try {
            while (!stopping_ && !jobs_.journal().database().has_stopped_writes()) {
                const auto claimed = claim();
                if (!claimed) break;
                run(*claimed);
            }
        } catch (const std::exception& error) {
            if (options_.log) options_.log(std::string("job runner: ") + error.what());
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, options_.poll, [this] { return woken_ || stopping_; });
        woken_ = false;
    }
}

std::optional<JobRunner::Claim> JobRunner::claim(JobId wanted) {
    // Looking costs the writer nothing; only a find is claimed, and decided by the update.
    const auto open = [&](storage::Transaction& tx) {
        const auto now = jobs_.journal().now().milliseconds;
        return tx.find_integer(
            "SELECT id FROM job WHERE status IN ('queued', 'running') AND not_before <= ? AND lease_until <= "
            "? AND (? = 0 OR id = ?)"
            " ORDER BY id LIMIT 1",
            {now, now, wanted.value, wanted.value});
    };
    const auto candidate = jobs_.journal().database().read(open);
    if (!candidate) return std::nullopt;
    return jobs_.journal().housekeeping([&](Writer& writer) -> std::optional<Claim> {
        const auto now = writer.now();
        const auto taken = writer.execute_unjournaled(
            writer.registry().get("job"),
            "UPDATE job SET status = 'running', started_at = COALESCE(started_at, ?), lease_owner = ?, "
            "lease_until = ?, fence = fence + 1"
            " WHERE id = ? AND status IN ('queued', 'running') AND lease_until <= ?",
            {now.milliseconds, owner_, (now + std::chrono::milliseconds(options_.lease)).milliseconds,
             *candidate, now.milliseconds});
        if (taken == 0) return std::nullopt;
        return Claim{{*candidate},
                     writer.tx().find_integer("SELECT fence FROM job WHERE id = ?", {*candidate}).value()};
    });
}

void JobRunner::run(const Claim& claim) {
    if (options_.before_job) options_.before_job();
    const auto job = jobs_.get(claim.id);
    const auto& kind = jobs_.kind(job.kind);
    JobStep step(
        jobs_.journal(), jobs_.files(), job, kind.operation_kind, claim.fence, options_.lease,
        [this] { return stopping_.load(); }, options_.on_progress);
    try {
        step.save_progress();
        while (!stopping_) {
            if (step.cancel_seen_ && step.job_.stopping.empty()) begin_stopping(step, "cancel", {});
            const bool reverting = !step.job_.stopping.empty();
            StepResult result = StepResult::done;
            try {
                if (!reverting)
                    result = kind.step(step);
                else if (kind.revert)
                    result = kind.revert(step);
            } catch (const storage::WritesStopped&) {
                throw;
            } catch (const Refused& refused) {
                if (reverting) throw;
                begin_stopping(step, "fail", to_json(refused.problem()));
                continue;
            }
            if (result == StepResult::more) continue;
            if (!reverting) return finish(step, JobStatus::done, {});
            return finish(step, step.job_.stopping == "cancel" ? JobStatus::cancelled : JobStatus::failed,
                          step.job_.problem);
        }
        release(claim);
    } catch (const storage::WritesStopped&) {
        // Its row says what it said: it goes on where it was, once something can be written again.
    } catch (const LeaseLost&) {
        if (options_.log)
            options_.log("job " + std::to_string(claim.id.value) + ": taken over by another server");
    } catch (const std::exception& error) {
        retry_later(claim, error.what());
    }
}

void JobRunner::begin_stopping(JobStep& step, std::string_view how, const boost::json::object& problem) {
    step.job_.stopping = how;
    step.job_.problem = problem;
    step.save_progress();
}

void JobRunner::finish(JobStep& step, JobStatus status, const boost::json::object& problem) {
    step.job_.problem = problem;
    // Its status ends with the stopping: a job whose steps were taken back and that does not know it any more
    // would go forward again.
    step.write([&](Writer& writer) {
        step.job_.finished_at = writer.now();
        writer.execute_unjournaled(
            writer.registry().get("job"),
            "UPDATE job SET lease_owner = '', finished_at = ? WHERE id = ? AND fence = ?",
            {writer.now().milliseconds, step.job_.id.value, step.fence_});
        step.job_.stopping.clear();
        step.job_.status = status;
    });
}

void JobRunner::retry_later(const Claim& claim, std::string_view what) {
    constexpr std::int64_t kFirstPause = 500, kLongestPause = 60'000;  // milliseconds
    if (options_.log) options_.log("job " + std::to_string(claim.id.value) + ": " + std::string(what));
    jobs_.journal().housekeeping([&](Writer& writer) {
        const auto& table = writer.registry().get("job");
        const auto attempts =
            writer.tx().find_integer("SELECT attempts FROM job WHERE id = ?", {claim.id.value}).value_or(0);
        const auto now = writer.now().milliseconds;
        if (attempts + 1 >= options_.most_attempts) {
            writer.execute_unjournaled(
                table,
                "UPDATE job SET status = 'failed', finished_at = ?, lease_until = 0, problem = ?"
                " WHERE id = ? AND fence = ?",
                {now, boost::json::serialize(internal_problem()), claim.id.value, claim.fence});
            return;
        }
        const auto pause = std::min(kLongestPause, kFirstPause << attempts);
        writer.execute_unjournaled(table,
                                   "UPDATE job SET attempts = attempts + 1, not_before = ?, lease_until = 0 "
                                   "WHERE id = ? AND fence = ?",
                                   {now + pause, claim.id.value, claim.fence});
    });
}

void JobRunner::release(const Claim& claim) {
    jobs_.journal().housekeeping([&](Writer& writer) {
        writer.execute_unjournaled(writer.registry().get("job"),
                                   "UPDATE job SET lease_until = 0 WHERE id = ? AND fence = ?",
                                   {claim.id.value, claim.fence});
    });
}

std::vector<JobId> JobRunner::take_over_left_behind() {
    return jobs_.journal().housekeeping([&](Writer& writer) {
        std::vector<JobId> left;
        writer.tx().query("SELECT id, lease_owner FROM job WHERE status = 'running'", {},
                          [&](const storage::Row& row) {
                              if (!is_alive(row.text(1))) left.push_back({row.integer(0)});
                          });
        for (const auto id : left)
            writer.execute_unjournaled(writer.registry().get("job"),
                                       "UPDATE job SET lease_until = 0 WHERE id = ?", {id.value});
        return left;
    });
}

Job JobRunner::run_to_end(JobId id) {
    for (;;) {
        const auto job = jobs_.get(id);
        if (job.status != JobStatus::queued && job.status != JobStatus::running) return job;
        if (const auto claimed = claim(id)) {
            run(*claimed);
            continue;
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, std::chrono::milliseconds(200), [this] { return stopping_.load(); });
    }
}

}  // namespace otokui::core
