#include "storage/server_lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <optional>

#include "base/problem.hpp"
#include "support/database.hpp"

namespace otokui::storage {
namespace {

TEST(ServerLock, LetsOneServerAtATimeOntoASqliteFile) {
    test::Database db(Engine::sqlite, test::Schema::empty);
    std::optional<ServerLock> first(db.url());
    EXPECT_EQ(first->last_end(), LastEnd::clean);
    try {
        const ServerLock second(db.url());
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "storage.server_running");
    }
    db.storage().write(
        [](Transaction& tx) { tx.run_script("CREATE TABLE t (a BIGINT);"); });  // as a command does
    first.reset();
    EXPECT_EQ(ServerLock(db.url()).last_end(), LastEnd::clean);
}

TEST(ServerLock, TellsThatTheServerBeforeDied) {
    test::Database db(Engine::sqlite, test::Schema::empty);
    const pid_t child = fork();
    if (child == 0) {
        const ServerLock lock(db.url());
        kill(getpid(), SIGKILL);
    }
    waitpid(child, nullptr, 0);
    {
        EXPECT_EQ(ServerLock(db.url()).last_end(), LastEnd::unclean);
    }
    {
        ServerLock lock(db.url());
        EXPECT_EQ(lock.last_end(), LastEnd::unclean) << "nobody has looked the database through";
        lock.found_sound();
    }
    EXPECT_EQ(ServerLock(db.url()).last_end(), LastEnd::clean);
}

TEST(ServerLock, DoesNotStandInTheWayOnPostgres) {
    test::Database db(Engine::postgres, test::Schema::empty);
    const ServerLock first(db.url()), second(db.url());
    EXPECT_EQ(second.last_end(), LastEnd::clean);
}

TEST(QuickCheck, FindsNothingInASoundDatabase) {
    for (const auto backend : test::backends()) {
        test::Database db(backend);
        EXPECT_THAT(quick_check(db.storage()), testing::IsEmpty());
    }
}

TEST(QuickCheck, FindsADamagedPage) {
    test::Database db(Engine::sqlite, test::Schema::empty);
    db.storage().write([](Transaction& tx) {
        tx.run_script("CREATE TABLE t (a TEXT);");
        for (int i = 0; i < 2'000; ++i) tx.execute("INSERT INTO t (a) VALUES (?)", {std::string(100, 'x')});
    });
    // Closed first, so that all of it is in the file and not in the log.
    std::fstream file;
    db.while_closed([&] {
        file.open(db.url().target, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(5 * 4096);
        file.write(std::string(4096, '\x5a').c_str(), 4096);
        file.close();
    });
    EXPECT_THAT(quick_check(db.storage()), testing::Not(testing::IsEmpty()));
}

}  // namespace
}  // namespace otokui::storage
