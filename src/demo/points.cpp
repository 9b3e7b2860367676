#include "demo/points.hpp"

#include <algorithm>

namespace otokui::demo {
namespace {

constexpr std::int64_t kMinute = 60'000, kDay = 24 * 60 * kMinute;
constexpr int kTermDays = 365;
constexpr std::int64_t kYenPerPoint = 100;

Moment term_from(Moment at) {
    return start_of(add_days(shop_day(at), kTermDays + 1)) + std::chrono::milliseconds(-1);
}

/// Writes rows one after the other, each later than the one before.
class Bookkeeper {
public:
    explicit Bookkeeper(PointBook& book) : book_(book) {}

    void give(Moment at, std::string_view kind, std::int64_t points, std::string_view order,
              std::string_view reason) {
        restart(at);
        book_.lots.push_back({book_.entries.size(), points, points});
        add(at, kind, points, book_.expires_at, order, reason);
    }
    void use(Moment at, std::int64_t points, std::string_view order) {
        book_.use = book_.entries.size();
        book_.used = points;
        book_.lots.front().remaining -= points;
        add(at, "order_use", -points, {}, order, {});
    }

private:
    void restart(Moment at) { book_.expires_at = term_from(at); }
    void add(Moment at, std::string_view kind, std::int64_t delta, Moment expires_at, std::string_view order,
             std::string_view reason) {
        if (!book_.entries.empty()) at = std::max(at, book_.entries.back().at);
        book_.balance += delta;
        auto& entry = book_.entries.emplace_back();
        entry = {at, kind, delta, book_.balance, expires_at, std::string(order), reason};
    }

    PointBook& book_;
};

}  // namespace

void NewestPurchases::add(const Order& order) {
    if (order.payment_status != "captured") return;
    if (count_ == last_.size()) {
        std::swap(last_[0], last_[1]);
        --count_;
    }
    last_[count_++] = {order.ordered_at, order.total, order.number};
}

void write_points(const Settings& settings, const Person& person, const NewestPurchases& purchases,
                  PointBook& book) {
    book.clear();
    if (person.status != "member" || person.deleted_at || purchases.count_ == 0) return;
    const std::int64_t year = (kTermDays - 1) * kDay, end = settings.end.milliseconds;
    const auto& last = purchases.last_[purchases.count_ - 1];
    const auto& before = purchases.last_[0];
    if (last.at.milliseconds < end - year) return;
    Random random(key_of(settings.seed, Stream::points, static_cast<std::uint64_t>(person.id)));
    Bookkeeper keeper(book);
    const bool has_two = purchases.count_ == 2 && before.at.milliseconds >= last.at.milliseconds - year;
    if (!has_two && random.permille(300)) keeper.give(person.registered_at, "signup", 100, {}, {});
    if (!book.entries.empty() && last.at.milliseconds - person.registered_at.milliseconds > year)
        book.clear();
    if (has_two) {
        keeper.give(before.at, "order_earn", std::max<std::int64_t>(1, before.total / kYenPerPoint),
                    before.number, {});
        const auto held = book.balance;
        if (held >= 10 && random.permille(250))
            keeper.use(last.at, random.permille(500) ? held : held / 20 * 10, last.number);
    }
    keeper.give(last.at, "order_earn", std::max<std::int64_t>(1, last.total / kYenPerPoint), last.number, {});
    const Moment later{last.at.milliseconds + kDay};
    if (random.permille(30) && later.milliseconds < end)
        keeper.give(later, "manual_grant", 100, {},
                    random.permille(500) ? "配送遅延のお詫び" : "アンケート回答のお礼");
}

}  // namespace otokui::demo
