#include "storage/write_gate.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace otokui::storage {
namespace {

using std::chrono::milliseconds;

void wait_for_waiting(const WriteGate& gate, std::size_t count) {
    while (gate.waiting() != count) std::this_thread::yield();
}

TEST(WriteGate, LetsInteractiveWritesInBeforeBackgroundOnes) {
    WriteGate gate;
    std::mutex mutex;
    std::vector<std::string> order;
    std::vector<std::jthread> threads;
    {
        const auto turn = gate.enter(Priority::background, milliseconds(0));
        const auto queue = [&](Priority priority, const char* name) {
            const auto before = gate.waiting();
            threads.emplace_back([&, priority, name] {
                const auto mine = gate.enter(priority, milliseconds(5'000));
                const std::lock_guard lock(mutex);
                order.emplace_back(name);
            });
            wait_for_waiting(gate, before + 1);
        };
        queue(Priority::background, "job 1");
        queue(Priority::background, "job 2");
        queue(Priority::interactive, "desk 1");
        queue(Priority::interactive, "desk 2");
    }
    threads.clear();
    EXPECT_EQ(order, (std::vector<std::string>{"desk 1", "desk 2", "job 1", "job 2"}));
}

TEST(WriteGate, GivesUpAfterTheWait) {
    WriteGate gate;
    const auto turn = gate.enter(Priority::interactive, milliseconds(0));
    EXPECT_THROW(gate.enter(Priority::interactive, milliseconds(10)), Busy);
    EXPECT_EQ(gate.waiting(), 0U);
}

TEST(WriteGate, IsFreeAgainAfterTheTurn) {
    WriteGate gate;
    {
        const auto turn = gate.enter(Priority::interactive, milliseconds(0));
    }
    EXPECT_NO_THROW(gate.enter(Priority::background, milliseconds(0)));
}

}  // namespace
}  // namespace otokui::storage
