#include "storage/sqlite_writer.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "support/database.hpp"

namespace otokui::storage {
namespace {

class SqliteWriting : public testing::Test {
protected:
    SqliteWriting() {
        db_.storage().write([](Transaction& tx) { tx.run_script("CREATE TABLE t (a BIGINT PRIMARY KEY);"); });
    }
    static void insert(Transaction& tx, std::int64_t number) {
        tx.execute("INSERT INTO t (a) VALUES (?)", {number});
    }
    std::vector<std::int64_t> stored() {
        std::vector<std::int64_t> numbers;
        db_.storage().read([&](Transaction& tx) {
            tx.query("SELECT a FROM t ORDER BY a", {},
                     [&](const Row& row) { numbers.push_back(row.integer(0)); });
        });
        return numbers;
    }

    // The first write does not end before all others wait behind it, in this order. Answers what each has
    // thrown.
    using Work = std::function<void(Transaction&)>;
    std::vector<std::string> together(const std::vector<Work>& works) {
        std::vector<std::string> thrown(works.size());
        std::vector<std::jthread> others;
        const auto run = [&](std::size_t i, const Work& work) {
            try {
                writer_.write(Priority::interactive, work);
            } catch (const std::exception& error) {
                thrown[i] = error.what();
            }
        };
        run(0, [&](Transaction& tx) {
            for (std::size_t i = 1; i < works.size(); ++i) {
                others.emplace_back([&, i] { run(i, works[i]); });
                while (gate_.waiting() != i) std::this_thread::yield();
            }
            works[0](tx);
        });
        others.clear();
        return thrown;
    }

    test::Database db_{Engine::sqlite, test::Schema::empty};
    int commits_ = 0;
    WriteGate gate_;
    Pool pool_{db_.url(), 1, [this](Sessions& sessions, std::size_t position) {
                   return make_sqlite_connection(sessions, position, Role::writer, {},
                                                 [this](int) { ++commits_; });
               }};
    SqliteWriter writer_{pool_, gate_, {}};
};

TEST_F(SqliteWriting, WritesThatWaitForEachOtherShareOneCommit) {
    std::vector<Work> works;
    for (std::int64_t i = 0; i < 5; ++i) works.emplace_back([i](Transaction& tx) { insert(tx, i); });
    EXPECT_EQ(together(works), std::vector<std::string>(5));
    EXPECT_EQ(stored(), (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
    EXPECT_LT(commits_, 5);
}

TEST_F(SqliteWriting, AMemberThatThrowsTakesOnlyItsOwnBack) {
    const auto thrown = together({[](Transaction& tx) { insert(tx, 1); },
                                  [](Transaction& tx) {
                                      insert(tx, 2);
                                      throw std::runtime_error("no");
                                  },
                                  [](Transaction& tx) {
                                      insert(tx, 3);
                                      insert(tx, 1);
                                  },
                                  [](Transaction& tx) { insert(tx, 4); }});
    EXPECT_EQ(thrown, (std::vector<std::string>{"", "no", "unique violation: t.a", ""}));
    EXPECT_EQ(stored(), (std::vector<std::int64_t>{1, 4}));
}

TEST_F(SqliteWriting, AMemberThatSwallowsAFailureIsRefused) {
    const auto thrown = together({[](Transaction& tx) { insert(tx, 1); },
                                  [](Transaction& tx) {
                                      insert(tx, 2);
                                      try {
                                          insert(tx, 1);
                                      } catch (const UniqueViolation&) {
                                      }
                                  }});
    EXPECT_EQ(thrown[0], "");
    EXPECT_NE(thrown[1], "");
    EXPECT_EQ(stored(), (std::vector<std::int64_t>{1}));
}

TEST_F(SqliteWriting, WhenTheFirstThrowsTheOthersGoOn) {
    const auto thrown = together({[](Transaction& tx) {
                                      insert(tx, 1);
                                      throw std::runtime_error("no");
                                  },
                                  [](Transaction& tx) { insert(tx, 2); }});
    EXPECT_EQ(thrown, (std::vector<std::string>{"no", ""}));
    EXPECT_EQ(stored(), (std::vector<std::int64_t>{2}));
}

// As a full disk does to SQLite: the transaction is gone, with the work of those who were done.
TEST_F(SqliteWriting, AMemberThatLosesTheTransactionLetsTheOthersRunAgain) {
    const auto thrown = together({[](Transaction& tx) { insert(tx, 1); },
                                  [](Transaction& tx) {
                                      tx.run_script("ROLLBACK;");
                                      throw std::runtime_error("disk");
                                  }});
    EXPECT_EQ(thrown[1], "disk");
    EXPECT_EQ(thrown[0],
              "the transaction was lost through another write in it");  // a Busy: Database runs it again
    EXPECT_TRUE(stored().empty());
    EXPECT_EQ(together({[](Transaction& tx) { insert(tx, 1); }}), std::vector<std::string>(1));
}

TEST_F(SqliteWriting, ABackgroundWriteDoesNotJoin) {
    std::vector<std::jthread> others;
    writer_.write(Priority::interactive, [&](Transaction& tx) {
        insert(tx, 1);
        others.emplace_back(
            [&] { writer_.write(Priority::background, [](Transaction& own) { insert(own, 2); }); });
        while (gate_.waiting() != 1) std::this_thread::yield();
    });
    others.clear();
    EXPECT_EQ(commits_, 2);
}

}  // namespace
}  // namespace otokui::storage
