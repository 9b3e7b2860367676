#include "storage/copy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/problem.hpp"
#include "storage/migrations.hpp"
#include "support/database.hpp"

namespace otokui::storage {
namespace {

// "a_book" sorts before the "shelf" it refers to.
constexpr Migration kLibrary{
    1,
    "library",
    "CREATE TABLE shelf (id @id@, name TEXT, parent_id BIGINT REFERENCES shelf (id));\n"
    "CREATE TABLE a_book (id @id@, shelf_id BIGINT NOT NULL REFERENCES shelf (id), cover @blob@);\n"
    "CREATE TABLE pair (a TEXT NOT NULL, b BIGINT NOT NULL, PRIMARY KEY (a, b));\n"
    "CREATE TABLE never_used (id @id@);\n"
    "CREATE TABLE customer_text_index (id BIGINT);\n",
    {},
    {}};
constexpr Migration kMore{2, "more", "CREATE TABLE more (id @id@);\n", {}, {}};
constexpr Migration kSteps[] = {kLibrary, kMore};
constexpr std::span<const Migration> kLibraryOnly(kSteps, 1);

struct Direction {
    test::Backend from, to;
};

class Copy : public testing::TestWithParam<Direction> {
protected:
    Copy() {
        migrate(from(), kLibraryOnly);
        migrate(to(), kLibraryOnly);
        from().write([](Transaction& tx) {
            tx.run_script(
                "INSERT INTO shelf (name, parent_id) VALUES ('髙い\t棚', NULL), (NULL, 1), ('', 2);\n"
                "INSERT INTO pair (a, b) VALUES ('x', 1), ('x', -9223372036854775807);\n"
                "INSERT INTO customer_text_index (id) VALUES (1);\n");
            std::vector<Values> books;
            for (std::int64_t i = 0; i < 5'000; ++i)
                books.push_back({i % 3 + 1, i % 2 == 0
                                                ? Value{Blob{0, 255, static_cast<std::uint8_t>(i & 0xff)}}
                                                : Value{}});
            constexpr std::string_view kColumns[] = {"shelf_id", "cover"};
            tx.insert_many("a_book", kColumns, books);
            tx.execute("DELETE FROM a_book WHERE id = 5000");
        });
    }
    Database& from() { return from_.storage(); }
    Database& to() { return to_.storage(); }

    static std::vector<Values> all(Database& database, const char* sql) {
        std::vector<Values> rows;
        database.read([&](Transaction& tx) {
            tx.query(sql, {}, [&](const Row& row) {
                rows.emplace_back();
                for (int column = 0; column < row.columns(); ++column)
                    rows.back().push_back(row.value(column));
            });
        });
        return rows;
    }
    template <class Work>
    static std::string refusal(Work work) {
        try {
            work();
        } catch (const Refused& refused) {
            return refused.problem().code;
        }
        return "";
    }

    test::Database from_{GetParam().from, test::Schema::empty}, to_{GetParam().to, test::Schema::empty};
};
INSTANTIATE_TEST_SUITE_P(
    EachWay, Copy,
    testing::Values(Direction{Engine::sqlite, Engine::postgres}, Direction{Engine::postgres, Engine::sqlite},
                    Direction{Engine::sqlite, Engine::sqlite}, Direction{Engine::postgres, Engine::postgres}),
    [](const auto& info) {
        const auto name = [](Engine engine) { return engine == Engine::sqlite ? "Sqlite" : "Postgres"; };
        return std::string(name(info.param.from)) + "To" + name(info.param.to);
    });

TEST_P(Copy, BringsEveryRowOverAndRebuildsWhatIsDerived) {
    bool rebuilt = false;
    const auto copied = copy_all(from(), to(), {.rebuild = [&](Transaction& tx) {
                                     rebuilt = tx.find_integer("SELECT count(*) FROM a_book") == 4'999;
                                 }});
    EXPECT_TRUE(rebuilt);
    EXPECT_THAT(copied, testing::UnorderedElementsAre(CopiedTable{"shelf", 3}, CopiedTable{"a_book", 4'999},
                                                      CopiedTable{"pair", 2}, CopiedTable{"never_used", 0}));
    for (const char* sql :
         {"SELECT id, name, parent_id FROM shelf ORDER BY id",
          "SELECT id, shelf_id, cover FROM a_book ORDER BY id", "SELECT a, b FROM pair ORDER BY b"})
        EXPECT_EQ(all(to(), sql), all(from(), sql)) << sql;
    EXPECT_TRUE(all(to(), "SELECT id FROM customer_text_index").empty());
}

TEST_P(Copy, NeverGivesOutAnIdAgain) {
    copy_all(from(), to());
    to().write([](Transaction& tx) {
        EXPECT_EQ(tx.allocate_ids("a_book", 1), (std::vector<std::int64_t>{5'001}));
        EXPECT_EQ(tx.allocate_ids("never_used", 1), (std::vector<std::int64_t>{1}));
        EXPECT_EQ(tx.find_integer("INSERT INTO shelf (name) VALUES ('new') RETURNING id"), 4);
    });
}

TEST_P(Copy, RefusesATargetWithRows) {
    to().write([](Transaction& tx) { tx.execute("INSERT INTO never_used (id) VALUES (1)"); });
    EXPECT_EQ(refusal([&] { copy_all(from(), to()); }), "copy.not_empty");
    EXPECT_TRUE(all(to(), "SELECT id FROM shelf").empty());
}

TEST_P(Copy, RefusesATargetOfAnotherSchema) {
    migrate(to(), kSteps);
    EXPECT_EQ(refusal([&] { copy_all(from(), to()); }), "copy.schema_differs");
}

TEST_P(Copy, LeavesNothingBehindWhenItFails) {
    EXPECT_THROW(copy_all(from(), to(), {.rebuild = [](Transaction&) { throw std::runtime_error("index"); }}),
                 std::runtime_error);
    EXPECT_TRUE(all(to(), "SELECT id FROM shelf").empty());
    EXPECT_EQ(copy_all(from(), to()).size(), 4U);
}

// So that a migrated database is a target: what a shop is given to begin with is put there by its setup, not
// by a migration.
TEST(CopyOfTheProduct, TakesAFreshlyMigratedDatabaseAsTarget) {
    test::Database from(Engine::sqlite), to(Engine::postgres);
    for (const auto& table : copy_all(from.storage(), to.storage())) EXPECT_EQ(table.rows, 0) << table.name;
}

}  // namespace
}  // namespace otokui::storage
