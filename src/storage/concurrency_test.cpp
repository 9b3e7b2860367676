#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "storage/contract_fixture.hpp"

// What both engines do when several are at work, when time is up, and when a process dies.
namespace otokui::storage {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// Would run for minutes.
constexpr const char* kEndless =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT "
    "count(*) FROM n";

class ConcurrencyContract : public Contract {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, ConcurrencyContract, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(ConcurrencyContract, AReadSeesOneMoment) {
    insert(1);
    db_.read([&](Transaction& tx) {
        EXPECT_EQ(tx.find_integer("SELECT count(*) FROM thing"), 1);
        insert(2);
        EXPECT_EQ(tx.find_integer("SELECT count(*) FROM thing"), 1);
    });
    EXPECT_EQ(count(), 2);
}

TEST_P(ConcurrencyContract, ReadersGoOnWhileAWriterHoldsItsTransaction) {
    insert(1);
    db_.write([&](Transaction& tx) {
        tx.execute("INSERT INTO thing (number) VALUES (2)");
        std::vector<std::jthread> readers;
        for (int i = 0; i < 3; ++i) readers.emplace_back([&] { EXPECT_EQ(count(), 1); });
    });
    EXPECT_EQ(count(), 2);
}

TEST_P(ConcurrencyContract, ConcurrentWritersLoseNothing) {
    insert(0);
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 4; ++writer)
            writers.emplace_back([&, writer] {
                const auto priority = writer % 2 == 0 ? Priority::interactive : Priority::background;
                for (int i = 0; i < 25; ++i)
                    db_.write([](Transaction& tx) { tx.execute("UPDATE thing SET number = number + 1"); },
                              priority);
            });
    }
    EXPECT_EQ(count("SELECT number FROM thing"), 100);
}

TEST_P(ConcurrencyContract, AWriteRunsAgainWhenItsWorkWasInTheWay) {
    int runs = 0;
    db_.write([&](Transaction& tx) {
        tx.execute("INSERT INTO thing (number) VALUES (1)");
        if (++runs < 3) throw Busy("as if another writer had been there");
    });
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(count(), 1);
    runs = 0;
    EXPECT_THROW(db_.write([&](Transaction&) {
        ++runs;
        throw Busy("for ever");
    }),
                 Busy);
    EXPECT_EQ(runs, 8);
}

TEST_P(ConcurrencyContract, ARequestToStopEndsALongQuery) {
    std::stop_source source;
    std::atomic<bool> running = false;
    SteadyClock::time_point asked;
    const std::jthread stopper([&] {
        while (!running) std::this_thread::yield();
        asked = SteadyClock::now();
        source.request_stop();
    });
    EXPECT_THROW(db_.read(
                     [&](Transaction& tx) {
                         running = true;
                         tx.find_integer(kEndless);
                     },
                     {.time = milliseconds(60'000), .stop = source.get_token()}),
                 Cancelled);
    EXPECT_LT(SteadyClock::now() - asked, milliseconds(200));
    EXPECT_EQ(count(), 0);
}

TEST_P(ConcurrencyContract, AReadEndsAtItsTimeLimit) {
    const auto begin = SteadyClock::now();
    EXPECT_THROW(db_.read([](Transaction& tx) { tx.find_integer(kEndless); }, {.time = milliseconds(50)}),
                 Cancelled);
    const auto took = SteadyClock::now() - begin;
    EXPECT_GE(took, milliseconds(45));
    EXPECT_LT(took, milliseconds(250));
    EXPECT_EQ(count(), 0);
}

TEST_P(ConcurrencyContract, AStatementOfAnInteractiveWriteEndsAtItsLimit) {
    test::Database own(GetParam(), test::Schema::empty, {.write_statement = milliseconds(50)});
    const auto begin = SteadyClock::now();
    EXPECT_THROW(own.storage().write([](Transaction& tx) { tx.find_integer(kEndless); }), Cancelled);
    EXPECT_LT(SteadyClock::now() - begin, milliseconds(500));
    const auto longer = GetParam() == Engine::sqlite ? "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i "
                                                       "+ 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n"
                                                     : "SELECT 1 FROM (SELECT pg_sleep(0.1)) AS pause";
    EXPECT_TRUE(own.storage().write([&](Transaction& tx) { return tx.find_integer(longer).has_value(); },
                                    Priority::background));
    own.storage().write([](Transaction& tx) {  // the limit is that of a statement, not of all of them
        for (int i = 0; i < 4; ++i) {
            std::this_thread::sleep_for(milliseconds(20));
            tx.find_integer("SELECT 1");
        }
    });
}

TEST_P(ConcurrencyContract, AStoppedReadDoesNotBegin) {
    std::stop_source source;
    source.request_stop();
    EXPECT_THROW(db_.read([](Transaction&) { FAIL(); }, {.stop = source.get_token()}), Cancelled);
}

TEST_P(ConcurrencyContract, AReadWaitsNoLongerThanItsLimitForAConnection) {
    test::Database own(GetParam(), test::Schema::empty, {.readers = 1});
    own.storage().read([&](Transaction&) {
        std::jthread([&] {
            EXPECT_THROW(own.storage().read([](Transaction&) {}, {.time = milliseconds(20)}), Cancelled);
        }).join();
    });
}

TEST_P(ConcurrencyContract, AKillInTheMiddleOfAWriteLeavesAllOrNothing) {
    insert(1);
    const Url url = own_.url();
    const auto stored = [&] {  // db_ does not outlive reopen()
        return own_.storage().read(
            [](Transaction& tx) { return tx.find_integer("SELECT count(*) FROM thing").value(); });
    };
    for (const bool before_commit : {true, false}) {
        const auto before = stored();
        const pid_t child = fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            // Nothing of the parent's connections may be touched here: the child opens its own and dies
            // without cleaning up.
            const auto database = Database::open(url);
            database->write([&](Transaction& tx) {
                for (std::int64_t i = 0; i < 50; ++i)
                    tx.execute("INSERT INTO thing (number) VALUES (?)",
                               {1'000 + i + (before_commit ? 0 : 1'000)});
                if (before_commit) kill(getpid(), SIGKILL);
            });
            kill(getpid(), SIGKILL);
        }
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
        own_.reopen();
        EXPECT_EQ(stored(), before + (before_commit ? 0 : 50));
        own_.storage().write([](Transaction& tx) { tx.execute("UPDATE thing SET name = 'still works'"); });
    }
}

}  // namespace
}  // namespace otokui::storage
