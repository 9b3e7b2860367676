#include "storage/bulk_fill.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/problem.hpp"
#include "storage/migrations.hpp"
#include "support/database.hpp"

namespace otokui::storage {
namespace {

constexpr Migration kLibrary{
    1,
    "library",
    "CREATE TABLE shelf (id @id@, name TEXT NOT NULL);\n"
    "CREATE UNIQUE INDEX shelf_name_unique ON shelf (name);\n"
    "CREATE TABLE book (id @id@, shelf_id BIGINT NOT NULL REFERENCES shelf (id), title TEXT NOT NULL);\n"
    "CREATE INDEX book_shelf ON book (shelf_id, title);\n"
    "CREATE INDEX book_untitled ON book (id) WHERE title = '';\n"
    "CREATE TABLE word (book_id BIGINT PRIMARY KEY, text TEXT NOT NULL);\n"
    "CREATE INDEX word_text ON word (text);\n",
    {},
    {}};
constexpr std::span<const Migration> kSteps(&kLibrary, 1);
const std::vector<std::string> kTables{"shelf", "book"};

class BulkFilling : public testing::TestWithParam<test::Backend> {
protected:
    BulkFilling() { migrate(database(), kSteps); }
    Database& database() { return database_.storage(); }

    static void insert(Transaction& tx, std::int64_t shelves, std::int64_t books) {
        constexpr std::string_view kShelf[] = {"id", "name"}, kBook[] = {"id", "shelf_id", "title"};
        std::vector<Values> rows;
        for (std::int64_t id = 1; id <= shelves; ++id) rows.push_back({id, "shelf " + std::to_string(id)});
        tx.insert_many("shelf", kShelf, rows);
        rows.clear();
        for (std::int64_t id = 1; id <= books; ++id)
            rows.push_back({id, id % 10 + 1, "book " + std::to_string(id % 7)});
        tx.insert_many("book", kBook, rows);
    }
    std::vector<std::string> indexes() {
        std::vector<std::string> names;
        const bool sqlite = GetParam() == Engine::sqlite;
        database().read([&](Transaction& tx) {
            tx.query(sqlite
                         ? "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1"
                         : "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1",
                     {}, [&](const Row& row) { names.emplace_back(row.text(0)); });
        });
        return names;
    }
    std::int64_t count(const char* table) {
        return database().read(
            [&](Transaction& tx) { return *tx.find_integer("SELECT count(*) FROM " + std::string(table)); });
    }

    test::Database database_{GetParam(), test::Schema::empty, {.filling = true}};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, BulkFilling, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(BulkFilling, PutsIndexesBackAsTheyWereAndGoesOnBehindTheLastId) {
    const auto before = indexes();
    ASSERT_GE(before.size(), 3U);
    std::vector<std::string> told;
    database().write([&](Transaction& tx) {
        BulkFill filling(tx, kTables);
        insert(tx, 10, 100);
        filling.finish([&](std::string_view step) { told.emplace_back(step); });
    });
    EXPECT_EQ(indexes(), before);
    EXPECT_THAT(told, testing::ElementsAre("shelf_name_unique", "book_shelf", "book_untitled", "references",
                                           "statistics"));
    EXPECT_EQ(count("book"), 100);
    EXPECT_EQ(database().write([](Transaction& tx) { return tx.allocate_ids("book", 1).front(); }), 101);
    EXPECT_THROW(database().write([](Transaction& tx) {
        tx.execute("INSERT INTO shelf (name) VALUES (?)", {std::string("shelf 1")});
    }),
                 UniqueViolation);
}

TEST_P(BulkFilling, FillsATableThatGivesOutNoIds) {
    const auto before = indexes();
    database().write([&](Transaction& tx) {
        BulkFill filling(tx, {"word"});
        tx.execute("INSERT INTO word (book_id, text) VALUES (7, 'a')");
        filling.finish();
    });
    EXPECT_EQ(count("word"), 1);
    EXPECT_EQ(indexes(), before);
}

TEST_P(BulkFilling, RefusesTablesThatHoldARow) {
    database().write([](Transaction& tx) { insert(tx, 1, 0); });
    try {
        database().write([](Transaction& tx) { BulkFill(tx, kTables).finish(); });
        FAIL() << "not refused";
    } catch (const Refused& refused) {
        EXPECT_EQ(refused.problem().code, "core.not_empty");
    }
}

TEST_P(BulkFilling, FindsARowThatRefersToNothingAndLeavesAllAsItWas) {
    const auto before = indexes();
    EXPECT_THROW(database().write([](Transaction& tx) {
        BulkFill filling(tx, kTables);
        insert(tx, 9, 100);  // the books of shelf 10 have none
        filling.finish();
    }),
                 ForeignKeyViolation);
    EXPECT_EQ(count("shelf"), 0);
    EXPECT_EQ(indexes(), before);
}

TEST_P(BulkFilling, FindsTwoRowsThatAUniqueIndexForbids) {
    EXPECT_THROW(database().write([](Transaction& tx) {
        BulkFill filling(tx, kTables);
        insert(tx, 10, 0);
        tx.execute("INSERT INTO shelf (id, name) VALUES (11, 'shelf 1')");
        filling.finish();
    }),
                 UniqueViolation);
    EXPECT_EQ(count("shelf"), 0);
}

TEST_P(BulkFilling, LeavesAnEmptyDatabaseWhenKilledInTheMiddle) {
    const auto before = indexes();
    const pid_t child = fork();
    if (child == 0) {
        // A connection of the parent must not be used on this side, so the child opens its own.
        const auto own = Database::open(database_.url(), {.filling = true});
        own->write([](Transaction& tx) {
            const BulkFill filling(tx, kTables);
            insert(tx, 10, 300'000);  // more than the cache holds, so that the file has grown already
            _exit(7);
        });
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_EQ(WEXITSTATUS(status), 7);
    database_.reopen();
    EXPECT_EQ(count("shelf") + count("book"), 0);
    EXPECT_EQ(indexes(), before);
}

TEST(SqliteFilling, GoesBackToTheLogAtTheNextOpening) {
    test::Database database(Engine::sqlite, test::Schema::empty, {.filling = true});
    const auto mode = [](Database& opened) {
        return opened.read([](Transaction& tx) { return tx.find_text("PRAGMA journal_mode"); });
    };
    EXPECT_EQ(mode(database.storage()), "delete");
    const auto url = database.url();
    EXPECT_EQ(mode(*Database::open(url)), "wal");
}

TEST(SqliteFilling, IsContentWithTheLogWhileAnotherHasTheFileOpen) {
    test::Database database(Engine::sqlite, test::Schema::empty);
    migrate(database.storage(), kSteps);
    const auto filling = Database::open(database.url(), {.filling = true});
    filling->write([](Transaction& tx) {
        BulkFill fill(tx, kTables);
        tx.execute("INSERT INTO shelf (id, name) VALUES (1, 'a')");
        fill.finish();
    });
    EXPECT_EQ(database.storage().read(
                  [](Transaction& tx) { return tx.find_integer("SELECT count(*) FROM shelf"); }),
              1);
}

}  // namespace
}  // namespace otokui::storage
