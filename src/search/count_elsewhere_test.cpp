#include "search/count_elsewhere.hpp"

#include <gtest/gtest.h>

#include <future>

#include "support/database.hpp"

namespace otokui::search {
namespace {

using storage::Transaction;

// Two servers of one shop, and a count that takes as long as nobody stops it.
class CountsOnTwoServers : public testing::Test {
protected:
    void SetUp() override {
        shop_ = std::make_unique<test::Database>(test::Backend::postgres);
        other_ = storage::Database::open(shop_->url());
    }
    storage::Database& here() { return shop_->storage(); }
    storage::Database& there() { return *other_; }

    // True when it was stopped; `begun` is set as soon as it is the only one.
    std::future<bool> count_for_long(storage::Database& server, const std::string& session,
                                     std::promise<void>& begun) {
        return std::async(std::launch::async, [&server, session, &begun] {
            const std::stop_source stop;
            CountElsewhere elsewhere(server, session, stop);
            try {
                server.read(
                    [&](Transaction& tx) {
                        elsewhere.begin(tx);
                        begun.set_value();
                        tx.find_text("SELECT pg_sleep(600)::text");
                    },
                    {.time = std::chrono::minutes(10), .stop = stop.get_token()});
            } catch (const storage::Cancelled&) {
                return stop.stop_requested();
            }
            return false;
        });
    }
    // Runs at once, or when the one before has ended.
    void count(storage::Database& server, const std::string& session) {
        const std::stop_source stop;
        CountElsewhere elsewhere(server, session, stop);
        server.read([&](Transaction& tx) { elsewhere.begin(tx); }, {.stop = stop.get_token()});
    }

    std::unique_ptr<test::Database> shop_;
    std::unique_ptr<storage::Database> other_;
};

TEST_F(CountsOnTwoServers, OfOneSessionTheNextStopsTheOneBefore) {
    std::promise<void> begun;
    auto first = count_for_long(here(), "session:1", begun);
    begun.get_future().wait();
    count(there(), "session:1");  // returns because the first has ended
    ASSERT_EQ(first.wait_for(std::chrono::seconds(60)), std::future_status::ready);
    EXPECT_TRUE(first.get());
}

TEST_F(CountsOnTwoServers, OfThreeTheLastStopsBothThatCameBefore) {
    std::promise<void> first_begun, second_begun;
    auto first = count_for_long(here(), "session:1", first_begun);
    first_begun.get_future().wait();
    auto second = count_for_long(there(), "session:1", second_begun);
    second_begun.get_future().wait();
    EXPECT_TRUE(first.get());
    count(here(), "session:1");
    EXPECT_TRUE(second.get());
}

TEST_F(CountsOnTwoServers, OfSessionsDoNotMeet) {
    std::promise<void> begun, other_begun;
    auto first = count_for_long(here(), "session:1", begun);
    begun.get_future().wait();
    count(there(), "session:2");
    EXPECT_EQ(first.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    count(there(), "session:1");
    EXPECT_TRUE(first.get());
}

TEST_F(CountsOnTwoServers, LeaveNoNameBehind) {
    count(here(), "session:1");
    EXPECT_EQ(there().read([](Transaction& tx) {
        return tx.find_integer(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
            "application_name LIKE 'otokui count%'");
    }),
              0);
}

}  // namespace
}  // namespace otokui::search
