#include "access/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "access/service.hpp"
#include "access/store.hpp"
#include "support/customers.hpp"

namespace otokui::access {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class AccessLog : public testing::TestWithParam<test::Backend> {
protected:
    AccessLog() : customers_(GetParam(), register_tables) {}

    Reading opened(std::int64_t customer, std::string session = "session:1") {
        return {.actor = {.staff = {7}, .name = "森", .ip = "192.0.2.7", .screen = "customer"},
                .session = std::move(session),
                .kind = "open",
                .customer = {customer},
                .count = 1};
    }
    Reading searched(std::string asked) {
        return {.actor = {.staff = {7}, .name = "森"},
                .session = "session:1",
                .kind = "search",
                .asked = std::move(asked)};
    }
    std::vector<Entry> entries() {
        return customers_.database.storage().read([](storage::Transaction& tx) {
            return store::list(tx, {}, std::numeric_limits<std::int64_t>::max(), 1000);
        });
    }
    std::int64_t count(const std::string& table) {
        return customers_.database.storage().read([&](storage::Transaction& tx) {
            return tx.find_integer("SELECT count(*) FROM " + table).value();
        });
    }

    test::Customers customers_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    Log log_{customers_.journal, keys_};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, AccessLog, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(AccessLog, SaysWhoSawWhomWhenAndFromWhere) {
    log_.write(opened(42));
    const auto all = entries();
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].customer.value, 42);
    EXPECT_EQ(all[0].actor.staff.value, 7);
    EXPECT_EQ(all[0].actor.name, "森");
    EXPECT_EQ(all[0].actor.ip, "192.0.2.7");
    EXPECT_EQ(all[0].actor.screen, "customer");
    EXPECT_EQ(all[0].at.milliseconds, customers_.now);
    EXPECT_EQ(all[0].fields, kPersonal);
}

TEST_P(AccessLog, CountsTheSameCustomerOpenedAgainWithinAMinute) {
    log_.write(opened(42));
    customers_.now += 59'000;
    log_.write(opened(42));
    auto all = entries();
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].times, 2);
    EXPECT_EQ((all[0].last_at - all[0].at).count(), 59'000);
    customers_.now += 1'000;  // a minute after the first
    log_.write(opened(42));
    EXPECT_THAT(entries(), SizeIs(2));
}

TEST_P(AccessLog, KeepsSessionsCustomersAndKindsApart) {
    log_.write(opened(42));
    log_.write(opened(42, "session:2"));
    log_.write(opened(43));
    auto history = opened(42);
    history.kind = "history";
    log_.write(history);
    EXPECT_THAT(entries(), SizeIs(4));
}

TEST_P(AccessLog, RemembersThatContactDataWereAmongWhatWasSeenAgain) {
    log_.write(opened(42));
    auto unmasked = opened(42);
    unmasked.fields |= kContact;
    log_.write(unmasked);
    ASSERT_THAT(entries(), SizeIs(1));
    EXPECT_EQ(entries()[0].fields, kPersonal | kContact);
}

TEST_P(AccessLog, StoresWhatWasAskedOnceForManyPagesAndSealed) {
    const std::string asked = R"({"text":"田中 080-1111-2222"})";
    log_.write(searched(asked));
    log_.write(searched(asked));
    log_.write(searched(R"({"text":"林"})"));
    ASSERT_THAT(entries(), SizeIs(3));
    EXPECT_EQ(count("access_search"), 2);
    customers_.database.storage().read([&](storage::Transaction& tx) {
        tx.query("SELECT content FROM access_search ORDER BY id", {}, [&](const storage::Row& row) {
            const auto bytes = row.bytes(0);
            EXPECT_EQ(std::string(bytes.begin(), bytes.end()).find("080-1111"), std::string::npos);
        });
    });
}

// No entry may be lost or counted twice however many come at once.
TEST_P(AccessLog, WritesEveryReadingOfManyThreads) {
    constexpr int kThreads = 16, kEach = 25;
    std::latch start(kThreads);
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread)
        threads.emplace_back([&, thread] {
            start.arrive_and_wait();
            for (int i = 0; i < kEach; ++i) {
                log_.write(opened(1 + i, "session:" + std::to_string(thread)));
                log_.write(opened(1 + i, "session:" + std::to_string(thread)));
            }
        });
    threads.clear();
    EXPECT_EQ(count("access_entry"), kThreads * kEach);
    std::int64_t times = 0;
    for (const auto& entry : entries()) times += entry.times;
    EXPECT_EQ(times, kThreads * kEach * 2);
}

TEST_P(AccessLog, RefusesTheReadingThatItCannotWrite) {
    customers_.journal.database().write(
        [](storage::Transaction& tx) { tx.run_script("DROP TABLE access_entry"); });
    EXPECT_EQ(test::refusal([&] { log_.write(opened(42)); }), "access_log.unwritten");
}

TEST_P(AccessLog, WritesWithTheChangeItBelongsToOrNotAtAll) {
    customers_.journal.together([&] { log_.write(opened(42)); });
    EXPECT_EQ(count("access_entry"), 1);
    EXPECT_THROW(customers_.journal.together([&] {
        log_.write(searched(R"({"text":"森"})"));
        throw std::runtime_error("the change failed");
    }),
                 std::runtime_error);
    EXPECT_EQ(count("access_entry"), 1);
    // What was rolled back is not taken for stored.
    log_.write(searched(R"({"text":"森"})"));
    EXPECT_EQ(count("access_search"), 1);
}

}  // namespace
}  // namespace otokui::access
