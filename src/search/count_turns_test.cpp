#include "search/count_turns.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "base/problem.hpp"

namespace otokui::search {
namespace {

// Runs until somebody newer wants the turn; says that it has begun.
std::future<void> hold(CountTurns& turns, const std::string& session, std::promise<void>& begun) {
    return std::async(std::launch::async, [&turns, session, &begun] {
        const auto turn = turns.take(session);
        std::promise<void> stopped;
        const std::stop_callback on_stop(turn.stop(), [&] { stopped.set_value(); });
        begun.set_value();
        stopped.get_future().wait();
    });
}

TEST(CountTurns, StopTheTurnBeforeAndBeginWhenItHasEnded) {
    CountTurns turns;
    std::promise<void> begun;
    auto first = hold(turns, "a", begun);
    begun.get_future().wait();
    const auto second = turns.take("a");
    EXPECT_EQ(first.wait_for(std::chrono::seconds(60)), std::future_status::ready);
    EXPECT_FALSE(second.stop().stop_requested());
}

TEST(CountTurns, OfSessionsDoNotMeet) {
    CountTurns turns;
    const auto first = turns.take("a");
    const auto second = turns.take("b");
    EXPECT_FALSE(first.stop().stop_requested());
    EXPECT_FALSE(second.stop().stop_requested());
}

TEST(CountTurns, RefuseWhoIsOvertakenWhileWaiting) {
    CountTurns turns;
    std::promise<void> asked;
    std::unique_ptr<CountTurns::Turn> first(new CountTurns::Turn(turns.take("a")));
    const std::stop_callback on_stop(first->stop(), [&] { asked.set_value(); });
    auto second = std::async(std::launch::async, [&] { turns.take("a"); });
    asked.get_future().wait();  // the second waits for the first, which does not end
    auto third = std::async(std::launch::async, [&] { turns.take("a"); });
    EXPECT_THROW(second.get(), Refused);
    first.reset();
    EXPECT_NO_THROW(third.get());
}

}  // namespace
}  // namespace otokui::search
