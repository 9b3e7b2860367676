#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

#include "base/problem.hpp"
#include "storage/database.hpp"
#include "support/database.hpp"

// What holds on SQLite alone.
namespace otokui::storage {
namespace {

using std::chrono::milliseconds;

class Sqlite : public testing::Test {
protected:
    Sqlite() {
        db_.write([](Transaction& tx) { tx.run_script("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);"); });
    }
    std::string setting(const char* pragma) {
        std::string text;
        db_.write([&](Transaction& tx) {
            tx.query(std::string("PRAGMA ") + pragma, {}, [&](const Row& row) {
                const auto value = row.value(0);
                text = std::holds_alternative<std::string>(value)
                           ? std::get<std::string>(value)
                           : std::to_string(std::get<std::int64_t>(value));
            });
        });
        return text;
    }
    void insert(int rows) {
        db_.write([&](Transaction& tx) {
            for (int i = 0; i < rows; ++i)
                tx.execute("INSERT INTO t (a) VALUES (?)", {std::string(3'000, 'x')});
        });
    }

    test::Database own_{Engine::sqlite, test::Schema::empty, {.busy = milliseconds(300)}};
    Database& db_ = own_.storage();
};

TEST_F(Sqlite, IsSetToKeepWhatItHasAnswered) {
    EXPECT_EQ(setting("journal_mode"), "wal");
    EXPECT_EQ(setting("synchronous"), "2");
    EXPECT_EQ(setting("foreign_keys"), "1");
    EXPECT_EQ(setting("trusted_schema"), "0");
}

TEST_F(Sqlite, TakesADoubleQuotedWordForAName) {
    EXPECT_THROW(db_.read([](Transaction& tx) { tx.find_text("SELECT \"no_such_column\" FROM t"); }), Error);
}

TEST_F(Sqlite, RefusesToBeWrittenAroundItsSchema) {
    EXPECT_THROW(db_.write([](Transaction& tx) {
        tx.run_script("PRAGMA writable_schema = ON;");
        tx.execute("UPDATE sqlite_schema SET sql = 'x'");
    }),
                 Error);
}

TEST_F(Sqlite, ItsFilesBelongToTheirOwnerAlone) {
    insert(1);
    for (const char* part : {"", "-wal", "-shm"}) {
        struct stat state{};
        ASSERT_EQ(stat((own_.url().target + part).c_str(), &state), 0) << part;
        EXPECT_EQ(state.st_mode & 077, 0U) << part;
    }
}

TEST_F(Sqlite, IsNotMadeWhenItMustExist) {
    const Url nowhere{Engine::sqlite, own_.url().target + ".other"};
    try {
        Database::open(nowhere, {.must_exist = true});
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "storage.missing");
    }
    EXPECT_FALSE(std::filesystem::exists(nowhere.target));
}

TEST_F(Sqlite, WaitsForAnotherProcessAndThenSaysBusy) {
    const auto other = Database::open(own_.url(), {.busy = milliseconds(300)});
    other->write([&](Transaction& tx) {
        tx.execute("INSERT INTO t (a) VALUES ('x')");
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_THROW(insert(1), Busy);
        const auto took = std::chrono::steady_clock::now() - begin;
        EXPECT_GE(took, milliseconds(250));
        EXPECT_LT(took, milliseconds(1'500));  // not eight times as long
    });
    insert(1);
}

TEST_F(Sqlite, ItsLogStaysBoundedUnderReadersThatAlwaysOverlap) {
    std::atomic<bool> done = false;
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&, i] {
            while (!done)
                db_.read([&](Transaction& tx) {
                    tx.find_integer("SELECT max(id) FROM t");
                    std::this_thread::sleep_for(milliseconds(10 + 3 * i));
                });
        });
    std::uintmax_t most = 0;
    for (int i = 0; i < 40; ++i) {
        insert(1'000);  // 4 MB
        most = std::max(most, std::filesystem::file_size(own_.url().target + "-wal"));
        std::this_thread::sleep_for(milliseconds(5));
    }
    done = true;
    EXPECT_LT(most, 80U * 1024 * 1024);  // of 160 MB written
}

TEST_F(Sqlite, OpensAnewAfterTheDiskHasFailed) {
    insert(10);
    // A file that may not grow stands for a full disk, in a child of its own: the limit cannot be taken back.
    const pid_t child = fork();
    if (child == 0) {
        const auto database = Database::open(own_.url());
        const auto write = [&](std::size_t bytes) {
            database->write([&](Transaction& tx) {
                for (std::size_t i = 0; i < bytes / 10'000; ++i)
                    tx.execute("INSERT INTO t (a) VALUES (?)", {std::string(10'000, 'y')});
            });
        };
        signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4 * 1024 * 1024, RLIM_INFINITY}, any{RLIM_INFINITY, RLIM_INFINITY};
        setrlimit(RLIMIT_FSIZE, &small);
        bool failed = false;
        try {
            write(50'000'000);
        } catch (const Error&) {
            failed = true;
        }
        setrlimit(RLIMIT_FSIZE, &any);
        write(100'000);
        const auto rows =
            database->read([](Transaction& tx) { return tx.find_integer("SELECT count(*) FROM t").value(); });
        _exit(failed && rows == 20 ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    const auto rows = db_.read([](Transaction& tx) { return tx.find_integer("SELECT count(*) FROM t"); });
    EXPECT_EQ(rows, 20);
}

// A statement notes the pages it changes until it has ended: more of them than memory is kept for.
TEST_F(Sqlite, AStatementMayChangeMorePagesThanItNotesInMemory) {
    insert(3'000);  // 12 MB
    db_.write([](Transaction& tx) {
        tx.run_script("CREATE TABLE kept (id INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE)");
        tx.execute("INSERT INTO kept (a) SELECT id || a FROM t");
    });
    db_.write([](Transaction& tx) {
        tx.execute("INSERT INTO t (a) VALUES ('first')");
        tx.execute("UPDATE kept SET a = 'x' || a");
    });
    db_.read([](Transaction& tx) {
        EXPECT_EQ(tx.find_integer("SELECT count(*) FROM kept WHERE a LIKE 'x%'"), 3'000);
    });
}

// What does not fit into the writer's cache goes to the log before its commit, or without one.
TEST_F(Sqlite, LargeAndRolledBackWritesAreReadByOtherConnections) {
    insert(1);
    constexpr int kMany = 3'000;  // more than the writer's cache
    try {
        db_.write([&](Transaction& tx) {
            for (int i = 0; i < 2 * kMany; ++i)
                tx.execute("INSERT INTO t (a) VALUES (?)", {std::string(3'000, 'y')});
            throw std::runtime_error("no");
        });
    } catch (const std::runtime_error&) {
    }
    // Another one writes where that would have been; then we do again.
    const auto other = Database::open(own_.url());
    other->write([](Transaction& tx) { tx.execute("INSERT INTO t (a) VALUES ('other')"); });
    insert(kMany);
    insert(1);
    const auto again = Database::open(own_.url());
    for (auto* one : {&db_, other.get(), again.get()})
        one->read([&](Transaction& tx) {
            EXPECT_EQ(tx.find_integer("SELECT count(*) FROM t WHERE a <> 'other'"), kMany + 2);
            EXPECT_EQ(tx.find_integer("SELECT count(*) FROM t WHERE a = 'other'"), 1);
            EXPECT_EQ(tx.find_text("PRAGMA integrity_check"), "ok");
        });
}

}  // namespace
}  // namespace otokui::storage
