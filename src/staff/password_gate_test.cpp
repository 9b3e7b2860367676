#include "staff/password_gate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/crypto.hpp"
#include "base/problem.hpp"

namespace otokui::staff {
namespace {

TEST(PasswordGate, VerifiesWhatItHashedInEitherUnicodeForm) {
    PasswordGate gate;
    const std::string hash = gate.hash("がくせいのひみつのことば");
    EXPECT_TRUE(gate.verify(hash, "か\u3099くせいのひみつのことは\u3099"));
    EXPECT_FALSE(gate.verify(hash, "がくせいのひみつのことば "));
}

TEST(PasswordGate, NothingMatchesAnEmptyHash) {
    PasswordGate gate;
    EXPECT_FALSE(gate.verify("", ""));
    EXPECT_FALSE(gate.verify("", "anything at all"));
}

TEST(PasswordGate, ChecksAnEmptyHashAgainstOneOfTheLimitsInUse) {
    EXPECT_FALSE(crypto::needs_rehash(std::string(PasswordGate::unmatched_hash())));
}

TEST(PasswordGate, RefusesWhoeverFindsTheQueueFullAndServesTheRest) {
    PasswordGate gate({.running = 1, .waiting = 1, .patience = std::chrono::minutes{1}});
    std::atomic<int> served = 0, refused = 0;
    std::vector<std::jthread> callers;
    for (int i = 0; i < 6; ++i)
        callers.emplace_back([&] {
            try {
                gate.verify("", "some password");
                ++served;
            } catch (const Refused& refusal) {
                EXPECT_EQ(refusal.problem().code, "session.busy");
                EXPECT_GT(refusal.problem().retry_after_seconds, 0);
                ++refused;
            }
        });
    callers.clear();
    EXPECT_EQ(served + refused, 6);
    EXPECT_GE(served, 1);
    EXPECT_GE(refused, 1);
    EXPECT_FALSE(gate.verify("", "the gate is free again"));
}

TEST(PasswordGate, GivesUpWaitingWhenPatienceEnds) {
    PasswordGate gate({.running = 0, .waiting = 1, .patience = std::chrono::milliseconds{1}});
    EXPECT_THROW(gate.hash("never reached"), Refused);
}

}  // namespace
}  // namespace otokui::staff
