#include "points/expiries.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "points/points_fixture.hpp"

namespace otokui::points {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> shown(const std::vector<Expiry>& expiries) {
    std::vector<std::string> lines;
    for (const auto& expiry : expiries)
        lines.push_back((expiry.period ? format_period(*expiry.period) : "never") + " " +
                        std::to_string(expiry.points) + " " + std::to_string(expiry.lots));
    return lines;
}

/// One point in one lot on each `step`-th day, and 7 that never expire.
std::vector<Expiry> every(int step, int dates) {
    std::vector<Expiry> by_day;
    for (int i = 0; i < dates; ++i) {
        const auto day = add_days(*parse_day("2026-12-20"), i * step);
        by_day.push_back({Period{day, day}, 1, 1});
    }
    by_day.push_back({{}, 7, 1});
    return by_day;
}

TEST(Expiries, AreAsFineAsTheyCanBeTakenIn) {
    EXPECT_EQ(grouped(every(1, 12)), every(1, 12));
    EXPECT_THAT(shown(grouped(every(1, 13))), ElementsAre("2026-12 12 12", "2027-01 1 1", "never 7 1"));
    EXPECT_THAT(shown(grouped(every(30, 25))),
                ElementsAre("2026 1 1", "2027 12 12", "2028 12 12", "never 7 1"));
    EXPECT_THAT(grouped({}), IsEmpty());
}

class ExpiriesOf : public PointsShop {
protected:
    boost::json::object told(const std::optional<Expiring>& expiring = {}) {
        return explain(context_, shop_.actor, member_, expiring);
    }
    std::vector<std::int64_t> left(const std::optional<Expiring>& expiring) {
        std::vector<std::int64_t> left;
        const auto all = told(expiring);
        for (const auto& lot : all.at("lots").as_array()) left.push_back(lot.at("remaining").as_int64());
        EXPECT_EQ(all.at("lot_count").as_int64(), std::ssize(left));
        return left;
    }
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, ExpiriesOf, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(ExpiriesOf, AMemberSayWhichPointsGoWhenAndWhichLotsTheyAre) {
    EXPECT_THAT(told().at("expiries").as_array(), IsEmpty());
    EXPECT_TRUE(told().at("next_expiry").is_null());
    set(R"({"expiry_mode":"lots","expiry_days":0})");
    give(100);
    EXPECT_TRUE(told().at("next_expiry").is_null());
    give(30, R"(,"expires_at":"2026-12-31")");
    give(5, R"(,"expires_at":"2026-12-31")");
    give(50, R"(,"expires_at":"2027-01-01")");
    give(-10);
    EXPECT_EQ(boost::json::value(told().at("expiries")), boost::json::parse(R"([
        {"period":"2026-12-31","points":25,"lots":2},
        {"period":"2027-01-01","points":50,"lots":1},
        {"period":null,"points":100,"lots":1}])"));
    EXPECT_EQ(told().at("next_expiry"),
              boost::json::parse(R"({"at":"2026-12-31T23:59:59.999+09:00","points":25})"));
    EXPECT_THAT(left({}), ElementsAre(20, 5, 50, 100));
    EXPECT_THAT(left(Expiring{parse_period("2026-12-31")}), ElementsAre(20, 5));
    EXPECT_THAT(left(Expiring{parse_period("2027")}), ElementsAre(50));
    EXPECT_THAT(left(Expiring{parse_period("2026-11")}), IsEmpty());
    EXPECT_THAT(left(Expiring{}), ElementsAre(100));
}

TEST_P(ExpiriesOf, ADebtGoesNever) {
    set(R"({"allow_negative":true})");
    give(-10);
    EXPECT_THAT(told().at("expiries").as_array(), IsEmpty());
    EXPECT_THAT(left(Expiring{}), IsEmpty());
    EXPECT_THAT(left({}), ElementsAre(-10));
}

}  // namespace
}  // namespace otokui::points
