#include "core/jobs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/problem.hpp"
#include "core/job_runner.hpp"
#include "core/journal_chain.hpp"
#include "support/database.hpp"

namespace otokui::core {
namespace {

using testing::IsEmpty;

constexpr std::int64_t kRows = 20;

// A job that adds twenty labels, one a step, and can be told to misbehave at one of them.
class JobsTest : public testing::TestWithParam<test::Backend> {
protected:
    JobsTest()
        : labels_(registry_.add({.name = "label",
                                 .label = {"ラベル", "Label"},
                                 .columns = {{"name"}, {"color"}, {"position", ColumnType::integer}}})) {
        register_job_tables(registry_);
        registry_.add_kind({"label.add", {"追加", "Add"}, "label.edit"});
        registry_.add_kind({"operation.undo", {"元に戻す", "Undo"}, "operation.undo"});
        jobs_.add_kind(kind());
    }

    JobKind kind() {
        return {.name = "test.labels.v1",
                .label = {"ラベルの追加", "Labels"},
                .operation_kind = "label.add",
                .step = [this](JobStep& step) { return add_one(step); },
                .revert = [](JobStep& step) { return step.revert_stretch(3); }};
    }

    StepResult add_one(JobStep& step) {
        const auto row = step.counts().done;
        if (row == misbehave_at_ && misbehave_) {
            const auto act = std::move(misbehave_);
            misbehave_ = {};
            act();
        }
        step.write([&](Writer& writer) {
            writer.insert(labels_, {{"name", std::to_string(row)}});
            ++step.counts().done;
            ++step.counts().ok;
        });
        return step.counts().done == kRows ? StepResult::done : StepResult::more;
    }
    JobId submit() { return jobs_.submit(actor_, {"test.labels.v1", {}, kRows}); }
    JobRunner runner() {
        return JobRunner(jobs_, {.poll = std::chrono::milliseconds(5), .lease = std::chrono::seconds(30)});
    }
    std::int64_t labels() {
        return database_.storage().read(
            [](storage::Transaction& tx) { return tx.find_integer("SELECT count(*) FROM label").value(); });
    }
    std::vector<std::string> verify() { return database_.storage().read(verify_chain); }

    test::Database database_{GetParam()};
    Registry registry_;
    const Table& labels_;
    std::int64_t now_ = 1'000'000;
    Journal journal_{database_.storage(), registry_, [this] { return Moment{now_}; }};
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    FileStore files_{journal_, keys_};
    Jobs jobs_{journal_, files_};
    Actor actor_ = system_actor("test");
    std::int64_t misbehave_at_ = -1;
    std::function<void()> misbehave_;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, JobsTest, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(JobsTest, RunsToItsEndAsOneOperation) {
    const auto job = runner().run_to_end(submit());
    EXPECT_EQ(job.status, JobStatus::done);
    EXPECT_EQ(job.counts.done, kRows);
    EXPECT_EQ(labels(), kRows);
    EXPECT_TRUE(job.operation);
    const auto operations = database_.storage().read([](storage::Transaction& tx) {
        return tx.find_integer("SELECT count(DISTINCT operation_id) FROM change").value();
    });
    EXPECT_EQ(operations, 1);
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(JobsTest, KeepsParametersAsDeepAsAConditionMayBe) {
    boost::json::value condition = boost::json::object{{"field", "name"}, {"op", "empty"}};
    for (int depth = 0; depth < 32; ++depth)
        condition = boost::json::object{{"all", boost::json::array{std::move(condition)}}};
    const boost::json::object parameters{{"condition", std::move(condition)}};
    const auto id = jobs_.submit(actor_, {"test.labels.v1", parameters, kRows});
    EXPECT_EQ(jobs_.get(id).parameters, parameters);
    EXPECT_EQ(runner().run_to_end(id).status, JobStatus::done);
}

TEST_P(JobsTest, KeepsTheRightsOfItsAskerWithTheirCeiling) {
    EXPECT_EQ(jobs_.get(submit()).actor.rights, nullptr);
    actor_.rights = std::make_shared<const Rights>(Rights{"import", "points.edit"});
    EXPECT_EQ(jobs_.get(submit()).actor.points_ceiling, std::nullopt);
    actor_.points_ceiling = 1'000;
    const auto kept = jobs_.get(submit()).actor;
    EXPECT_EQ(*kept.rights, *actor_.rights);
    EXPECT_EQ(kept.points_ceiling, 1'000);
}

TEST_P(JobsTest, GoesOnWhereItWasAfterTheLeaseOfADeadServerEnds) {
    const auto id = submit();
    misbehave_at_ = 7;
    misbehave_ = [] { throw LeaseLost(); };  // as if this server had died: it lets go without a word
    auto first = runner();
    first.start();
    while (jobs_.get(id).counts.done < 7) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    first.stop();
    EXPECT_EQ(labels(), 7);
    now_ += 31'000;
    EXPECT_EQ(runner().run_to_end(id).status, JobStatus::done);
    EXPECT_EQ(labels(), kRows);
}

TEST_P(JobsTest, StaysWhereItIsWhenWritesAreStoppedAndGoesOnWithASoundDatabase) {
    const auto id = submit(), next = submit();
    misbehave_at_ = 7;
    misbehave_ = [this] { database_.storage().stop_writes(); };
    auto first = runner();
    first.start();
    while (!database_.storage().has_stopped_writes())
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    first.stop();
    const auto left = jobs_.get(id);
    EXPECT_EQ(left.status, JobStatus::running);
    EXPECT_EQ(left.counts.done, 7);
    EXPECT_TRUE(left.problem.empty() && left.stopping.empty());
    EXPECT_EQ(jobs_.get(next).status, JobStatus::queued);

    const auto sound = storage::Database::open(database_.url());
    Journal journal(*sound, registry_, [this] { return Moment{now_}; });
    FileStore files(journal, keys_);
    Jobs jobs(journal, files);
    jobs.add_kind(kind());
    now_ += 31'000;
    EXPECT_EQ(JobRunner(jobs, {}).run_to_end(id).status, JobStatus::done);
    EXPECT_EQ(labels(), kRows);
}

TEST_P(JobsTest, RefusalFailsTheJobAndTakesItsStepsBack) {
    misbehave_at_ = 11;
    misbehave_ = [] { throw Refused({ProblemKind::conflict, "test.refused", {"だめ", "No"}}); };
    const auto job = runner().run_to_end(submit());
    EXPECT_EQ(job.status, JobStatus::failed);
    EXPECT_EQ(job.problem.at("code").as_string(), "test.refused");
    EXPECT_EQ(labels(), 0);
    EXPECT_THAT(verify(), IsEmpty());
}

// The end of a job is one transaction: what stops it and that it has stopped.
TEST_P(JobsTest, WhatWasTakenBackDoesNotGoForwardWhenItsEndIsCutShort) {
    database_.storage().write([&](storage::Transaction& tx) {
        if (tx.engine() == storage::Engine::sqlite) {
            tx.execute(
                "CREATE TRIGGER cut BEFORE UPDATE ON job WHEN NEW.status = 'failed' BEGIN SELECT "
                "RAISE(ABORT, 'cut'); END");
        } else {
            tx.execute(
                "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION "
                "''cut''; END'");
            tx.execute(
                "CREATE TRIGGER cut BEFORE UPDATE ON job FOR EACH ROW WHEN (NEW.status = 'failed') "
                "EXECUTE FUNCTION cut()");
        }
    });
    const auto id = submit();
    misbehave_at_ = 11;
    misbehave_ = [] { throw Refused({ProblemKind::conflict, "test.refused", {"だめ", "No"}}); };
    auto running = runner();
    running.start();
    while (database_.storage().read([&](storage::Transaction& tx) {
        return !tx.find_integer("SELECT 1 FROM job WHERE id = ? AND attempts > 0", {id.value});
    }))
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    running.stop();
    EXPECT_EQ(labels(), 0);
    database_.storage().write([&](storage::Transaction& tx) {
        tx.execute(tx.engine() == storage::Engine::sqlite ? "DROP TRIGGER cut" : "DROP TRIGGER cut ON job");
    });
    now_ += 120'000;
    EXPECT_EQ(runner().run_to_end(id).status, JobStatus::failed);
    EXPECT_EQ(labels(), 0);
}

TEST_P(JobsTest, CancelTakesItsStepsBack) {
    const auto id = submit();
    misbehave_at_ = 11;
    misbehave_ = [&] { jobs_.cancel(id); };
    const auto job = runner().run_to_end(id);
    EXPECT_EQ(job.status, JobStatus::cancelled);
    EXPECT_EQ(labels(), 0);
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_P(JobsTest, AJobThatHasNotBegunIsCancelledAtOnce) {
    const auto id = submit();
    jobs_.cancel(id);
    EXPECT_EQ(jobs_.get(id).status, JobStatus::cancelled);
    EXPECT_THROW(jobs_.cancel(id), Refused);
    EXPECT_THROW(jobs_.cancel({999}), Refused);
}

TEST_P(JobsTest, AnUnknownFailureIsTriedAgainLater) {
    const auto id = submit();
    misbehave_at_ = 3;
    misbehave_ = [] { throw std::runtime_error("lost the database"); };
    auto running = runner();
    running.start();
    while (labels() < 3) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    running.stop();
    EXPECT_EQ(labels(), 3);
    now_ += 5'000;
    EXPECT_EQ(runner().run_to_end(id).status, JobStatus::done);
    EXPECT_EQ(labels(), kRows);
}

TEST_P(JobsTest, GivesUpAfterTooManyFailures) {
    jobs_.add_kind({.name = "test.broken.v1",
                    .label = {"壊れた", "Broken"},
                    .operation_kind = "label.add",
                    .step = [](JobStep&) -> StepResult { throw std::runtime_error("always"); }});
    const auto id = jobs_.submit(actor_, {"test.broken.v1", {}, 0});
    const auto attempts = [&] {
        return database_.storage().read([&](storage::Transaction& tx) {
            return tx.find_integer("SELECT attempts FROM job WHERE id = ?", {id.value}).value_or(0);
        });
    };
    for (int round = 0; round < 10 && jobs_.get(id).status != JobStatus::failed; ++round) {
        const auto before = attempts();
        auto running = runner();
        running.start();
        while (attempts() == before && jobs_.get(id).status != JobStatus::failed)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        running.stop();
        now_ += 120'000;
    }
    EXPECT_EQ(jobs_.get(id).status, JobStatus::failed);
    EXPECT_EQ(jobs_.get(id).problem.at("code").as_string(), "job.failed");
}

TEST_P(JobsTest, FilesComeBackAsTheyWentInAndLieSealed) {
    std::string content;
    for (int i = 0; i < 300'000; ++i) content += "顧客" + std::to_string(i);
    auto writer = files_.create({.purpose = "result", .name = "customers.csv", .content_type = "text/csv"});
    for (std::size_t at = 0; at < content.size(); at += 100'000)
        writer.append(std::string_view(content).substr(at, 100'000));
    const auto file = writer.finish();
    std::string again;
    for (std::int64_t position = 0;; ++position) {
        const auto chunk = files_.read_chunk(file, position);
        if (!chunk) break;
        again += *chunk;
    }
    EXPECT_EQ(again, content);
    EXPECT_EQ(files_.find(file.token)->size, static_cast<std::int64_t>(content.size()));
    const auto in_clear = database_.storage().read([](storage::Transaction& tx) {
        std::int64_t found = 0;
        tx.query("SELECT content FROM file_chunk", {}, [&](const storage::Row& row) {
            const auto bytes = row.bytes(0);
            found +=
                std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()).find("顧客") !=
                std::string_view::npos;
        });
        return found;
    });
    EXPECT_EQ(in_clear, 0);
}

TEST_P(JobsTest, ExpiredFilesAreGone) {
    auto writer = files_.create(
        {.purpose = "result", .name = "a.csv", .content_type = "text/csv", .keep = std::chrono::hours(1)});
    writer.append("x");
    const auto file = writer.finish();
    now_ += 3'600'000;
    EXPECT_FALSE(files_.find(file.token));
    EXPECT_EQ(files_.remove_expired(), 1);
    EXPECT_FALSE(files_.read_chunk(file, 0));
}

}  // namespace
}  // namespace otokui::core
