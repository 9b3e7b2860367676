#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "demo/generator.hpp"

namespace otokui::demo {

/// A row of the ledger of points.
struct PointEntry {
    Moment at;
    std::string_view kind;
    std::int64_t delta = 0, balance_after = 0;
    Moment expires_at;  // 0: none
    std::string order_number;
    std::string_view reason;
};
struct PointLot {
    std::size_t entry = 0;  // position in PointBook::entries
    std::int64_t granted = 0, remaining = 0;
};

/// The points of one person as the rules as shipped make them: one date for the whole balance, a year after
/// the last change by hand or earned points. Only what the present balance comes from: what expired long ago
/// is not told.
struct PointBook {
    std::vector<PointEntry> entries;
    std::vector<PointLot> lots;
    std::size_t use = 0;    // position of the entry that used points; 0: none, since the first never does
    std::int64_t used = 0;  // by it, all from the first lot
    std::int64_t balance = 0;
    Moment expires_at;  // of the balance; 0: none

    void clear() { *this = {}; }
};

/// The newest captured orders of a person, from the oldest.
class NewestPurchases {
public:
    void clear() { count_ = 0; }
    void add(const Order& order);

private:
    friend void write_points(const Settings&, const Person&, const NewestPurchases&, PointBook&);
    struct Purchase {
        Moment at;
        std::int64_t total = 0;
        std::string number;
    };
    std::array<Purchase, 2> last_;
    std::size_t count_ = 0;
};

/// Fills `book`; empty for who is no member or has bought nothing within a year.
void write_points(const Settings& settings, const Person& person, const NewestPurchases& purchases,
                  PointBook& book);

}  // namespace otokui::demo
