#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "points/types.hpp"

// What one customer's points are made of, and how they are used up; no I/O.
//
// Points lie in lots, one for each row that brought some. They are used nearest expiry first, then oldest
// first. Where a shop lets a balance fall below zero, what is missing is a debt: a lot below zero, which is
// paid before anything new can be used. So lots above and below zero never stand side by side for longer than
// one change. Example: lots 100 (until March) and 50 (until May), taking 120 leaves 0 and 30; taking 40 more
// leaves 0, 0 and a debt of 10; 25 given then leave 15.
namespace otokui::points {

struct Lot {
    std::int64_t id = 0;       // 0: made by this change
    std::int64_t granted = 0;  // below zero: a debt
    std::int64_t remaining = 0;
    std::optional<Moment> expires_at = {};  // nothing: never
    std::int64_t moved =
        0;  // by this change, of what was there before; of new lots: beside what they began with
    bool operator==(const Lot&) const = default;
};

class Purse {
public:
    explicit Purse(std::vector<Lot> lots) : lots_(std::move(lots)) {}
    const std::vector<Lot>& lots() const { return lots_; }
    std::vector<Lot>& lots() { return lots_; }

    std::int64_t balance() const;
    /// The latest date of what can be used: "never" is later than any. `otherwise` when there is nothing to
    /// use.
    std::optional<Moment> latest_date(std::optional<Moment> otherwise) const;

    /// One date for all that can be used: the latest of theirs, so that nobody loses.
    void align();
    void redate(std::optional<Moment> date);
    /// A new lot; debts are paid from it.
    void add(std::int64_t amount, std::optional<Moment> date);
    /// Answers what could not be taken.
    std::int64_t take(std::int64_t amount);
    void owe(std::int64_t amount);
    void void_all();
    void void_lot(Lot& lot) { move(lot, -lot.remaining); }
    /// The lot whose last moment lies before `now` and that would be used first; nullptr when none is
    /// overdue.
    Lot* next_overdue(Moment now);

    /// What a row did to a lot: above zero what it brought, below what it took.
    struct Effect {
        std::int64_t lot = 0, amount = 0;
    };
    enum class Reversed { done, consumed };
    /// Takes the effects back; their lots must be among lots(). What was taken returns to the lots it came
    /// from, with their dates (a refund of what has expired meanwhile is not usable, DOMAIN 2.8), or with the
    /// date of the balance where it has one. What was brought must still be there, unless balances may fall
    /// below zero. After `consumed` the purse is spoilt.
    Reversed reverse(const std::vector<Effect>& effects, const Rules& rules, Moment now);

private:
    static void move(Lot& lot, std::int64_t amount) {
        lot.remaining += amount;
        lot.moved += amount;
    }
    Lot* next_to_use();
    void pay_debts();

    std::vector<Lot> lots_;
};

}  // namespace otokui::points
