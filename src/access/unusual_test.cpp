#include "access/unusual.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/log.hpp"
#include "access/service.hpp"
#include "support/customers.hpp"

namespace otokui::access {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kDay = 24LL * 60 * 60 * 1000;

struct UsualCase {
    const char* name;
    std::vector<std::int64_t> days;
    std::int64_t usual;
};

class Usual : public testing::TestWithParam<UsualCase> {};

TEST_P(Usual, IsTheMedianOfTheDaysAndNeverLess) { EXPECT_EQ(usual_of(GetParam().days), GetParam().usual); }

INSTANTIATE_TEST_SUITE_P(Cases, Usual,
                         testing::Values(UsualCase{"OfNobody", {}, 200},
                                         UsualCase{"OfSmallDays", {3, 1}, 200},
                                         UsualCase{"OfOneDay", {900}, 900},
                                         UsualCase{"OfAnEvenNumberTheLarger", {300, 900}, 900},
                                         UsualCase{"OfOneLargeDayAmongMany", {400, 100'000, 300}, 400}),
                         [](const auto& info) { return info.param.name; });

class UnusualExports : public testing::TestWithParam<test::Backend> {
protected:
    UnusualExports() : customers_(GetParam(), register_tables) {}

    Reading fetched(std::int64_t job, std::int64_t rows, std::int64_t staff = 7) {
        return {.actor = {.staff = {staff}, .name = "森", .ip = "192.0.2.7"},
                .session = "session:1",
                .kind = "download",
                .count = rows,
                .job = job};
    }
    void fetch(std::int64_t job, std::int64_t rows, std::int64_t staff = 7) {
        log_.write(fetched(job, rows, staff));
        customers_.now += 1'000;
    }
    std::vector<Unusual> alerts() {
        return customers_.database.storage().read([](storage::Transaction& tx) {
            return list_unusual(tx, Alerts::all, std::numeric_limits<std::int64_t>::max(), 100);
        });
    }
    Context context() { return {customers_.journal, keys_, log_}; }

    test::Customers customers_;
    crypto::KeyRing keys_ = crypto::KeyRing::random();
    std::vector<std::string> told_;  // name and rows
    Log log_{customers_.journal, keys_, [this](core::Writer&, const Unusual& unusual) {
                 told_.push_back(unusual.actor + " " + std::to_string(unusual.taken) + " " + unusual.ip);
             }};
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, UnusualExports, testing::ValuesIn(test::backends()),
                         test::backend_name);

TEST_P(UnusualExports, ASmallFirstExportRaisesNothing) {
    fetch(1, 999);
    EXPECT_THAT(alerts(), IsEmpty());
}

TEST_P(UnusualExports, AFirstExportOfAThousandRowsRaisesAnAlert) {
    fetch(1, 1'000);
    const auto all = alerts();
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].staff.value, 7);
    EXPECT_EQ(all[0].taken, 1'000);
    EXPECT_EQ(all[0].usual, kLeastUsual);
    EXPECT_EQ(all[0].earlier_days, 0);
    EXPECT_THAT(told_, ElementsAre("森 1000 192.0.2.7"));
}

TEST_P(UnusualExports, FiveTimesTheUsualOfADayRaisesAnAlertAndALittleLessDoesNot) {
    for (int day = 0; day < 3; ++day) {
        fetch(day + 1, 600);
        customers_.now += kDay;
    }
    told_.clear();
    fetch(10, 1'500);
    fetch(11, 1'499);
    EXPECT_THAT(told_, IsEmpty()) << "2,999 of 3,000";
    fetch(12, 1);
    EXPECT_THAT(told_, ElementsAre("森 3000 192.0.2.7"));
    EXPECT_EQ(alerts().front().usual, 600);
    EXPECT_EQ(alerts().front().earlier_days, 3);
}

TEST_P(UnusualExports, TheSameFileFetchedAgainOnADayCountsOnce) {
    for (int times = 0; times < 3; ++times) fetch(1, 700);
    EXPECT_THAT(alerts(), IsEmpty());
    customers_.now += kDay;
    fetch(1, 700);
    EXPECT_THAT(alerts(), IsEmpty());
}

TEST_P(UnusualExports, OnePersonIsToldOfOnceADayAndTheAlertFollowsTheDay) {
    fetch(1, 1'000);
    fetch(2, 500);
    ASSERT_THAT(alerts(), SizeIs(1));
    EXPECT_EQ(alerts()[0].taken, 1'500);
    EXPECT_THAT(told_, SizeIs(1));
    fetch(3, 1'000, 8);
    EXPECT_THAT(alerts(), SizeIs(2));
    EXPECT_THAT(told_, SizeIs(2));
}

TEST_P(UnusualExports, WhatWasTakenLongAgoIsNotUsualAnyMore) {
    fetch(1, 5'000);
    customers_.now += (kUsualDays + 1) * kDay;
    told_.clear();
    fetch(2, 1'000);
    EXPECT_THAT(told_, SizeIs(1));
    EXPECT_EQ(alerts().front().earlier_days, 0);
}

TEST_P(UnusualExports, DisclosuresCountByPersonAndPagesOfResultsNotAtAll) {
    Reading page{
        .actor = {.staff = {7}, .name = "森"}, .session = "session:1", .kind = "search", .count = 5'000};
    log_.write(page);
    EXPECT_THAT(alerts(), IsEmpty());
    fetch(1, 999);
    log_.write({.actor = {.staff = {7}, .name = "森"},
                .session = "session:1",
                .kind = "disclosure",
                .customer = {42},
                .count = 1});
    EXPECT_THAT(alerts(), SizeIs(1));
}

TEST_P(UnusualExports, TheShellIsNotJudged) {
    fetch(1, 100'000, 0);
    EXPECT_THAT(alerts(), IsEmpty());
}

TEST_P(UnusualExports, TheEntryBearsItsAlertAndWhoeverTakesNoteFirstStays) {
    fetch(1, 1'000);
    fetch(2, 10);
    const auto entries = list(context(), customers_.actor, {}, "", 10).items;
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_TRUE(entries[0].at("alert").is_null());
    ASSERT_TRUE(entries[1].at("alert").is_object());
    EXPECT_EQ(entries[1].at("alert").at("taken").as_int64(), 1'010);
    const auto id = alerts()[0].id;
    EXPECT_EQ(list_alerts(context(), customers_.actor, Alerts::unseen, "", 10).items.size(), 1U);
    core::Actor first = customers_.actor, second = customers_.actor;
    first.name = "青木";
    second.name = "森";
    EXPECT_EQ(mark_alert_seen(context(), first, id).at("seen_by").as_string(), "青木");
    EXPECT_EQ(mark_alert_seen(context(), second, id).at("seen_by").as_string(), "青木");
    EXPECT_THAT(list_alerts(context(), customers_.actor, Alerts::unseen, "", 10).items, IsEmpty());
    EXPECT_EQ(test::refusal([&] { mark_alert_seen(context(), first, 4711); }), "access_alert.not_found");
}

TEST_P(UnusualExports, GoWithTheLogTheyWereMadeOf) {
    fetch(1, 1'000);
    customers_.now += 366 * kDay;
    remove_expired(customers_.journal);
    EXPECT_THAT(alerts(), IsEmpty());
}

}  // namespace
}  // namespace otokui::access
