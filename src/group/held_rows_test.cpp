// No customer holds a row of a master that is gone, whatever two servers do at the same moment and whatever
// is taken back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "core/id_set.hpp"
#include "group/shop_fixture.hpp"

namespace otokui::master {
namespace {

using otokui::test::field_errors;
using otokui::test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kLabels = "label";

storage::Value set_of(std::vector<std::int64_t> ids) { return core::format_set(std::move(ids)); }

class HeldRows : public testing::TestWithParam<otokui::test::Backend> {
protected:
    std::variant<OperationId, JobId> remove(std::int64_t label, const Members& members = {}) {
        return master::remove(shop_.masters, shop_.actor, master_of(kLabels), label, std::nullopt, members);
    }

    /// Runs `other` on another thread, as another server would, once this thread has written `first` and not
    /// committed it; commits when `other` is through or waits for a lock of ours. Skipped where there is one
    /// writer.
    template <class First, class Other>
    void while_uncommitted(First first, Other other) {
        std::future<void> beside;
        shop_.journal.write({.actor = shop_.actor, .kind = "test"}, [&](core::Writer& writer) {
            first(writer);
            beside = std::async(std::launch::async, other);
            while (beside.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready &&
                   !somebody_waits())
                std::this_thread::yield();
        });
        beside.get();
    }

    otokui::group::test::Shop shop_{GetParam()};

private:
    bool somebody_waits() {
        return shop_.database.storage().read([](storage::Transaction& tx) {
            return tx.find_integer(
                         "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                         "wait_event_type = 'Lock'")
                       .value_or(0) > 0;
        });
    }
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, HeldRows, testing::ValuesIn(otokui::test::backends()),
                         otokui::test::backend_name);

// Two servers at once: PostgreSQL alone has them.
class HeldRowsOfTwoServers : public HeldRows {};
INSTANTIATE_TEST_SUITE_P(Postgres, HeldRowsOfTwoServers, testing::Values(otokui::test::Backend::postgres),
                         otokui::test::backend_name);

TEST_P(HeldRowsOfTwoServers, ALabelGivenThisMomentIsNotDeleted) {
    const auto vip = shop_.add(kLabels, R"({"name":"VIP"})");
    const auto customer = shop_.customer();
    std::string refused;
    while_uncommitted(
        [&](core::Writer& writer) {
            writer.update(shop_.registry.get("customer"), customer, {{"labels", set_of({vip})}});
        },
        [&] { refused = refusal([&] { remove(vip); }); });
    EXPECT_EQ(refused, "master.in_use");
    EXPECT_EQ(shop_.members(kLabels, vip), 1);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(HeldRowsOfTwoServers, ALabelDeletedThisMomentIsNotGiven) {
    const auto vip = shop_.add(kLabels, R"({"name":"VIP"})");
    const auto body =
        boost::json::parse(R"({"family_name":"青木","labels":[")" + std::to_string(vip) + R"("]})");
    std::vector<std::string> told;
    while_uncommitted(
        [&](core::Writer& writer) {
            const auto& table = shop_.registry.get(kLabels);
            writer.find(table, vip);
            writer.remove(table, vip);
        },
        [&] {
            told = field_errors(
                [&] { customer::create({shop_.journal, shop_.catalogue}, shop_.actor, body.as_object()); });
        });
    EXPECT_THAT(told, ElementsAre("/labels/0 not_a_choice"));
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(HeldRowsOfTwoServers, ADeletionTakesTheLabelFromWhoGetsItMeanwhileToo) {
    const auto vip = shop_.add(kLabels, R"({"name":"VIP"})");
    const auto had = shop_.customer({{"labels", set_of({vip})}}), gets = shop_.customer();
    const auto job = std::get<JobId>(remove(vip, {.fate = Members::Fate::removed}));
    while_uncommitted(
        [&](core::Writer& writer) {
            writer.update(shop_.registry.get("customer"), gets, {{"labels", set_of({vip})}});
        },
        [&] { EXPECT_EQ(shop_.run(job).status, core::JobStatus::done); });
    EXPECT_EQ(shop_.held(had, "labels"), "");
    EXPECT_EQ(shop_.held(gets, "labels"), "");
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(HeldRowsOfTwoServers, ManyWhoGiveAndDeleteAtOnceLeaveNothingBehind) {
    constexpr int kRounds = 30, kGivers = 3;
    std::vector<std::int64_t> customers;
    for (int i = 0; i < kGivers; ++i) customers.push_back(shop_.customer());
    for (int round = 0; round < kRounds; ++round) {
        const auto label = shop_.add(kLabels, R"({"name":"L)" + std::to_string(round) + R"("})");
        const auto other = shop_.add(kLabels, R"({"name":"M)" + std::to_string(round) + R"("})");
        std::vector<std::future<void>> all;
        for (const auto customer : customers)
            all.push_back(std::async(std::launch::async, [&, customer] {
                const auto body = boost::json::object{
                    {"labels", boost::json::array{std::to_string(other), std::to_string(label)}}};
                refusal([&] {
                    customer::update({shop_.journal, shop_.catalogue}, shop_.actor, {customer}, {.any = true},
                                     body);
                });
            }));
        for (const auto gone : {label, other})
            all.push_back(std::async(std::launch::async, [&, gone] { refusal([&] { remove(gone); }); }));
        for (auto& one : all) one.get();
    }
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(HeldRows, WhatIsGoneIsWrittenByNobody) {
    const auto vip = shop_.add(kLabels, R"({"name":"VIP"})");
    const auto customer = shop_.customer();
    remove(vip);
    EXPECT_THROW(shop_.update(customer, {{"labels", set_of({vip})}}), storage::Busy);
    EXPECT_THROW(shop_.customer({{"labels", set_of({vip})}}), storage::Busy);
    EXPECT_EQ(shop_.held(customer, "labels"), "");
}

TEST_P(HeldRows, AnUndoDoesNotBringBackADeletedLabel) {
    const auto vip = shop_.add(kLabels, R"({"name":"VIP"})"), gift = shop_.add(kLabels, R"({"name":"贈答"})");
    const auto customer = shop_.customer({{"labels", set_of({vip, gift})}});
    const auto taken = shop_.journal.write({.actor = shop_.actor, .kind = "test"}, [&](core::Writer& writer) {
        writer.update(shop_.registry.get("customer"), customer,
                      {{"labels", set_of({gift})}, {"memo", std::string("x")}});
        return writer.operation();
    });
    remove(vip);
    EXPECT_EQ(refusal([&] { core::undo(shop_.journal, shop_.actor, taken); }), "operation.changed_since");
    const auto conflicts = shop_.undo(taken);
    ASSERT_EQ(conflicts.size(), 1U);
    EXPECT_EQ(conflicts[0].field, "labels");
    EXPECT_EQ(shop_.held(customer, "labels"), "," + std::to_string(gift) + ",");
    EXPECT_EQ(shop_.held(customer, "memo"), "x");
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

TEST_P(HeldRows, ALabelThatCustomersHoldIsNotUnmade) {
    const auto made =
        create(shop_.masters, shop_.actor, master_of(kLabels), boost::json::parse(R"({"name":"VIP"})"));
    const auto vip = shop_.id_of(made.row);
    const auto customer = shop_.customer({{"labels", set_of({vip})}});
    EXPECT_EQ(refusal([&] { core::undo(shop_.journal, shop_.actor, made.operation); }),
              "operation.changed_since");
    EXPECT_EQ(shop_.members(kLabels, vip), 1);
    shop_.update(customer, {{"labels", std::string()}});
    EXPECT_NO_THROW(core::undo(shop_.journal, shop_.actor, made.operation));
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

}  // namespace
}  // namespace otokui::master
