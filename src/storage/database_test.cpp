#include "storage/database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "base/problem.hpp"
#include "storage/contract_fixture.hpp"

// What both engines make of statements and their values.
namespace otokui::storage {
namespace {

INSTANTIATE_TEST_SUITE_P(EachDatabase, Contract, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(Contract, ReadsBackWhatItWroteInEveryType) {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max(),
                   kLeast = std::numeric_limits<std::int64_t>::min();
    const std::string text = "髙橋 🍵 \"'\\ \t\n :name ? $1";
    const Blob bytes{0, 1, 255, 0, '\\', 'x'};
    const std::vector<Values> rows{
        {kMost, text, bytes}, {kLeast, std::string(), Blob{}}, {Value{}, Value{}, Value{}}};
    db_.write([&](Transaction& tx) {
        for (const auto& row : rows)
            tx.execute("INSERT INTO thing (number, name, body) VALUES (?, ?, ?)", row);
    });
    std::vector<Values> found;
    db_.read([&](Transaction& tx) {
        tx.query("SELECT number, name, body FROM thing ORDER BY id", {}, [&](const Row& row) {
            EXPECT_EQ(row.columns(), 3);
            found.push_back({row.value(0), row.value(1), row.value(2)});
        });
    });
    EXPECT_EQ(found, rows);
}

TEST_P(Contract, StoppedWritesAreRefusedBeforeTheyBeginAndReadsGoOn) {
    insert(7);
    EXPECT_FALSE(db_.has_stopped_writes());
    db_.stop_writes();
    EXPECT_TRUE(db_.has_stopped_writes());
    bool begun = false;
    for (const auto priority : {Priority::interactive, Priority::background}) {
        try {
            db_.write([&](Transaction&) { begun = true; }, priority);
            FAIL();
        } catch (const Refused& refused) {
            EXPECT_EQ(refused.problem().code, "database.damaged");
        }
    }
    EXPECT_FALSE(begun);
    EXPECT_THROW(db_.scrub({}), WritesStopped);
    EXPECT_EQ(count("SELECT sum(number) FROM thing"), 7);
    own_.reopen();  // as the next server does
    own_.storage().write([](Transaction& tx) { tx.execute("DELETE FROM thing"); });
}

TEST_P(Contract, NullReadsAsNothingOfEachType) {
    insert(7);
    db_.read([](Transaction& tx) {
        int seen = 0;
        tx.query("SELECT NULL, name, body FROM thing", {}, [&](const Row& row) {
            ++seen;
            EXPECT_TRUE(row.is_null(1));
            EXPECT_EQ(row.integer(0), 0);
            EXPECT_EQ(row.text(1), "");
            EXPECT_EQ(row.bytes(2), Blob{});
            EXPECT_TRUE(is_null(row.value(2)));
        });
        EXPECT_EQ(seen, 1);
        EXPECT_EQ(tx.find_text("SELECT name FROM thing"), std::nullopt);
        EXPECT_EQ(tx.find_integer("SELECT number FROM thing WHERE number = ?", {std::int64_t{8}}),
                  std::nullopt);
    });
}

TEST_P(Contract, AColumnReadAsAnotherTypeIsAMistakeOfOurs) {
    db_.write([](Transaction& tx) {
        tx.execute("INSERT INTO thing (number, name) VALUES (?, ?)", {std::int64_t{1}, std::string("12")});
    });
    const auto reading = [&](auto access) {
        db_.read([&](Transaction& tx) { tx.query("SELECT number, name FROM thing", {}, access); });
    };
    EXPECT_THROW(reading([](const Row& row) { row.text(0); }), std::logic_error);
    EXPECT_THROW(reading([](const Row& row) { row.integer(1); }), std::logic_error);
    EXPECT_THROW(reading([](const Row& row) { row.bytes(1); }), std::logic_error);
    EXPECT_THROW(reading([](const Row& row) { row.integer(2); }), std::logic_error);
}

TEST_P(Contract, SumsCountsAndTruthsAreWholeNumbers) {
    for (std::int64_t number : {1, 2, 3}) insert(number);
    EXPECT_EQ(count("SELECT sum(number) FROM thing"), 6);
    EXPECT_EQ(count("SELECT CASE WHEN EXISTS (SELECT 1 FROM thing) THEN 1 ELSE 0 END"), 1);
    EXPECT_EQ(count("SELECT EXISTS (SELECT 1 FROM thing WHERE number = 4)"), 0);
}

TEST_P(Contract, AQuestionMarkInAStringOrCommentIsNoParameter) {
    const auto text = db_.read([](Transaction& tx) {
        return tx.find_text("SELECT 'why? it''s ?' || /* ? */ CAST(? AS TEXT) -- ?\n", {std::string("!")});
    });
    EXPECT_EQ(text, "why? it's ?!");
}

TEST_P(Contract, OneValuePerQuestionMark) {
    const auto reading = [&](std::initializer_list<Value> values) {
        db_.read([&](Transaction& tx) { tx.find_integer("SELECT CAST(? AS BIGINT)", values); });
    };
    EXPECT_THROW(reading({}), std::logic_error);
    EXPECT_THROW(reading({std::int64_t{1}, std::int64_t{2}}), std::logic_error);
    EXPECT_NO_THROW(reading({std::int64_t{1}}));
}

TEST_P(Contract, TextWithNulIsTakenByNeitherEngine) {
    EXPECT_THROW(db_.write([](Transaction& tx) {
        tx.execute("INSERT INTO thing (name) VALUES (?)", {std::string("a\0b", 3)});
    }),
                 Error);
}

TEST_P(Contract, ExecuteCountsTheRowsItChanged) {
    for (std::int64_t number : {1, 2, 3}) insert(number);
    db_.write([](Transaction& tx) {
        EXPECT_EQ(
            tx.execute("UPDATE thing SET name = ? WHERE number >= ?", {std::string("x"), std::int64_t{2}}),
            2);
        EXPECT_EQ(tx.execute("DELETE FROM thing WHERE number = ?", {std::int64_t{9}}), 0);
        EXPECT_EQ(
            tx.execute("INSERT INTO thing (number) VALUES (?) ON CONFLICT DO NOTHING", {std::int64_t{3}}), 0);
        EXPECT_EQ(tx.execute("CREATE TABLE other (id BIGINT)"), 0);
    });
}

TEST_P(Contract, InsertReturnsItsId) {
    const auto id = db_.write([](Transaction& tx) {
        return tx.find_integer("INSERT INTO thing (number) VALUES (?) RETURNING id", {std::int64_t{5}});
    });
    EXPECT_EQ(id, 1);
    EXPECT_EQ(count(), 1);
}

TEST_P(Contract, AReadCannotWrite) {
    EXPECT_THROW(db_.read([](Transaction& tx) { tx.execute("INSERT INTO thing (number) VALUES (1)"); }),
                 Error);
    EXPECT_EQ(count(), 0);
}

TEST_P(Contract, WhatThrowsIsRolledBack) {
    EXPECT_THROW(db_.write([](Transaction& tx) {
        tx.execute("INSERT INTO thing (number) VALUES (1)");
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(count(), 0);
    insert(1);
    EXPECT_EQ(count(), 1);
}

TEST_P(Contract, AUniqueViolationNamesItsColumns) {
    insert(1);
    try {
        insert(1);
        FAIL();
    } catch (const UniqueViolation& clash) {
        EXPECT_TRUE(clash.on("thing", "number"));
        EXPECT_FALSE(clash.on("thing", "name"));
        EXPECT_FALSE(clash.on("thing", "num"));
        EXPECT_FALSE(clash.on("part", "number"));
    }
    const auto twice = [&] {
        db_.write([](Transaction& tx) {
            for (int i = 0; i < 2; ++i)
                tx.execute("INSERT INTO thing (id, name) VALUES (?, ?)",
                           {std::int64_t{70}, std::string("secret")});
        });
    };
    try {
        twice();
        FAIL();
    } catch (const UniqueViolation& clash) {
        EXPECT_TRUE(clash.on("thing", "id"));
        EXPECT_EQ(std::string(clash.what()).find("secret"), std::string::npos);
    }
}

TEST_P(Contract, AUniqueViolationOfTwoColumnsIsOnTheFirst) {
    try {
        db_.write([](Transaction& tx) {
            tx.run_script("DROP INDEX thing_number_unique;");
            for (int i = 0; i < 2; ++i)
                tx.execute("INSERT INTO thing (name, number) VALUES (?, ?)",
                           {std::string("secret"), std::int64_t{1}});
        });
        FAIL();
    } catch (const UniqueViolation& clash) {
        EXPECT_TRUE(clash.on("thing", "name"));
        EXPECT_FALSE(clash.on("thing", "number"));
    }
}

TEST_P(Contract, AForeignKeyRefusesBothWays) {
    EXPECT_THROW(db_.write([](Transaction& tx) { tx.execute("INSERT INTO part (thing_id) VALUES (9)"); }),
                 ForeignKeyViolation);
    EXPECT_THROW(db_.write([](Transaction& tx) {
        tx.execute("INSERT INTO thing (id) VALUES (1)");
        tx.execute("INSERT INTO part (thing_id) VALUES (1)");
        tx.execute("DELETE FROM thing");
    }),
                 ForeignKeyViolation);
}

TEST_P(Contract, NoErrorRepeatsAValue) {
    const std::string secret = "hanako@example.com";
    const auto told = [&](auto work) {
        try {
            db_.write(work);
        } catch (const std::exception& error) {
            return std::string(error.what());
        }
        return std::string("nothing was thrown: ") + secret;
    };
    const auto texts = {
        told([&](Transaction& tx) {
            for (int i = 0; i < 2; ++i) tx.execute("INSERT INTO thing (id, name) VALUES (1, ?)", {secret});
        }),
        told([&](Transaction& tx) { tx.execute("INSERT INTO part (thing_id) VALUES (?)", {Value{}}); }),
        told([&](Transaction& tx) { tx.execute("INSERT INTO nowhere (name) VALUES (?)", {secret}); }),
        told([&](Transaction& tx) {
            tx.find_integer("SELECT abs(CAST(? AS BIGINT) - 9223372036854775807 - 9)", {secret});
        }),
    };
    for (const auto& text : texts) EXPECT_EQ(text.find(secret), std::string::npos) << text;
}

TEST_P(Contract, AFailedStatementEndsItsTransaction) {
    insert(1);
    EXPECT_THROW(db_.write([](Transaction& tx) {
        try {
            tx.execute("INSERT INTO thing (number) VALUES (1)");
        } catch (const UniqueViolation&) {
        }
        tx.execute("INSERT INTO thing (number) VALUES (2)");
    }),
                 std::logic_error);
    EXPECT_THROW(db_.write([](Transaction& tx) {
        tx.execute("INSERT INTO thing (number) VALUES (3)");
        try {
            tx.execute("INSERT INTO thing (number) VALUES (1)");
        } catch (const UniqueViolation&) {
        }
    }),
                 Error);
    EXPECT_EQ(count(), 1);
}

TEST_P(Contract, AStatementInsideARowsCallbackIsAMistakeOfOurs) {
    insert(1);
    EXPECT_THROW(db_.read([](Transaction& tx) {
        tx.query("SELECT id FROM thing", {}, [&](const Row&) { tx.find_integer("SELECT 1"); });
    }),
                 std::logic_error);
    EXPECT_EQ(count(), 1);
}

TEST_P(Contract, AnExceptionOutOfARowsCallbackEndsTheReadOnly) {
    for (std::int64_t number : {1, 2, 3}) insert(number);
    EXPECT_THROW(db_.read([](Transaction& tx) {
        tx.query("SELECT id FROM thing", {}, [](const Row&) { throw std::runtime_error("enough"); });
    }),
                 std::runtime_error);
    EXPECT_EQ(count(), 3);
}

TEST_P(Contract, AllocatesIdsThatNobodyElseGets) {
    db_.write([](Transaction& tx) {
        EXPECT_EQ(tx.allocate_ids("thing", 3), (std::vector<std::int64_t>{1, 2, 3}));
        EXPECT_TRUE(tx.allocate_ids("thing", 0).empty());
        EXPECT_EQ(tx.find_integer("INSERT INTO thing (number) VALUES (1) RETURNING id"), 4);
        EXPECT_EQ(tx.allocate_ids("thing", 2), (std::vector<std::int64_t>{5, 6}));
        tx.execute("DELETE FROM thing");
        EXPECT_EQ(tx.allocate_ids("thing", 1), (std::vector<std::int64_t>{7}));
    });
    EXPECT_THROW(db_.write([](Transaction& tx) { tx.allocate_ids("no_such_table", 1); }), std::exception);
    EXPECT_THROW(db_.write([](Transaction& tx) { tx.allocate_ids("thing; --", 1); }), std::logic_error);
}

TEST_P(Contract, InsertsManyRowsAtOnceOrNone) {
    constexpr std::string_view kColumns[] = {"number", "name", "body"};
    for (const std::int64_t size : {1, 3, 100, 1'500}) {
        std::vector<Values> rows;
        for (std::int64_t i = 0; i < size; ++i) {
            auto name = i % 5 == 0 ? Value{} : Value{"tab\t back\\slash \\N \r\n " + std::to_string(i)};
            rows.push_back({size * 10'000 + i, std::move(name),
                            i % 2 == 0 ? Value{Blob{0, '\\', 0xff}} : Value{Blob{}}});
        }
        db_.write([&](Transaction& tx) { tx.insert_many("thing", kColumns, rows); });
        std::vector<Values> found;
        db_.read([&](Transaction& tx) {
            tx.query("SELECT number, name, body FROM thing WHERE number >= ? ORDER BY number",
                     {size * 10'000},
                     [&](const Row& row) { found.push_back({row.value(0), row.value(1), row.value(2)}); });
        });
        EXPECT_EQ(found, rows);
        const auto before = count();
        std::rotate(rows.begin(), rows.begin() + 1, rows.end());  // the clash comes last
        for (std::size_t i = 0; i + 1 < rows.size(); ++i) rows[i][0] = -std::get<std::int64_t>(rows[i][0]);
        try {
            db_.write([&](Transaction& tx) { tx.insert_many("thing", kColumns, rows); });
            ADD_FAILURE() << size;
        } catch (const UniqueViolation& clash) {
            EXPECT_TRUE(clash.on("thing", "number")) << clash.what();
        }
        EXPECT_EQ(count(), before);
    }
}

TEST_P(Contract, StreamsMoreRowsThanItCouldHold) {
    std::int64_t rows = 0, sum = 0;
    db_.read([&](Transaction& tx) {
        tx.query(
            "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < "
            "200000) "
            "SELECT i FROM n",
            {}, [&](const Row& row) {
                ++rows;
                sum += row.integer(0);
            });
    });
    EXPECT_EQ(rows, 200'000);
    EXPECT_EQ(sum, 20'000'100'000);
}

TEST_P(Contract, MoreStatementsThanAreKeptStillWork) {
    db_.read([](Transaction& tx) {
        for (int round = 0; round < 2; ++round)
            for (std::int64_t i = 0; i < 300; ++i)
                EXPECT_EQ(
                    tx.find_integer("SELECT CAST(? AS BIGINT) + " + std::to_string(i), {std::int64_t{1}}),
                    i + 1);
    });
}

TEST_P(Contract, AKeptStatementSurvivesAChangeOfTheSchema) {
    insert(1);
    EXPECT_EQ(count("SELECT number FROM thing"), 1);
    db_.write([](Transaction& tx) {
        tx.run_script(
            "ALTER TABLE thing ADD COLUMN extra BIGINT;\nCREATE INDEX thing_extra ON thing (extra);\n");
    });
    EXPECT_EQ(count("SELECT number FROM thing"), 1);
    insert(2);
    EXPECT_EQ(count(), 2);
}

TEST(Database, RefusesAnAddressItCannotRead) {
    for (const char* text : {"", "sqlite:", "sqlite::memory:", "mysql:x", "shop.db", "sqlite:a\"b"}) {
        try {
            Url::parse(text);
            ADD_FAILURE() << text;
        } catch (const Refused& refused) {
            EXPECT_EQ(refused.problem().code, "storage.bad_url");
        }
    }
    EXPECT_EQ(Url::parse("sqlite:./data/shop.db").target, "./data/shop.db");
    EXPECT_EQ(Url::parse("postgres:host=/tmp dbname=x").target, "host=/tmp dbname=x");
    EXPECT_EQ(Url::parse("postgresql://h/x").target, "postgresql://h/x");
}

}  // namespace
}  // namespace otokui::storage
