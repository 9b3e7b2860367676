#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <thread>

#include "points/points_fixture.hpp"

// Any sequence of acts against a model that knows every single point by itself; and many writers at once.
namespace otokui::points {
namespace {

using testing::IsEmpty;

/// The rules once more, point by point, for shops whose balances do not fall below zero.
class Model {
public:
    explicit Model(ExpiryMode mode) : mode_(mode) {}

    void give(int entry, std::int64_t count, Day date) {
        dates_[entry] = date;
        for (std::int64_t i = 0; i < count; ++i) points_.push_back({entry, 0});
    }
    bool take(int entry, std::int64_t count) {
        if (count > balance()) return false;
        for (std::int64_t i = 0; i < count; ++i) {
            Point* next = nullptr;
            for (auto& point : points_)
                if (point.taken_by == 0 && (!next || order_of(point) < order_of(*next))) next = &point;
            next->taken_by = entry;
        }
        return true;
    }
    bool cancel(int entry) {
        const auto one_date = latest();
        for (const auto& point : points_)
            if (point.given_by == entry && point.taken_by != 0) return false;
        for (auto& point : points_) {
            if (point.given_by == entry) point.taken_by = kGone;
            if (point.taken_by == entry) point.taken_by = 0;
        }
        if (mode_ == ExpiryMode::balance && balance() > 0) redate(one_date ? *one_date : *latest());
        return true;
    }
    void expire_before(Day today) {
        for (auto& point : points_)
            if (point.taken_by == 0 && dates_[point.given_by] < today) point.taken_by = kGone;
    }
    /// The date of every grant of which something is usable.
    void redate(Day date) {
        for (const auto& point : points_)
            if (point.taken_by == 0) dates_[point.given_by] = date;
    }
    std::optional<Day> latest() const {
        std::optional<Day> latest;
        for (const auto& point : points_)
            if (point.taken_by == 0 && (!latest || *latest < dates_.at(point.given_by)))
                latest = dates_.at(point.given_by);
        return latest;
    }
    std::int64_t balance() const { return std::ranges::count(points_, 0, &Point::taken_by); }
    /// How many are usable through each day.
    std::map<Day, std::int64_t> by_date() const {
        std::map<Day, std::int64_t> counts;
        for (const auto& point : points_)
            if (point.taken_by == 0) ++counts[dates_.at(point.given_by)];
        return counts;
    }

private:
    static constexpr int kGone = -1;
    struct Point {
        int given_by;
        int taken_by;  // 0: usable
    };
    std::pair<Day, int> order_of(const Point& point) const {
        return {dates_.at(point.given_by), point.given_by};
    }

    ExpiryMode mode_;
    std::map<int, Day> dates_;  // of each grant
    std::vector<Point> points_;
};

class RandomPoints : public PointsShop {
protected:
    std::map<Day, std::int64_t> lots_by_date() {
        std::map<Day, std::int64_t> counts;
        shop_.database.storage().read([&](storage::Transaction& tx) {
            tx.query("SELECT expires_at, remaining FROM point_lot WHERE customer_id = ? AND remaining <> 0",
                     {member_.value},
                     [&](const storage::Row& row) { counts[shop_day({row.integer(0)})] += row.integer(1); });
        });
        return counts;
    }

    /// One act on shop and model; both must agree on whether it can be done.
    void act(Model& model, ExpiryMode mode) {
        const auto today = shop_day(Moment{shop_.now});
        const auto term = add_days(today, 365);
        model.expire_before(today);
        const auto count = *rc::gen::inRange<std::int64_t>(1, 12);
        const int entry = ++entries_;
        const auto done = [&](const std::function<EntryId()>& work) {
            std::string why;
            EntryId id;
            why = test::refusal([&] { id = work(); });
            if (why.empty()) ids_[entry] = id;
            return why.empty();
        };
        switch (*rc::gen::inRange(0, 7)) {
            case 0: {
                const auto date = add_days(today, *rc::gen::inRange(0, 5));
                RC_ASSERT(
                    done([&] { return id_of(give(count, R"(,"expires_at":")" + format_day(date) + "\"")); }));
                if (mode == ExpiryMode::balance) model.redate(date);
                return model.give(entry, count, date);
            }
            case 1: {  // from a file: leaves the date of a balance
                RC_ASSERT(done([&] { return book({.kind = Kind::csv, .delta = count}); }));
                const auto all = mode == ExpiryMode::balance ? model.latest() : std::nullopt;
                return model.give(entry, count, all.value_or(term));
            }
            case 2: {
                const bool can = model.take(entry, count);
                RC_ASSERT(done([&] { return id_of(give(-count)); }) == can);
                if (can && mode == ExpiryMode::balance) model.redate(term);
                return;
            }
            case 3: {
                const bool can = model.take(entry, count);
                RC_ASSERT(done([&] { return book({.kind = Kind::order_use, .delta = -count}); }) == can);
                return;
            }
            case 4:
            case 5: {  // one of the newest is cancelled, by hand or by undo
                if (ids_.empty()) return;
                auto chosen = std::prev(
                    ids_.end(),
                    *rc::gen::inRange<std::ptrdiff_t>(1, std::min<std::ptrdiff_t>(6, std::ssize(ids_)) + 1));
                const bool can = model.cancel(chosen->first);
                if (can) model.expire_before(today);
                RC_ASSERT(test::refusal([&] { cancel(chosen->second); }).empty() == can);
                if (can) ids_.erase(chosen);
                return;
            }
            default:
                wait_days(*rc::gen::inRange(0, 4));
                model.expire_before(shop_day(Moment{shop_.now}));
                expire_on(format_day(shop_day(Moment{shop_.now})));
        }
    }

    void compare_random_sequences(ExpiryMode mode) {
        set(mode == ExpiryMode::lots ? R"({"expiry_mode":"lots"})" : R"({"expiry_mode":"balance"})");
        const bool holds = rc::check([&] {
            member_ = make_member();
            ids_.clear();
            Model model(mode);
            const auto length = *rc::gen::inRange(1, 25);
            for (int i = 0; i < length; ++i) {
                act(model, mode);
                RC_ASSERT(balance() == model.balance());
                RC_ASSERT(lots_by_date() == model.by_date());
            }
            RC_ASSERT(shop_.verify().empty());
        });
        EXPECT_TRUE(holds);
    }

    std::map<int, EntryId> ids_;
    int entries_ = 0;
};
INSTANTIATE_TEST_SUITE_P(EachDatabase, RandomPoints, testing::ValuesIn(test::backends()), test::backend_name);

TEST_P(RandomPoints, EndWhereTheModelEndsWithADateForEachGrant) {
    compare_random_sequences(ExpiryMode::lots);
}

TEST_P(RandomPoints, EndWhereTheModelEndsWithOneDateForTheBalance) {
    compare_random_sequences(ExpiryMode::balance);
}

// With debts, changes of the rules, undo and undo of undo: the books agree after whatever was done.
TEST_P(RandomPoints, BalanceLedgerAndLotsAgreeAfterAnySequence) {
    const bool holds = rc::check([&] {
        member_ = make_member();
        std::vector<Written> written;
        std::int64_t expected = 0;
        const auto length = *rc::gen::inRange(1, 20);
        for (int i = 0; i < length; ++i) {
            const auto count = *rc::gen::inRange<std::int64_t>(1, 100);
            const auto pick = [&] { return *rc::gen::inRange<std::size_t>(0, written.size()); };
            test::refusal([&] {
                switch (*rc::gen::inRange(0, 8)) {
                    case 0:
                    case 1:
                        return written.push_back(give(count));
                    case 2:
                    case 3:
                        return written.push_back(give(-count));
                    case 4:
                        if (!written.empty()) written.push_back(cancel(id_of(written[pick()])));
                        return;
                    case 5:
                        if (!written.empty())
                            core::undo(shop_.journal, shop_.actor, written[pick()].operation);
                        return;
                    case 6:
                        return wait_days(static_cast<int>(count) * 3);
                    default:
                        return set(count % 2 == 0 ? R"({"allow_negative":true,"expiry_mode":"lots"})"
                                                  : R"({"allow_negative":false,"expiry_mode":"balance"})");
                }
            });
            expected = 0;
            for (const auto& item : ledger()) expected += item.at("delta").as_int64();
            RC_ASSERT(balance() == expected);
        }
        RC_ASSERT(shop_.verify().empty());
    });
    EXPECT_TRUE(holds);
}

TEST_P(RandomPoints, ThirtyTwoWritersAtOnceLoseNothing) {
    give(1'000);
    std::atomic<std::int64_t> taken{0};
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 32; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; i < 4; ++i) {
                const auto amount = 7 + writer % 5;
                if (test::refusal([&] { give(-amount); }).empty()) taken += amount;
            }
        });
    writers.clear();
    EXPECT_EQ(balance(), 1'000 - taken);
    EXPECT_LT(balance(), 11);
    EXPECT_THAT(shop_.verify(), IsEmpty());
}

}  // namespace
}  // namespace otokui::points
