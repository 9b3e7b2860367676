#include "storage/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/migrations.hpp"
#include "support/database.hpp"

namespace otokui::storage {
namespace {

class StoredTables : public testing::TestWithParam<test::Backend> {};
INSTANTIATE_TEST_SUITE_P(EachDatabase, StoredTables, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(StoredTables, AreListedByNameWithTheirColumnsInOrder) {
    test::Database db(GetParam(), test::Schema::empty);
    const Migration steps[] = {{1,
                                "book",
                                "CREATE TABLE shelf (id @id@, name TEXT NOT NULL);\n"
                                "CREATE TABLE customer_text_gram (id BIGINT);\n"
                                "CREATE TABLE book (id @id@, shelf_id BIGINT, cover @blob@);\n",
                                {},
                                {}}};
    migrate(db.storage(), steps);
    const auto tables = list_tables(db.storage());
    ASSERT_EQ(tables.size(), 2U);
    EXPECT_EQ(tables[0].name, "book");
    EXPECT_THAT(tables[0].columns, testing::ElementsAre("id", "shelf_id", "cover"));
    EXPECT_EQ(tables[1].name, "shelf");
}

TEST(StoredTablesOfTheProduct, AreTheSameOnEveryEngine) {
    std::vector<std::vector<std::string>> seen;
    for (const auto backend : test::backends()) {
        test::Database db(backend);
        std::vector<std::string> names;
        for (const auto& table : list_tables(db.storage())) {
            names.push_back(table.name + ":");
            for (const auto& column : table.columns) names.back() += " " + column;
        }
        seen.push_back(names);
    }
    for (const auto& names : seen) EXPECT_EQ(names, seen.front());
    EXPECT_THAT(seen.front(), testing::Contains(testing::StartsWith("customer:")));
}

}  // namespace
}  // namespace otokui::storage
