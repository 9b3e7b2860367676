#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <thread>

#include "base/problem.hpp"
#include "storage/database.hpp"
#include "support/database.hpp"
#include "support/postgres_server.hpp"

// What holds on PostgreSQL alone.
namespace otokui::storage {
namespace {

using std::chrono::milliseconds;

class Postgres : public testing::Test {
protected:
    Postgres() {
        db_.write([](Transaction& tx) {
            tx.run_script(
                "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT);"
                "INSERT INTO t VALUES (1, 0), (2, 0);");
        });
    }
    std::int64_t sum() {
        return db_.read([](Transaction& tx) { return tx.find_integer("SELECT sum(n) FROM t").value(); });
    }
    // As a restart of the server does.
    void end_all_connections() {
        const auto other = Database::open(own_.url());
        other->write([](Transaction& tx) {
            tx.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        });
    }

    test::Database own_{Engine::postgres, test::Schema::empty, {.readers = 2, .busy = milliseconds(200)}};
    Database& db_ = own_.storage();
};

TEST_F(Postgres, ConnectsAgainAfterTheServerHasEndedItsConnections) {
    EXPECT_EQ(sum(), 0);
    end_all_connections();
    EXPECT_EQ(sum(), 0);
    end_all_connections();
    db_.write([](Transaction& tx) { tx.execute("UPDATE t SET n = n + 1"); });
    EXPECT_EQ(sum(), 2);
}

// What the server's administrator has said of the disks stays; the memory of a sort is never made smaller.
TEST_F(Postgres, TakesMemoryForLargeSetsAndDisksThatDoNotTurn) {
    const auto setting = [&](Database& database, const char* name) {
        return database.read([&](Transaction& tx) {
            return tx.find_text("SELECT current_setting(?)", {std::string(name)}).value();
        });
    };
    EXPECT_EQ(setting(db_, "work_mem"), "32MB");
    EXPECT_EQ(setting(db_, "random_page_cost"), "1.1");
    auto url = own_.url();
    url.target += " options='-c work_mem=64MB -c random_page_cost=3'";
    const auto other = Database::open(url);
    EXPECT_EQ(setting(*other, "work_mem"), "64MB");
    EXPECT_EQ(setting(*other, "random_page_cost"), "3");
}

// Whoever reads counts as as old as the oldest write of the whole server: its rows and statistics would stay.
TEST_F(Postgres, SomebodyWhoWritesInAnotherDatabaseHoldsUpAScrub) {
    const std::vector<std::string> tables{"t"};
    test::Database neighbour(Engine::postgres, test::Schema::empty);
    neighbour.storage().write([&](Transaction& tx) {
        tx.execute("SELECT txid_current()");
        EXPECT_EQ(db_.scrub(tables), Scrubbed::not_yet);
    });
    const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    auto scrubbed = db_.scrub(tables);
    while (scrubbed == Scrubbed::not_yet && std::chrono::steady_clock::now() < last)
        scrubbed = db_.scrub(tables);
    EXPECT_EQ(scrubbed, Scrubbed::everywhere);
}

TEST_F(Postgres, AScrubLeavesNoStatisticsOfATableThatWasEmptied) {
    db_.write([](Transaction& tx) {
        tx.run_script(
            "CREATE TABLE note (id BIGINT PRIMARY KEY, body TEXT NOT NULL DEFAULT '');"
            "CREATE INDEX note_body ON note (lower(body)) WHERE body <> '';"
            "INSERT INTO note VALUES (1, 'Hanako'), (2, 'Taro'); ANALYZE note; DELETE FROM note");
    });
    const std::vector<std::string> tables{"note"};
    while (db_.scrub(tables) == Scrubbed::not_yet) std::this_thread::sleep_for(milliseconds(10));
    EXPECT_EQ(db_.read([](Transaction& tx) {
        return tx.find_text(
            "SELECT string_agg(histogram_bounds::text, ' ') FROM pg_stats WHERE attname <> 'id' AND "
            "tablename LIKE 'note%'");
    }),
              std::nullopt);
}

TEST_F(Postgres, RunsAWriteAgainWhoseConnectionWasLostBeforeItsCommit) {
    int runs = 0;
    db_.write([&](Transaction& tx) {
        tx.execute("UPDATE t SET n = n + 1");
        if (++runs == 1) end_all_connections();
        tx.execute("UPDATE t SET n = n + 1");
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(sum(), 4);
}

TEST_F(Postgres, DoesNotRunAWriteAgainWhoseConnectionWasLostAtItsCommit) {
    int runs = 0;
    EXPECT_THROW(db_.write([&](Transaction& tx) {
        ++runs;
        tx.execute("UPDATE t SET n = n + 1");
        end_all_connections();
    }),
                 Error);
    EXPECT_EQ(runs, 1);
}

TEST_F(Postgres, RunsTheLoserOfADeadlockAgain) {
    std::latch both_hold_one(2);
    std::atomic<int> runs = 0;
    const auto lock = [&](std::int64_t first, std::int64_t second) {
        bool met = false;
        db_.write([&](Transaction& tx) {
            ++runs;
            tx.run_script("SET LOCAL lock_timeout = 0; SET LOCAL deadlock_timeout = '20ms'");
            tx.execute("UPDATE t SET n = n + 1 WHERE id = ?", {first});
            if (!met) both_hold_one.arrive_and_wait();
            met = true;
            tx.execute("UPDATE t SET n = n + 1 WHERE id = ?", {second});
        });
    };
    {
        const std::jthread one([&] { lock(1, 2); });
        const std::jthread two([&] { lock(2, 1); });
    }
    EXPECT_GE(runs, 3);
    EXPECT_EQ(sum(), 4);
}

TEST_F(Postgres, AWriteThatWaitsTooLongForALockTriesAgain) {
    std::atomic<int> runs = 0;
    std::jthread second;
    db_.write([&](Transaction& tx) {
        tx.execute("UPDATE t SET n = n + 1 WHERE id = 1");
        second = std::jthread([&] {
            db_.write([&](Transaction& own) {
                ++runs;
                own.execute("UPDATE t SET n = n + 1 WHERE id = 1");
            });
        });
        while (runs < 2) std::this_thread::sleep_for(milliseconds(10));
    });
    second.join();
    EXPECT_EQ(sum(), 2);
}

TEST_F(Postgres, BackgroundWritesLeaveAConnectionToInteractiveOnes) {
    std::latch one_writes(1), desk_done(1);
    std::atomic<int> background = 0;
    std::vector<std::jthread> jobs;
    for (int i = 0; i < 3; ++i)
        jobs.emplace_back([&] {
            db_.write(
                [&](Transaction&) {
                    if (++background == 1) one_writes.count_down();
                    desk_done.wait();
                },
                Priority::background);
        });
    one_writes.wait();
    db_.write([&](Transaction& tx) {
        EXPECT_EQ(background, 1);
        tx.execute("UPDATE t SET n = n + 1");
    });
    desk_done.count_down();
    jobs.clear();
    EXPECT_EQ(background, 3);
}

TEST_F(Postgres, AnAbandonedReadLeavesItsConnectionUsable) {
    for (int i = 0; i < 20; ++i) {
        std::stop_source source;
        int rows = 0;
        EXPECT_THROW(db_.read(
                         [&](Transaction& tx) {
                             tx.query("SELECT generate_series(1, 100000000)", {}, [&](const Row&) {
                                 if (++rows == 100) source.request_stop();
                             });
                         },
                         {.time = milliseconds(60'000), .stop = source.get_token()}),
                     Cancelled);
        EXPECT_EQ(sum(), 0);
    }
}

// From its sixth run on a prepared statement would otherwise get a plan made for any value.
TEST_F(Postgres, ReadsArePlannedForTheirVeryValues) {
    db_.read([](Transaction& tx) {
        for (std::int64_t n = 0; n < 20; ++n) tx.find_integer("SELECT id FROM t WHERE n = ?", {n});
        EXPECT_EQ(tx.find_integer("SELECT CAST(sum(generic_plans) AS BIGINT) FROM pg_prepared_statements "
                                  "WHERE statement LIKE 'SELECT id FROM t WHERE n = %'"),
                  0);
    });
}

TEST_F(Postgres, TakesAUrlToo) {
    // "host=… user=… dbname=…" in the other form that libpq knows.
    const std::string& info = own_.url().target;
    const auto value = [&](const std::string& key) {
        const auto begin = info.find(key + "=") + key.size() + 1;
        return info.substr(begin, info.find(' ', begin) - begin);
    };
    const auto url =
        Url::parse("postgresql://" + value("user") + "@/" + value("dbname") + "?host=" + value("host"));
    const auto database = Database::open(url);
    EXPECT_EQ(database->read([](Transaction& tx) { return tx.find_integer("SELECT count(*) FROM t"); }), 2);
    EXPECT_GT(database->size_in_bytes(), 0);
}

TEST_F(Postgres, ADatabaseThatIsMissingIsMade) {
    const auto name = "made_" + std::to_string(getpid()) + "_\"\xe5\xba\x97";
    const Url url{Engine::postgres, test::postgres_server() + " dbname='" + name + "'"};
    try {
        Database::open(url, {.must_exist = true});
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "storage.missing");
    }
    {
        const auto made = Database::open(url);
        const auto first = made->read([](Transaction& tx) {
            return tx.find_text("SELECT name FROM (VALUES ('a'), ('B')) AS t (name) ORDER BY name LIMIT 1");
        });
        EXPECT_EQ(first, "B");  // by bytes, as SQLite sorts
    }
    Database::open(url, {.must_exist = true})->read([](Transaction&) {});
    const auto quoted = "made_" + std::to_string(getpid()) + "_\"\"\xe5\xba\x97";
    test::postgres_command("DROP DATABASE \"" + quoted + "\" WITH (FORCE)");
}

TEST(PostgresServer, ThatIsNotThereIsAnError) {
    EXPECT_THROW(Database::open({Engine::postgres, "host=/nonexistent dbname=x"}), Error);
}

// Where the server's log ends, or is on disk; of this database alone while nobody else writes.
std::string log_position(Transaction& tx, const char* which) {
    return *tx.find_text(std::string("SELECT (") + which + " - '0/0'::pg_lsn)::bigint::text");
}

TEST_F(Postgres, AWriteWithASharedSyncIsOnDiskWhenItReturns) {
    for (int round = 0; round < 20; ++round) {
        const auto written = db_.write([](Transaction& tx) {
            tx.execute("UPDATE t SET n = n + 1");
            tx.share_sync();
            return std::stoll(log_position(tx, "pg_current_wal_insert_lsn()"));
        });
        const auto on_disk = db_.read(
            [](Transaction& tx) { return std::stoll(log_position(tx, "pg_current_wal_flush_lsn()")); });
        ASSERT_GE(on_disk, written);
    }
}

TEST_F(Postgres, WritesThatShareTheirSyncsAreAllKept) {
    constexpr int kThreads = 8, kWrites = 40;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread)
        threads.emplace_back([&] {
            for (int i = 0; i < kWrites; ++i)
                db_.write([](Transaction& tx) {
                    tx.share_sync();
                    tx.execute("UPDATE t SET n = n + 1 WHERE id = 1");
                });
        });
    threads.clear();
    EXPECT_EQ(sum(), kThreads * kWrites);
}

TEST_F(Postgres, ConnectsAgainForSharedSyncsAndSaysWhenNobodyKnowsWhetherACommitWasKept) {
    const auto share = [](Transaction& tx) {
        tx.share_sync();
        tx.execute("UPDATE t SET n = n + 1 WHERE id = 1");
    };
    db_.write(share);
    // The write's own connection is there again at BEGIN; that of the syncs is gone behind its COMMIT.
    db_.write([](Transaction& tx) { tx.execute("UPDATE t SET n = n + 1 WHERE id = 2"); });
    const auto end_sync = [&] {
        const auto other = Database::open(own_.url());
        other->write([](Transaction& tx) {
            tx.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND query LIKE '%pg_logical_emit_message%' AND pid <> pg_backend_pid()");
        });
    };
    db_.write(share);  // just used, so nobody asks whether it is still there
    end_sync();
    EXPECT_THROW(db_.write(share), Error);
    db_.write(share);
    EXPECT_EQ(sum(), 5);
}

}  // namespace
}  // namespace otokui::storage
