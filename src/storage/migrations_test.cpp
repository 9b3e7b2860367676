#include "storage/migrations.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "base/problem.hpp"
#include "support/database.hpp"

namespace otokui::storage {
namespace {

constexpr Migration kFirst{1, "shelf", "CREATE TABLE shelf (id @id@, name TEXT NOT NULL);\n", {}, {}};
constexpr Migration kSecond{2, "book", "CREATE TABLE book (id @id@, cover @blob@);\n",
                            "INSERT INTO shelf (name) VALUES ('sqlite; really');\n",
                            "INSERT INTO shelf (name) VALUES ('postgres; really');\n"};
constexpr Migration kBroken{
    3, "broken", "CREATE TABLE lost (id @id@);\nINSERT INTO nowhere VALUES (1);\n", {}, {}};

class Migrations : public testing::TestWithParam<test::Backend> {
protected:
    test::Database db_{GetParam(), test::Schema::empty};

    std::int64_t count(const char* sql) {
        return db_.storage().read([&](Transaction& tx) { return tx.find_integer(sql).value(); });
    }
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, Migrations, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Migrations, BringAnEmptyDatabaseUpToDate) {
    EXPECT_EQ(schema_number(db_.storage()), 0);
    const Migration steps[] = {kFirst, kSecond};
    migrate(db_.storage(), steps);
    EXPECT_EQ(schema_number(db_.storage()), 2);
    EXPECT_EQ(count("SELECT count(*) FROM book"), 0);
    const auto name =
        db_.storage().read([](Transaction& tx) { return tx.find_text("SELECT name FROM shelf"); });
    EXPECT_EQ(name, GetParam() == Engine::sqlite ? "sqlite; really" : "postgres; really");
}

TEST_P(Migrations, GoOnWhereTheyStood) {
    const Migration steps[] = {kFirst, kSecond};
    migrate(db_.storage(), std::span(steps, 1));
    db_.storage().write([](Transaction& tx) { tx.execute("INSERT INTO shelf (name) VALUES ('kept')"); });
    migrate(db_.storage(), steps);
    EXPECT_EQ(count("SELECT count(*) FROM shelf"), 2);
    migrate(db_.storage(), steps);
    EXPECT_EQ(count("SELECT count(*) FROM shelf"), 2);
}

TEST_P(Migrations, AStepThatFailsLeavesNothingBehindAndIsTriedAgain) {
    const Migration steps[] = {kFirst, kSecond, kBroken};
    EXPECT_THROW(migrate(db_.storage(), steps), Error);
    EXPECT_EQ(schema_number(db_.storage()), 2);
    const Migration mended[] = {kFirst, kSecond, {3, "mended", "CREATE TABLE lost (id @id@);\n", {}, {}}};
    migrate(db_.storage(), mended);
    EXPECT_EQ(schema_number(db_.storage()), 3);
}

TEST_P(Migrations, AStepThatCameInLateIsDoneToo) {
    const Migration early[] = {kSecond, {4, "later", "CREATE TABLE later (id @id@);\n", {}, {}}};
    EXPECT_THROW(migrate(db_.storage(), early), Error);  // the second wants the first's table
    const Migration without[] = {kFirst, early[1]}, with[] = {kFirst, kSecond, early[1]};
    migrate(db_.storage(), without);
    migrate(db_.storage(), with);
    EXPECT_EQ(schema_number(db_.storage()), 4);
    EXPECT_EQ(count("SELECT count(*) FROM book"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM schema_version"), 3);
}

TEST_P(Migrations, ANewerSchemaIsRefusedAndLeftAlone) {
    const Migration steps[] = {kFirst, kSecond};
    migrate(db_.storage(), steps);
    try {
        migrate(db_.storage(), std::span(steps, 1));
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "storage.newer_schema");
    }
    EXPECT_EQ(schema_number(db_.storage()), 2);
}

TEST_P(Migrations, TwoProcessesAtOnceDoEachStepOnce) {
    const auto other = Database::open(db_.url());
    const Migration steps[] = {kFirst, kSecond};
    {
        const std::jthread one([&] { migrate(db_.storage(), steps); });
        const std::jthread two([&] { migrate(*other, steps); });
    }
    EXPECT_EQ(count("SELECT count(*) FROM shelf"), 1);
}

// Killed at any moment, also between two steps and in the middle of one.
TEST_P(Migrations, GoOnAfterAKill) {
    const std::string many = std::string(
        "CREATE TABLE many (id @id@, n BIGINT);\n"
        "INSERT INTO many (n) WITH RECURSIVE g (i) AS "
        "(SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < 100000) SELECT i FROM g;\n");
    const Migration steps[] = {kFirst,
                               kSecond,
                               {3, "many", many, {}, {}},
                               {4, "after", "CREATE TABLE after_many (id @id@);\n", {}, {}}};
    for (const int milliseconds : {1, 5, 20, 50, 100}) {
        const pid_t child = fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            migrate(*Database::open(db_.url()), steps);
            _exit(0);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        db_.reopen();
        if (schema_number(db_.storage()) >= 3) EXPECT_EQ(count("SELECT count(*) FROM many"), 100'000);
    }
    migrate(db_.storage(), steps);
    EXPECT_EQ(schema_number(db_.storage()), 4);
    EXPECT_EQ(count("SELECT count(*) FROM many"), 100'000);
    EXPECT_EQ(count("SELECT count(*) FROM shelf"), 1);
}

TEST(MigrationsOnSqlite, LeaveABackupOfAShopThatTheyChange) {
    test::Database db(Engine::sqlite, test::Schema::empty);
    const Migration steps[] = {kFirst, kSecond};
    const Url backup{Engine::sqlite, db.url().target + ".before-migration"};
    migrate(db.storage(), std::span(steps, 1));
    EXPECT_FALSE(std::filesystem::exists(backup.target));
    db.storage().write([](Transaction& tx) { tx.execute("INSERT INTO shelf (name) VALUES ('kept')"); });
    migrate(db.storage(), steps);
    struct stat state{};
    ASSERT_EQ(stat(backup.target.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0600U);
    const auto before = Database::open(backup, {.must_exist = true});
    EXPECT_EQ(schema_number(*before), 1);
    EXPECT_EQ(before->read([](Transaction& tx) { return tx.find_text("SELECT name FROM shelf"); }), "kept");
}

TEST(MigrationsOnSqlite, ChangeNothingWhenTheBackupCannotBeWritten) {
    test::Database db(Engine::sqlite, test::Schema::empty);
    const Migration steps[] = {kFirst, kSecond};
    migrate(db.storage(), std::span(steps, 1));
    std::filesystem::create_directories(db.url().target + ".before-migration.new/in the way");
    try {
        migrate(db.storage(), steps);
        FAIL();
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "storage.no_backup");
    }
    EXPECT_EQ(schema_number(db.storage()), 1);
}

TEST_P(Migrations, ThoseOfTheBinaryRunOnEachEngine) {
    migrate(db_.storage());
    EXPECT_EQ(schema_number(db_.storage()), migrations().back().number);
}

// PostgreSQL's INTEGER ends at two thousand million, which no test row would ever reach.
TEST(MigrationFiles, UseOnlyTheTypesThatAreTheSameOnBothEngines) {
    for (const auto& step : migrations()) {
        for (const std::string_view type :
             {" INTEGER", " INT ", " SERIAL", " VARCHAR", " TIMESTAMP", " BOOLEAN", " BLOB", " BYTEA"})
            EXPECT_EQ(step.common.find(type), std::string_view::npos) << step.number << type;
    }
}

}  // namespace
}  // namespace otokui::storage
